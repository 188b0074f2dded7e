import { differentiate, evaluate, functionNames, parseExpression, print, symbolsOf } from "@neuroweave/equations";
import type { Expression } from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scopeOf, symbols, typedExpressions } from "./random-expressions.ts";

/** A dual number: a value and its derivative. */
interface Dual {
  readonly value: number;
  readonly slope: number;
}

/** Central difference of fourth order. */
function slopeAt(f: (x: number) => number, x: number, h: number): number {
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

function valueAt(expression: Expression, variable: string, x: number, values = new Map<string, number>()): number {
  return evaluate(expression, scopeOf(new Map([...values, [variable, x]])));
}

describe("differentiating", () => {
  const calls: readonly (readonly [string, readonly number[]])[] = [
    ["exp(x)", [-3, 0, 2]],
    ["log(x)", [0.2, 1, 30]],
    ["sqrt(x)", [0.2, 1, 30]],
    ["abs(x)", [-2, 3]],
    ["sign(x)", [-2, 3]],
    ["sin(x)", [-3, 0, 2]],
    ["cos(x)", [-3, 0, 2]],
    ["tan(x)", [-1.2, 0, 1]],
    ["sinh(x)", [-3, 0, 2]],
    ["cosh(x)", [-3, 0, 2]],
    ["tanh(x)", [-3, 0, 2]],
    ["pow(x, 3)", [-2, 0.5, 3]],
    ["pow(2.5, x)", [-2, 0.5, 3]],
    ["pow(x, x)", [0.5, 3]],
    ["x^2.5", [0.5, 3]],
    ["exprel(x)", [-30, -1, -0.06, -0.051, -0.049, -1e-3, 0, 1e-9, 1e-3, 0.049, 0.051, 0.06, 1, 8]],
    ["exprel(x^2)", [-1, -0.2, 0.2, 0.3, 1]],
    ["floor(x)", [0.3, -2.7]],
    ["ceil(x)", [0.3, -2.7]],
    ["round(x)", [0.3, -2.7]],
    ["min(x, 2 * x)", [-1, 1]],
    ["max(x, x^2)", [-1, 0.5, 2]],
    ["clip(x^2, x, 3)", [-1, 0.5, 1.5, 2.5]],
    ["clip(2, x, 3)", [1, 2.5, 4]],
    ["clip(2, 1, x)", [0.5, 1.5, 4]],
    ["x > 1 ? x^2 : sin(x)", [0.5, 2]],
    ["1 / (1 + exp(-x))", [-2, 0, 2]],
    ["x * normal(x, 1)", [2]],
    ["x * poisson(x)", [2]],
    ["x^2 + sharedNormal(x, 1)", [2]],
    ["x / delayed(x, 2)", [3]],
  ];

  it.each(calls)("%s agrees with a difference quotient", (text, points) => {
    const expression = parseExpression(text);
    const derivative = differentiate(expression, "x");
    for (const x of points) {
      // Draws and past values are constants, so they stay at x while the quotient moves.
      const settled = (moved: number): number =>
        evaluate(expression, {
          ...scopeOf(new Map([["x", moved]])),
          draw: () => 1.5,
          delayed: () => 4,
        });
      const expected = slopeAt(settled, x, 2e-3);
      const found = evaluate(derivative, { value: () => x, draw: () => 1.5, delayed: () => 4 });
      expect(Math.abs(found - expected), `${text} at ${x}`).toBeLessThan(1e-7 * (1 + Math.abs(expected)));
    }
  });

  it("has a known answer for every function of the language", () => {
    const covered = calls.map(([text]) => text);
    for (const name of functionNames)
      expect(
        covered.some((text) => text.startsWith(`${name}(`)),
        name,
      ).toBe(true);
  });

  it("agrees with dual numbers for random expressions of several variables", () => {
    const smooth = typedExpressions({
      numbers: fc.constantFrom(0, 1, 2, 3, 0.5),
      functions: ["exp", "log", "sqrt", "sin", "cos", "tanh", "abs", "min", "max", "pow"],
      chance: true,
    });
    const values = fc
      .tuple(...symbols.map(() => fc.double({ min: 0.2, max: 3, noNaN: true })))
      .map((each) => new Map(symbols.map((name, index) => [name, each[index] ?? 1])));
    let compared = 0;
    fc.assert(
      fc.property(smooth.number, fc.constantFrom(...symbols), values, (expression, variable, settled) => {
        const { slope } = dual(expression, variable, settled);
        const worst = worstOf(expression, variable, settled);
        fc.pre(worst < 1e4);
        compared += symbolsOf(expression).has(variable) ? 1 : 0;
        const found = evaluate(differentiate(expression, variable), scopeOf(settled));
        expect(Math.abs(found - slope), print(differentiate(expression, variable))).toBeLessThan(
          1e-7 * (1 + worst ** 2),
        );
      }),
      { numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  it.each([
    ["0.04 * v^2 + 5 * v + 140 - u + I", "0.08 * v + 5"],
    ["(g_L * (E_L - v) + I - w) / C", "-g_L / C"],
    ["(v_rest - v + delta * exp((v - v_T) / delta)) / tau", "(-1 + exp((v - v_T) / delta)) / tau"],
    ["g * (E - v)", "-g"],
    ["w + u", "0"],
    ["min(v, w)", "v <= w ? 1 : 0"],
    ["abs(v)", "sign(v)"],
    ["v > 0 ? v : -v", "v > 0 ? 1 : -1"],
    ["v > 0 ? 2 * v : v + v", "2"],
    ["normal(v, 1) + delayed(v, 3)", "0"],
    ["poisson(v) + binomial(3, v) + sharedUniform(0, v) - sharedNormal(v, 1)", "0"],
    ["v * poisson(2)", "poisson(2)"],
  ])("by v, %s gives %s", (text, expected) => {
    expect(print(differentiate(parseExpression(text), "v"))).toBe(expected);
  });

  it("is smooth where the closed form of exprel' cancels", () => {
    // exprel'(x) = Σ (k + 1) x^k / (k + 2)!
    const derivative = differentiate(parseExpression("exprel(x)"), "x");
    for (let x = -0.2; x <= 0.2; x += 1e-3) {
      let sum = 0;
      for (let k = 25, factorial = 1.0888869450418352e28; k >= 0; factorial /= k + 2, k--)
        sum = sum * x + (k + 1) / factorial;
      expect(Math.abs(valueAt(derivative, "x", x) / sum - 1)).toBeLessThan(5e-14);
    }
  });
});

/** Forward differentiation, node by node. */
function dual(node: Expression, variable: string, values: ReadonlyMap<string, number>): Dual {
  const at = (part: Expression): Dual => dual(part, variable, values);
  const value = evaluate(node, scopeOf(values));
  switch (node.kind) {
    case "number":
    case "draw":
    case "delayed":
      return { value, slope: 0 };
    case "symbol":
      return { value, slope: node.name === variable ? 1 : 0 };
    case "unary":
      return { value, slope: -at(node.operand).slope };
    case "conditional":
      return at(evaluate(node.test, scopeOf(values)) !== 0 ? node.then : node.otherwise);
    case "binary":
      return { value, slope: operatorSlope(node.op, at(node.left), at(node.right)) };
    case "call":
      return { value, slope: functionSlope(node.name, node.args.map(at)) };
  }
}

function operatorSlope(op: string, a: Dual, b: Dual): number {
  if (op === "+") return a.slope + b.slope;
  if (op === "-") return a.slope - b.slope;
  if (op === "*") return a.slope * b.value + a.value * b.slope;
  if (op === "/") return (a.slope * b.value - a.value * b.slope) / b.value ** 2;
  const byBase = a.slope === 0 ? 0 : b.value * a.value ** (b.value - 1) * a.slope;
  return byBase + (b.slope === 0 ? 0 : a.value ** b.value * Math.log(a.value) * b.slope);
}

function functionSlope(name: string, args: readonly Dual[]): number {
  const [a = { value: 0, slope: 0 }, b = { value: 0, slope: 0 }] = args;
  if (name === "pow") return operatorSlope("^", a, b);
  if (name === "min") return a.value <= b.value ? a.slope : b.slope;
  if (name === "max") return a.value >= b.value ? a.slope : b.slope;
  if (a.slope === 0) return 0;
  const slopes: Readonly<Record<string, number>> = {
    exp: Math.exp(a.value),
    log: 1 / a.value,
    sqrt: 0.5 / Math.sqrt(a.value),
    sin: Math.cos(a.value),
    cos: -Math.sin(a.value),
    tanh: 1 - Math.tanh(a.value) ** 2,
    abs: Math.sign(a.value),
  };
  return (slopes[name] ?? Number.NaN) * a.slope;
}

/** The largest value or slope anywhere in the tree; infinite where something is undefined or a divisor is small. */
function worstOf(node: Expression, variable: string, values: ReadonlyMap<string, number>): number {
  const { value, slope } = dual(node, variable, values);
  let worst = Number.isFinite(value) && Number.isFinite(slope) ? Math.max(Math.abs(value), Math.abs(slope)) : Infinity;
  const parts =
    node.kind === "unary"
      ? [node.operand]
      : node.kind === "binary"
        ? [node.left, node.right]
        : node.kind === "call"
          ? node.args
          : [];
  const branches = node.kind === "conditional" ? [node.then, node.otherwise] : [];
  for (const part of [...parts, ...branches]) worst = Math.max(worst, worstOf(part, variable, values));
  const [first] = parts;
  const pole =
    node.kind === "binary" && node.op === "/"
      ? node.right
      : node.kind === "call" || node.kind === "binary"
        ? first
        : undefined;
  if (pole !== undefined && Math.abs(evaluate(pole, scopeOf(values))) < 0.02) worst = Infinity;
  if (node.kind === "conditional" && nearTie(node.test, values)) worst = Infinity;
  if (node.kind === "call" && parts.length === 2 && nearTie(node, values)) worst = Infinity;
  return worst;
}

/** Whether a comparison is so close that rounding decides it. */
function nearTie(node: Expression, values: ReadonlyMap<string, number>): boolean {
  if (node.kind === "unary") return nearTie(node.operand, values);
  const parts = node.kind === "binary" ? [node.left, node.right] : node.kind === "call" ? node.args : [];
  if (node.kind === "binary" && (node.op === "and" || node.op === "or"))
    return parts.some((part) => nearTie(part, values));
  const [a = 0, b = 1] = parts.map((part) => evaluate(part, scopeOf(values)));
  return !(Math.abs(a - b) > 1e-6);
}
