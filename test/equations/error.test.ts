import {
  checkName,
  errorCodes,
  isDottedName,
  isName,
  nearest,
  NeuroweaveError,
  parseStatements,
  reservedNames,
  withPlace,
} from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "./refusal.ts";

describe("a refusal", () => {
  it("says what is wrong, where, shows the line with carets, and what would cure it", () => {
    const source = "tau * dv/dt = -v\n\tdw/dt = expp(w) - w\nx = 1";
    const error = withPlace(
      refusal(() => parseStatements(source)),
      { entity: "cells", behavior: "leak" },
    );
    expect(error.message).toBe(
      [
        "there is no function `expp`",
        "  in behavior leak of cells",
        "  line 2:",
        "    \tdw/dt = expp(w) - w",
        "    \t        ^^^^",
        "  Remedy: did you mean exp? For a product write `expp * (…)`",
        "  Candidates: exp",
      ].join("\n"),
    );
    expect(error).toMatchObject({
      code: "unknown-function",
      entity: "cells",
      behavior: "leak",
      source,
      candidates: ["exp"],
    });
    expect(error.span).toEqual({ start: 26, end: 30 });
    expect(error.name).toBe("NeuroweaveError");
    expect(error).toBeInstanceOf(Error);
  });

  it("says only what it knows", () => {
    expect(new NeuroweaveError("off-grid", "0.15 is off the grid").message).toBe("0.15 is off the grid");
    const message = (place: object): string => new NeuroweaveError("structure", "no", place).message;
    expect(message({ behavior: "leak" })).toBe("no\n  in behavior leak");
    expect(message({ entity: "exc" })).toBe("no\n  in exc");
    expect(message({ entity: "projection exc→inh", behavior: "stdp" })).toBe(
      "no\n  in behavior stdp of projection exc→inh",
    );
    expect(message({ span: { start: 0, end: 2 } })).toBe("no");
    expect(message({ candidates: [] })).toBe("no");
    expect(message({ remedy: "say yes" })).toBe("no\n  Remedy: say yes");
  });

  it("shows the part of a long line around the fault", () => {
    const source = `x = ${"a + ".repeat(1000)}b c${" + d".repeat(1000)}`;
    const lines = refusal(() =>
      parseStatements(`x = ${"long_name * ".repeat(100)}b c${" + d".repeat(1000)}`),
    ).message.split("\n");
    const [, shown = "", carets = ""] = lines;
    expect(shown.length).toBeLessThan(120);
    expect(shown[carets.indexOf("^")]).toBe("c");
    expect(shown).toMatch(/^ {4}….*…$/);
    expect(source.length).toBeGreaterThan(2000);
  });

  it("puts its carets under the span, wherever it lies", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[ \ta-z+*]{0,150}$/), { minLength: 1, maxLength: 4 }),
        fc.nat(600),
        fc.nat(9),
        (lines, from, size) => {
          const source = lines.join("\n");
          const start = Math.min(from, source.length);
          const end = Math.min(start + size, source.length);
          const parts = new NeuroweaveError("syntax", "no", { source, span: { start, end } }).message.split("\n");
          const [shown = "", carets = ""] = parts.slice(-2);
          const column = carets.indexOf("^");
          expect(carets.slice(0, column)).toBe(shown.slice(0, column).replaceAll(/[^\t]/g, " "));
          const [wanted = ""] = source.slice(start, end).split("\n");
          const underlined = shown.slice(column, carets.length).replace(/…$/, "");
          expect(wanted.startsWith(underlined) || (wanted === "" && underlined.length <= 1)).toBe(true);
          expect(underlined.length).toBeGreaterThanOrEqual(Math.min(wanted.length, 1));
          expect(carets.slice(column)).toMatch(/^\^+$/);
        },
      ),
    );
  });

  it("keeps what it has when it is placed, its stack and cause included", () => {
    const cause = new Error("first");
    const error = new NeuroweaveError(
      "host-threw",
      "it threw",
      { behavior: "own", source: "a + b", span: { start: 0, end: 1 } },
      { cause },
    );
    const placed = withPlace(error, {
      behavior: "other",
      entity: "cells",
      source: "zz",
      span: { start: 1, end: 2 },
      remedy: "mend it",
    });
    expect(placed).toMatchObject({
      behavior: "own",
      entity: "cells",
      source: "a + b",
      span: { start: 0, end: 1 },
      remedy: "mend it",
      cause,
    });
    const frames = (text = ""): string => text.slice(text.indexOf("\n    at "));
    expect(frames(placed.stack)).toBe(frames(error.stack));
    expect(placed.stack).toContain("of cells");
    expect(Object.keys(withPlace(new NeuroweaveError("syntax", "no"), {}))).toEqual(
      Object.keys(new NeuroweaveError("syntax", "no")),
    );
  });

  it("takes no span that belongs to another source", () => {
    const error = new NeuroweaveError("syntax", "no", { source: "a + b" });
    expect(withPlace(error, { source: "c", span: { start: 0, end: 1 } }).span).toBeUndefined();
    expect(withPlace(error, { source: "a + b", span: { start: 0, end: 1 } }).span).toEqual({ start: 0, end: 1 });
    const spanned = new NeuroweaveError("syntax", "no", { span: { start: 4, end: 5 } });
    expect(withPlace(spanned, { source: "a + b" }).message).toContain("    a + b\n        ^");
  });

  it("leaves errors of others alone", () => {
    const error = new TypeError("not ours");
    expect(withPlace(error, { behavior: "own" })).toBe(error);
    expect(withPlace("text", { behavior: "own" })).toBe("text");
  });

  it("has a code with a meaning", () => {
    for (const [code, meaning] of Object.entries(errorCodes)) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(meaning.length).toBeGreaterThan(10);
    }
  });
});

describe("names", () => {
  it("are letters, digits and underscores, and may be dotted where that is said", () => {
    for (const name of ["v", "_x", "tau_m2", "Vth"]) expect(isName(name)).toBe(true);
    for (const name of ["", "2v", "a.b", "a b", "ä", "constructor", "__proto__", "v\n"])
      expect(isName(name)).toBe(false);
    expect(isDottedName("g_exc.tau")).toBe(true);
    for (const name of ["a..b", ".a", "a.", "a.constructor"]) expect(isDottedName(name)).toBe(false);
  });

  it.each([
    ["t", "reserved-name"],
    ["n", "reserved-name"],
    ["spike", "reserved-name"],
    ["exprel", "reserved-name"],
    ["poisson", "reserved-name"],
    ["sharedUniform", "reserved-name"],
    ["pre", "reserved-name"],
    ["post", "reserved-name"],
    ["efficacy", "reserved-name"],
    ["and", "reserved-name"],
    ["toString", "reserved-name"],
    ["a b", "invalid-name"],
    ["", "invalid-name"],
  ])("%j cannot be declared: %s", (name, code) => {
    const error = refusal(() => checkName(name, "a parameter"));
    expect(error.code).toBe(code);
    if (code === "reserved-name" && name !== "toString") {
      expect(reservedNames.has(name)).toBe(true);
      expect(error.message).toContain("a parameter");
    }
  });

  it("that are free can be declared", () => {
    for (const name of ["v", "tau", "I", "T", "e", "spikes"]) expect(() => checkName(name)).not.toThrow();
  });
});

describe("the nearest names", () => {
  it("are those with the fewest edits, a swap counting one and case a quarter", () => {
    expect(nearest("v_rset", ["v_reset", "v_rest", "tau"])).toEqual(["v_reset", "v_rest"]);
    expect(nearest("Tau_m", ["tau_w", "tau_m", "v"])).toEqual(["tau_m", "tau_w"]);
    expect(nearest("treshold", ["threshold", "theta_rh", "hold"])[0]).toBe("threshold");
    expect(nearest("x", ["alpha", "beta"])).toEqual([]);
    expect(nearest("v", ["w", "u"])).toEqual([]);
    expect(nearest("abcd", ["abce", "abcf", "abcg", "abch"])).toHaveLength(3);
    expect(nearest("abcd", ["abce", "abcf", "abcg", "abch"], 1)).toEqual(["abce"]);
  });

  it("have the distance that edits give", () => {
    const word = fc.stringMatching(/^[abc]{0,6}$/);
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        const near = (from: string, to: string): boolean => nearest(`zzzz${from}`, [`zzzz${to}`]).length === 1;
        // One edit from a name of four letters or more is always near.
        const edited = `${a}${b}`;
        expect(near(edited, `${a}x${b}`)).toBe(true);
        expect(near(`${a}x${b}`, edited)).toBe(true);
        expect(near(`${a}x${b}`, `${a}y${b}`)).toBe(true);
        expect(nearest(`q${a}${b}${c}`, [`q${a}${b}${c}`, "qqqqqqqqqqqqq"])[0]).toBe(`q${a}${b}${c}`);
      }),
    );
  });

  it("are found among many long names without delay", () => {
    const names = Array.from({ length: 300 }, (_, index) => "x".repeat(5_000) + String(index));
    expect(nearest("x".repeat(5_000), names)).toHaveLength(3);
  });
});
