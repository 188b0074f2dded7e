import type { Expression } from "@neuroweave/equations";
import { equal, evaluate, parseExpression, print, tidy, visitExpression } from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scopeOf, symbols, typedExpressions } from "./random-expressions.ts";

const smallIntegers = fc.integer({ min: -6, max: 6 });
const integerValues = fc
  .tuple(...symbols.map(() => smallIntegers))
  .map((values) => new Map(symbols.map((name, index) => [name, values[index] ?? 0])));

describe("tidying", () => {
  it("keeps the value of polynomials of integers exactly", () => {
    const polynomials = typedExpressions({
      numbers: fc.integer({ min: 0, max: 3 }),
      names: ["v", "w", "d"],
      functions: ["abs", "min", "clip"],
      arithmetic: ["+", "-", "*"],
    });
    fc.assert(
      fc.property(polynomials.number, integerValues, (expression, values) => {
        const value = evaluate(expression, scopeOf(values));
        fc.pre(largest(expression, values) < 2 ** 40);
        // Adding 0 lets -0 pass for 0.
        expect(evaluate(tidy(expression), scopeOf(values)) + 0).toBe(value + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps the value of every expression that is well conditioned", () => {
    const any = typedExpressions({ numbers: fc.constantFrom(0, 1, 2, 3, 0.5, 0.1), chance: true });
    const values = fc
      .tuple(...symbols.map(() => fc.double({ min: 0.2, max: 3, noNaN: true })))
      .map((each) => new Map(symbols.map((name, index) => [name, each[index] ?? 1])));
    fc.assert(
      fc.property(any.number, values, (expression, settled) => {
        const value = evaluate(expression, scopeOf(settled));
        fc.pre(isWellConditioned(expression, settled));
        const difference = evaluate(tidy(expression), scopeOf(settled)) - value;
        expect(Math.abs(difference), print(tidy(expression))).toBeLessThan(
          1e-7 * (1 + largest(expression, settled) ** 2),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it("gives text that parses to the same tree and is tidy again", () => {
    const any = typedExpressions({ numbers: fc.constantFrom(0, 1, 2, 3, 0.5, 10), chance: true });
    fc.assert(
      fc.property(any.number, (expression) => {
        const once = tidy(expression);
        const text = print(once);
        expect(print(parseExpression(text))).toBe(text);
        expect(print(tidy(parseExpression(text)))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["x + 0", "x"],
    ["0 * exp(y) + x * 1", "x"],
    ["0 - x", "-x"],
    ["x - -y", "x + y"],
    ["x + -y", "x - y"],
    ["x + x", "2 * x"],
    ["3 * x - x", "2 * x"],
    ["x - x", "0"],
    ["a * b + b * a", "2 * a * b"],
    ["x / 2 + x / 3", "5 * x / 6"],
    ["x / x", "1"],
    ["x * x * x / x", "x^2"],
    ["a / (b / c)", "a * c / b"],
    ["2 * x / 4", "x / 2"],
    ["x / 3", "x / 3"],
    ["-x * -y", "x * y"],
    ["(-a - b) * c", "-(a + b) * c"],
    ["(-x)^2 / y", "x^2 / y"],
    ["(2 * x / y)^3", "8 * x^3 / y^3"],
    ["x + 3 * (x + y) - 2 * (x + y)", "2 * x + y"],
    ["(a - b) / -c", "-(a - b) / c"],
    ["(x^2)^3", "x^6"],
    ["(x^2)^0.5", "(x^2)^0.5"],
    ["x^0", "1"],
    ["(x / 2)^-2", "4 / x^2"],
    ["(1 / 3)^-2", "9"],
    ["2^20", "1048576"],
    ["2^60", "2^60"],
    ["(2 * x)^2000", "(2 * x)^2000"],
    ["(x * y)^20", "(x * y)^20"],
    ["x / 0", "x / 0"],
    ["1 / (1 / 0)", "0"],
    ["x / (y / 0)", "0"],
    ["(1 / 0)^2", "1 / 0"],
    ["(x / 0)^-2", "0"],
    ["x * 1e200 * 1e200", "1e+200 * x * 1e+200"],
    ["x * 1e-200 * -1e-200", "-1e-200 * x * 1e-200"],
    ["(1e200 * x)^2", "(1e+200 * x)^2"],
    ["exp(0) + log(1) + 2^3", "9"],
    ["exp(2)", "exp(2)"],
    ["x > y ? 2 * a : a + a", "2 * a"],
    ["(x > y ? 1 : 0) * a / b", "x > y ? a / b : 0"],
    ["uniform(0, 1) - uniform(0, 1)", "uniform(0, 1) - uniform(0, 1)"],
  ])("makes %s into %s", (text, expected) => {
    expect(print(tidy(parseExpression(text)))).toBe(expected);
  });

  it("takes two draws for equal only if they are the same draw", () => {
    const one = parseExpression("xi");
    expect(equal(tidy({ kind: "binary", op: "-", left: one, right: one }), parseExpression("0"))).toBe(true);
    expect(print(tidy(parseExpression("xi - xi")))).toBe("xi - xi");
  });
});

function intermediates(expression: Expression, values: ReadonlyMap<string, number>): readonly number[] {
  const found: number[] = [];
  visitExpression(expression, (node) => found.push(evaluate(node, scopeOf(values))));
  return found;
}

function largest(expression: Expression, values: ReadonlyMap<string, number>): number {
  return Math.max(...intermediates(expression, values).map(Math.abs));
}

/** No huge values, no small divisors, and nothing near the jumps of comparisons and roundings. */
function isWellConditioned(expression: Expression, values: ReadonlyMap<string, number>): boolean {
  if (!intermediates(expression, values).every((each) => Number.isFinite(each) && Math.abs(each) < 1e3)) return false;
  let tame = true;
  const valueOf = (node: Expression): number => evaluate(node, scopeOf(values));
  visitExpression(expression, (node) => {
    const divides = node.kind === "binary" && node.op === "/" && Math.abs(valueOf(node.right)) < 0.05;
    const compares = node.kind === "binary" && Math.abs(valueOf(node.left) - valueOf(node.right)) < 1e-6;
    const raises = node.kind === "binary" && node.op === "^" && Math.abs(valueOf(node.left)) < 0.05;
    const [first = node] = node.kind === "call" ? node.args : [];
    const inner = valueOf(first);
    const jumps = node.kind === "call" && Math.abs(inner * 2 - Math.round(inner * 2)) < 1e-6;
    const steep = node.kind === "call" && Math.abs(inner) < 0.05;
    if (divides || compares || raises || jumps || steep) tame = false;
  });
  return tame;
}
