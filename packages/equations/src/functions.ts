import type { Expression, FunctionName } from "./expression.ts";
import { add, binary, call, conditional, div, mul, neg, num, pow, sub } from "./expression.ts";

/**
 * How a function treats units.
 * - `dimensionless`: arguments and result are pure numbers;
 * - `same`: all arguments and the result have one unit;
 * - `sign`: any unit in, a pure number out;
 * - `sqrt`: half of every exponent; `power`: the first argument raised to the second.
 */
type UnitRule = "dimensionless" | "same" | "sign" | "sqrt" | "power";

/** A derivative by one argument. Functions of fewer than three arguments ignore the rest. */
export type Partial = (x: Expression, y: Expression, z: Expression) => Expression;

export interface FunctionRow {
  readonly name: FunctionName;
  readonly parameters: readonly string[];
  readonly meaning: string;
  /** JavaScript's arithmetic; for transcendental functions the last bits are the platform's. */
  readonly evaluate: (...args: readonly number[]) => number;
  /** IEEE 754 fixes every bit of the result, so that constants may be folded. */
  readonly exact: boolean;
  readonly units: UnitRule;
  /** The derivative by each argument; built only for arguments that vary. */
  readonly partials: readonly Partial[];
  readonly latex: (...args: readonly string[]) => string;
}

const zero = num(0);
const one = num(1);
const two = num(2);

type Arithmetic = (x: number, y: number, z: number) => number;

function row(
  name: FunctionName,
  parameters: readonly string[],
  meaning: string,
  evaluate: Arithmetic,
  rest: {
    readonly exact?: true;
    readonly units: UnitRule;
    readonly partials: readonly Partial[];
    readonly latex?: (...args: readonly string[]) => string;
  },
): FunctionRow {
  return {
    name,
    parameters,
    meaning,
    evaluate: (x = Number.NaN, y = Number.NaN, z = Number.NaN) => evaluate(x, y, z),
    exact: rest.exact ?? false,
    units: rest.units,
    partials: rest.partials,
    latex: rest.latex ?? named(`\\${name}`),
  };
}

function named(symbol: string): (...args: readonly string[]) => string {
  return (...args) => `${symbol}\\left(${args.join(", ")}\\right)`;
}

const pure = "dimensionless";
const rows: readonly FunctionRow[] = [
  row("exp", ["x"], "e to the power x", Math.exp, { units: pure, partials: [(x) => call("exp", x)] }),
  row("log", ["x"], "natural logarithm", Math.log, {
    units: pure,
    partials: [(x) => div(one, x)],
    latex: named("\\ln"),
  }),
  row("sqrt", ["x"], "square root", Math.sqrt, {
    exact: true,
    units: "sqrt",
    partials: [(x) => div(one, mul(two, call("sqrt", x)))],
    latex: (x) => `\\sqrt{${x}}`,
  }),
  row("abs", ["x"], "absolute value", Math.abs, {
    exact: true,
    units: "same",
    partials: [(x) => call("sign", x)],
    latex: (x) => `\\left|${x}\\right|`,
  }),
  row("sign", ["x"], "-1, 0 or 1", Math.sign, {
    exact: true,
    units: "sign",
    partials: [() => zero],
    latex: named("\\operatorname{sign}"),
  }),
  row("sin", ["x"], "sine", Math.sin, { units: pure, partials: [(x) => call("cos", x)] }),
  row("cos", ["x"], "cosine", Math.cos, { units: pure, partials: [(x) => neg(call("sin", x))] }),
  row("tan", ["x"], "tangent", Math.tan, { units: pure, partials: [(x) => add(one, pow(call("tan", x), two))] }),
  row("sinh", ["x"], "hyperbolic sine", Math.sinh, { units: pure, partials: [(x) => call("cosh", x)] }),
  row("cosh", ["x"], "hyperbolic cosine", Math.cosh, { units: pure, partials: [(x) => call("sinh", x)] }),
  row("tanh", ["x"], "hyperbolic tangent", Math.tanh, {
    units: pure,
    partials: [(x) => sub(one, pow(call("tanh", x), two))],
  }),
  row("pow", ["x", "y"], "x to the power y", Math.pow, {
    units: "power",
    partials: [powerByBase, powerByExponent],
    latex: (x, y) => `\\left(${x}\\right)^{${y}}`,
  }),
  row("exprel", ["x"], "(e^x - 1)/x, and 1 at 0", exprel, {
    units: pure,
    partials: [exprelDerivative],
    latex: named("\\operatorname{exprel}"),
  }),
  row("floor", ["x"], "largest integer that is not above x", Math.floor, {
    exact: true,
    units: "same",
    partials: [() => zero],
    latex: (x) => `\\left\\lfloor ${x} \\right\\rfloor`,
  }),
  row("ceil", ["x"], "smallest integer that is not below x", Math.ceil, {
    exact: true,
    units: "same",
    partials: [() => zero],
    latex: (x) => `\\left\\lceil ${x} \\right\\rceil`,
  }),
  row("round", ["x"], "nearest integer, ties to the even one", roundHalfToEven, {
    exact: true,
    units: "same",
    partials: [() => zero],
    latex: named("\\operatorname{round}"),
  }),
  row("min", ["x", "y"], "the smaller one; NaN if either is", (x, y) => Math.min(x, y), {
    exact: true,
    units: "same",
    partials: [(x, y) => indicator(binary("<=", x, y)), (x, y) => indicator(binary(">", x, y))],
  }),
  row("max", ["x", "y"], "the larger one; NaN if either is", (x, y) => Math.max(x, y), {
    exact: true,
    units: "same",
    partials: [(x, y) => indicator(binary(">=", x, y)), (x, y) => indicator(binary("<", x, y))],
  }),
  row("clip", ["x", "low", "high"], "min(max(x, low), high)", clip, {
    exact: true,
    units: "same",
    partials: [
      (x, low, high) => indicator(binary("and", binary(">=", x, low), binary("<=", x, high))),
      (x, low, high) => indicator(binary("and", binary("<", x, low), binary("<=", low, high))),
      (x, low, high) => indicator(binary(">", call("max", x, low), high)),
    ],
    latex: named("\\operatorname{clip}"),
  }),
];

const rowByName: ReadonlyMap<string, FunctionRow> = new Map(rows.map((entry) => [entry.name, entry]));

/** The names of all functions of the language, in the order of the documentation. */
export const functionNames: readonly FunctionName[] = rows.map(({ name }) => name);

/** The row of a function, or undefined for a name that is none. */
export function findFunction(name: string): FunctionRow | undefined {
  return rowByName.get(name);
}

/** The row of a function that exists by its type. */
export function functionRow(name: FunctionName): FunctionRow {
  const found = rowByName.get(name);
  if (found === undefined) throw new RangeError(`no row for the function ${name}`);
  return found;
}

/** d(x^y)/dx. */
export function powerByBase(x: Expression, y: Expression): Expression {
  return mul(y, pow(x, sub(y, one)));
}

/** d(x^y)/dy, for positive x. */
export function powerByExponent(x: Expression, y: Expression): Expression {
  return mul(pow(x, y), call("log", x));
}

function indicator(test: Expression): Expression {
  return conditional(test, one, zero);
}

/**
 * exprel'(x) = (e^x - exprel(x)) / x. The difference cancels near 0, where the Taylor series
 * Σ (k+1)/(k+2)! x^k takes over; at |x| = 0.05 both sides are good to about 1e-14.
 */
function exprelDerivative(x: Expression): Expression {
  const denominators = [2, 3, 8, 30, 144, 840, 5760];
  const series = denominators.reduceRight<Expression | undefined>((tail, denominator) => {
    const coefficient = div(one, num(denominator));
    return tail === undefined ? coefficient : add(coefficient, mul(x, tail));
  }, undefined);
  const closedForm = div(sub(call("exp", x), call("exprel", x)), x);
  return conditional(binary("<", call("abs", x), num(0.05)), series ?? zero, closedForm);
}

function exprel(x: number): number {
  if (x === 0) return 1;
  return x === Number.POSITIVE_INFINITY ? x : Math.expm1(x) / x;
}

function clip(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}

/** IEEE 754 roundToIntegralTiesToEven; the sign of a zero result is that of x. */
function roundHalfToEven(x: number): number {
  if (!Number.isFinite(x) || Number.isInteger(x)) return x;
  const below = Math.floor(x);
  const fraction = x - below;
  const up = fraction > 0.5 || (fraction === 0.5 && below % 2 !== 0);
  const rounded = up ? below + 1 : below;
  return rounded === 0 && x < 0 ? -0 : rounded;
}
