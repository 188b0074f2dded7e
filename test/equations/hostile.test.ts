import {
  additiveTerms,
  checkStatementUnits,
  differentiate,
  equal,
  evaluate,
  linearIn,
  NeuroweaveError,
  parseExpression,
  parseStatements,
  parseUnit,
  print,
  printLatex,
  renameSymbols,
  resolveLets,
  simplify,
  structuralKey,
  substitute,
  sym,
  tidy,
  typeOf,
  unitOf,
} from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "./refusal.ts";

const nested = (open: string, close: string, count: number): string => open.repeat(count) + "x" + close.repeat(count);

describe("hostile text", () => {
  it.each([
    ["brackets", nested("(", ")", 49_000)],
    ["unclosed brackets", "(".repeat(100_000)],
    ["signs", nested("-", "", 99_000)],
    ["negations", `${nested("not ", "", 24_000)} > 1`],
    ["calls", nested("exp(", ")", 19_000)],
    ["powers", nested("x^", "", 49_000)],
    ["conditionals", nested("x > 1 ? 1 : ", "", 8_000)],
    ["branches", nested("x > 1 ? ", " : 1", 8_000)],
    ["a sum", nested("x+", "", 49_000)],
    ["sums in brackets", `${"(".repeat(150)}x${"+x+x+x+x+x)".repeat(150)}`],
  ])("that nests %s without end is refused, not followed", (_, text) => {
    const error = refusal(() => parseExpression(text));
    expect(error.code).toBe("too-deep");
    expect(error.remedy).toContain("let");
  });

  it("that is too long is refused before it is read", () => {
    expect(refusal(() => parseStatements("x = 1\n".repeat(20_000))).code).toBe("too-long");
  });

  it("that is long is read in the time that its length allows", () => {
    const lines = Array.from({ length: 4_000 }, (_, index) => `x${index} = a * (b + ${index})`);
    expect(parseStatements(lines.join("\n"))).toHaveLength(4_000);
    expect(refusal(() => parseStatements(`x = a${"\n+ b\n- c".repeat(12_000)}`)).code).toBe("too-deep");
  });

  it("of any characters is read or refused with a code, and never breaks", () => {
    const pieces = fc.constantFrom(
      ..."a,b,dv/dt,tau,=,+=,==,(,),+,-,*,/,^,?,:,;,\n,1,.5,1e,..,xi,let ,not ,and ,exp,exp(,#,//,$,é,\u0000".split(
        ",",
      ),
      ",",
      "__proto__",
      "toString",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces).map((each) => each.join("")),
          fc.string({ unit: "binary" }),
        ),
        (text) => {
          try {
            expect(parseStatements(text).length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(NeuroweaveError);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("cannot grow without bounds by definitions that double", () => {
    const double = parseExpression("x + x * x");
    const bindings = new Map([["x", double]]);
    let grown = double;
    const error = refusal(() => {
      for (let round = 0; round < 1000; round++) grown = substitute(grown, bindings);
    });
    expect(error.code).toBe("too-large");
    expect(error.remedy).toContain("state variables");

    const doublings = Array.from({ length: 60 }, (_, index) => `let a${index + 1} = a${index} + a${index}`);
    const text = ["let a0 = v", ...doublings, "x = a60"].join("\n");
    expect(refusal(() => resolveLets(parseStatements(text))).code).toBe("too-large");
  });
});

describe("expressions as deep as the parser lets them be", () => {
  const shallowEnough = [
    Array.from({ length: 499 }, (_, index) => `a${index} * x`).join(" + "),
    Array.from({ length: 499 }, () => "x").join(" * "),
    nested("(1 + ", ")", 199),
    nested("-", "", 199),
    nested("sin(", ")", 100),
    nested("x > 1 ? 2 : ", "", 150),
    nested("x^", "", 150),
  ];

  it.each(shallowEnough)("pass through every function: %#", (text) => {
    const deep = parseExpression(text);
    expect(equal(parseExpression(print(deep)), deep)).toBe(true);
    expect(
      equal(
        renameSymbols(deep, (name) => name),
        deep,
      ),
    ).toBe(true);
    expect(equal(substitute(deep, new Map([["x", sym("x")]])), deep)).toBe(true);
    const value = evaluate(deep, { value: () => 0.5 });
    expect(evaluate(simplify(deep), { value: () => 0.5 })).toBe(value);
    expect(evaluate(tidy(deep), { value: () => 0.5 })).toBeCloseTo(value, 6);
    expect(structuralKey(deep)).toContain("x");
    expect(typeOf(deep)).toBe("number");
    expect(printLatex(deep)).toContain("x");
    expect(additiveTerms(deep).length).toBeGreaterThan(0);
    expect(unitOf(deep, () => parseUnit("1"))).toBeDefined();
    expect("offending" in linearIn(deep, ["y"])).toBe(false);
    expect(print(differentiate(deep, "y"))).toBe("0");
    const [statement] = parseStatements(`y = ${text}`);
    if (statement === undefined) throw new Error("no statement");
    checkStatementUnits(statement, () => undefined);
  });
});
