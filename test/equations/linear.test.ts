import type { Expression } from "@neuroweave/equations";
import {
  add,
  additiveTerms,
  conditional,
  dependsOn,
  div,
  evaluate,
  linearIn,
  mul,
  neg,
  num,
  parseExpression,
  print,
  sub,
  sym,
} from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scopeOf, symbols, typedExpressions } from "./random-expressions.ts";

const variables: ReadonlySet<string> = new Set(["v", "w"]);
// Small integers: every sum and product here is exact, so that no comparison hangs on rounding.
const tame = fc.integer({ min: -3, max: 3 });
const values = fc
  .tuple(...symbols.map(() => tame))
  .map((each): ReadonlyMap<string, number> => new Map(symbols.map((name, index) => [name, each[index] ?? 0])));

describe("decomposing a linear expression", () => {
  const shape = { numbers: fc.constantFrom(0, 1, 2, 0.5), functions: ["abs", "max"] as const, chance: true };
  const { number } = typedExpressions(shape);
  const constants = typedExpressions({
    ...shape,
    arithmetic: ["+", "-", "*"],
    names: symbols.filter((name) => !variables.has(name)),
  });

  it("finds coefficients and rest that give the expression back and hold no variable", () => {
    // Linear by construction: c1 * v + c2 * w + c3, nested and shaken by linear operations.
    const { line: linear } = fc.letrec<{ line: Expression }>((tie) => {
      const line = tie("line");
      const scaled = fc.tuple(constants.number, fc.constantFrom("v", "w"));
      return {
        line: fc.oneof(
          { depthSize: "small" },
          constants.number,
          scaled.map(([factor, name]) => mul(factor, sym(name))),
          fc.tuple(line, line).map(([a, b]) => add(a, b)),
          fc.tuple(line, line).map(([a, b]) => sub(a, b)),
          line.map((a) => div(a, num(2))),
          line.map((a) => neg(a)),
          fc.tuple(constants.boolean, line, line).map(([test, a, b]) => conditional(test, a, b)),
        ),
      };
    });

    fc.assert(
      fc.property(linear, values, (expression, settled) => {
        const found = linearIn(expression, variables);
        if ("offending" in found) throw new Error(`refused ${print(found.offending)}`);
        const scope = scopeOf(settled);
        let sum = evaluate(found.rest, scope);
        expect(dependsOn(found.rest, variables)).toBe(false);
        for (const [name, coefficient] of found.coefficients) {
          expect(dependsOn(coefficient, variables)).toBe(false);
          sum += evaluate(coefficient, scope) * (settled.get(name) ?? 0);
        }
        const expected = evaluate(expression, scope);
        fc.pre(Number.isFinite(expected) && Math.abs(expected) < 1e6);
        expect(Math.abs(sum - expected)).toBeLessThan(1e-6 * (1 + Math.abs(expected)));
      }),
      { numRuns: 1000 },
    );
  });

  it("blames a part of the expression that holds a variable, or none at all", () => {
    fc.assert(
      fc.property(number, (expression) => {
        const found = linearIn(expression, variables);
        if ("offending" in found) expect(dependsOn(found.offending, variables)).toBe(true);
        else if (!dependsOn(expression, variables)) expect(found.coefficients.size).toBe(0);
      }),
    );
  });

  it.each([
    [
      "(ge + gi - (v - E_L)) / tau_m",
      ["v", "ge", "gi"],
      { v: "-1 / tau_m", ge: "1 / tau_m", gi: "1 / tau_m" },
      "E_L / tau_m",
    ],
    ["a * (v - E) - w", ["v", "w"], { v: "a", w: "-1" }, "-a * E"],
    ["on > 0 ? -v / tau : 0", ["v"], { v: "on > 0 ? -1 / tau : 0" }, "0"],
    ["v + I - v", ["v"], {}, "I"],
    ["delayed(v, 5) - v + sigma * xi", ["v"], { v: "-1" }, "delayed(v, 5) + sigma * xi"],
  ])("%s in %j", (text, names, coefficients, rest) => {
    const found = linearIn(parseExpression(text), names);
    if ("offending" in found) throw new Error(`refused ${print(found.offending)}`);
    expect(Object.fromEntries([...found.coefficients].map(([name, each]) => [name, print(each)]))).toEqual(
      coefficients,
    );
    expect(print(found.rest)).toBe(rest);
  });

  it.each([
    ["(g * (E - v) + exp(v / 2)) / C", "exp(v / 2)"],
    ["g * v + w * v", "w * v"],
    ["1 / v + w", "1 / v"],
    ["w + v^2", "v^2"],
    ["v > 3 ? w : 0", "v > 3"],
    ["2 * w - abs(v)", "abs(v)"],
    ["2 * (on > 0 ? v^2 : w)", "v^2"],
    ["(on > 0 ? w : v * v) / 2", "v * v"],
    ["not v > 1", "not v > 1"],
  ])("%s is not linear because of %s", (text, offending) => {
    const source = parseExpression(text);
    const found = linearIn(source, variables);
    if (!("offending" in found)) throw new Error("taken for linear");
    expect(print(found.offending)).toBe(offending);
    expect(text.slice(found.offending.span?.start, found.offending.span?.end)).toBe(offending);
  });
});

describe("splitting a sum", () => {
  it("gives terms that add up to it", () => {
    fc.assert(
      fc.property(typedExpressions({ functions: [] }).number, values, (expression, settled) => {
        const expected = evaluate(expression, scopeOf(settled));
        fc.pre(Math.abs(expected) < 1e6);
        const terms = additiveTerms(expression).map((term) => evaluate(term, scopeOf(settled)));
        fc.pre(terms.every((term) => Math.abs(term) < 1e6));
        expect(terms.reduce((sum, term) => sum + term, 0)).toBeCloseTo(expected, 6);
      }),
    );
  });

  it("opens differences and signs", () => {
    expect(additiveTerms(parseExpression("a - (b - c * (d + e)) + -(f + g)")).map(print)).toEqual([
      "a",
      "-b",
      "c * (d + e)",
      "-f",
      "-g",
    ]);
  });
});
