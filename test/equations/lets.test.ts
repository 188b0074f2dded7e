import { drawsOf, evaluate, parseStatements, print, resolveLets } from "@neuroweave/equations";
import { describe, expect, it } from "vitest";
import { refusal, underlined } from "./refusal.ts";

const resolved = (text: string): readonly string[] => resolveLets(parseStatements(text)).map(print);

describe("intermediates", () => {
  it("are inlined into the statements below, and into each other", () => {
    const text = `
      let a = v + 1
      let b = a * a
      tau * dv/dt = b - v
      x += b > 2 ? a : -a
    `;
    expect(resolved(text)).toEqual([
      "tau * dv/dt = (v + 1) * (v + 1) - v",
      "x += (v + 1) * (v + 1) > 2 ? v + 1 : -(v + 1)",
    ]);
  });

  it("may be truth values, and factors", () => {
    expect(resolved("let fast = v > 3; let tau = 10; tau * dv/dt = fast ? 1 : 2")).toEqual([
      "10 * dv/dt = v > 3 ? 1 : 2",
    ]);
  });

  it("keep a draw that is used twice one draw", () => {
    const [x, y] = resolveLets(
      parseStatements("let noise = normal(0, 1); x = noise - noise; y = noise + normal(0, 1)"),
    );
    if (x === undefined || y === undefined) throw new Error("two statements are needed");
    expect(drawsOf(x.value).map(({ occurrence }) => occurrence)).toEqual(["0"]);
    expect(drawsOf(y.value).map(({ occurrence }) => occurrence)).toEqual(["0", "1"]);
    const draw = (node: { readonly occurrence: string }): number => Number(node.occurrence) + 0.5;
    expect(evaluate(x.value, { value: () => 0, draw })).toBe(0);
  });

  it.each([
    ["x = a; let a = 1", "used-before-definition", "a", "move `let a = …` above"],
    ["let b = a + 1; let a = 2", "used-before-definition", "a", "move `let a = …` above"],
    ["let a = a + 1; x = a", "used-before-definition", "a", "without using a"],
    ["x = 1 + delayed(a, 3); let a = 1", "used-before-definition", "1 + delayed(a, 3)", "above"],
    ["let a = 1; let a = 2", "duplicate-name", "let a = 2", "its own name"],
    ["let a = 1; a += 2", "duplicate-name", "let a = 1", "state variable"],
    ["let v = 1; dv/dt = v", "duplicate-name", "let v = 1", "rename"],
    ["let a = 1; x = delayed(a, 5)", "not-a-variable", "delayed(a, 5)", "inside that expression"],
  ])("%j is refused as %s at %j", (text, code, place, remedy) => {
    const error = refusal(() => resolveLets(parseStatements(text)));
    expect(error.code).toBe(code);
    expect(text.slice(error.span?.start, error.span?.end)).toBe(place);
    expect(error.remedy).toContain(remedy);
  });

  it("must not hide a declared name", () => {
    const statements = parseStatements("let tau = 1; x = tau");
    expect(resolveLets(statements, { declared: new Set(["v"]) })).toHaveLength(1);
    const error = refusal(() => resolveLets(statements, { declared: new Set(["tau"]) }));
    expect(error.code).toBe("duplicate-name");
    expect(underlined(error)).toBeUndefined();
  });
});
