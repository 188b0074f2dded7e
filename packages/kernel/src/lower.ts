/** Expressions become instructions, operation by operation: the tree that is written is the tree that is evaluated. */
import {
  NeuroweaveError,
  type BinaryOperator,
  type DelayedExpression,
  type DrawExpression,
  type Expression,
  type FunctionName,
} from "@neuroweave/equations";
import type { Builder } from "./builder.ts";
import type { StreamKey, Value } from "./ir.ts";
import { binomialCount, poissonCount } from "./library/counts.ts";
import { cos, cosh, exp, exprel, log, pow, sin, sinh, tan, tanh } from "./library/index.ts";
import type { OperationName } from "./operations.ts";

/** What the names of an expression stand for. */
export interface Scope {
  readonly symbol: (name: string) => Value;
  readonly stream: (draw: DrawExpression) => StreamKey;
  readonly delayed: (expression: DelayedExpression) => Value;
}

const comparisons: Partial<Record<BinaryOperator, OperationName>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
  "==": "eq",
  "!=": "ne",
  and: "and",
  or: "or",
};

type Lowered = (b: Builder, ...args: Value[]) => Value;

const operation =
  (op: OperationName): Lowered =>
  (b, ...args) =>
    b.apply(op, ...args);

/** One row per function of the language. */
const functions: Readonly<Record<FunctionName, Lowered>> = {
  exp,
  log,
  sin,
  cos,
  tan,
  sinh,
  cosh,
  tanh,
  pow,
  exprel,
  sqrt: operation("sqrt"),
  abs: operation("abs"),
  floor: operation("floor"),
  ceil: operation("ceil"),
  round: operation("nearest"),
  min: operation("min"),
  max: operation("max"),
  sign: (b, x) =>
    b.apply(
      "select",
      b.apply("gt", x, b.constant(0)),
      b.constant(1),
      b.apply("select", b.apply("lt", x, b.constant(0)), b.constant(-1), x),
    ),
  clip: (b, x, low, high) => b.apply("min", b.apply("max", x, low), high),
};

/** The value of an expression: a mask for a truth value, otherwise a float. */
export function lower(b: Builder, expression: Expression, scope: Scope): Value {
  const go = (inner: Expression): Value => lower(b, inner, scope);
  switch (expression.kind) {
    case "number":
      return b.constant(expression.value);
    case "symbol":
      return scope.symbol(expression.name);
    case "unary":
      return b.apply(expression.op === "-" ? "neg" : "not", go(expression.operand));
    case "binary":
      if (expression.op === "^") return power(b, go(expression.left), expression.right, go);
      return b.apply(comparisons[expression.op]!, go(expression.left), go(expression.right));
    case "call":
      if (expression.name === "pow") return power(b, go(expression.args[0]!), expression.args[1]!, go);
      return functions[expression.name](b, ...expression.args.map(go));
    case "conditional":
      return b.apply("select", go(expression.test), go(expression.then), go(expression.otherwise));
    case "draw":
      return drawn(b, expression, scope.stream(expression), go);
    case "delayed":
      return scope.delayed(expression);
  }
}

/**
 * A literal exponent of −4 … 4 or ±½ is written out in products and square roots, which round less than `pow`; any other
 * exponent goes through `pow`, a parameter that happens to be 2 included, so that setting it never changes the route.
 */
function power(b: Builder, base: Value, exponent: Expression, go: (e: Expression) => Value): Value {
  const p = literalOf(exponent);
  if (p === undefined || !(Math.abs(p) <= 4 && (Number.isInteger(p) || Math.abs(p) === 0.5)))
    return pow(b, base, go(exponent));
  const positive = (k: number): Value => {
    if (k === 0) return b.constant(1);
    if (k === 0.5) return b.apply("sqrt", base);
    if (k === 1) return base;
    const half = positive(Math.floor(k / 2));
    const square = b.apply("mul", half, half);
    return k % 2 === 0 ? square : b.apply("mul", square, base);
  };
  return p >= 0 ? positive(p) : b.apply("div", b.constant(1), positive(-p));
}

function literalOf(expression: Expression): number | undefined {
  if (expression.kind === "number") return expression.value;
  if (expression.kind === "unary" && expression.op === "-" && expression.operand.kind === "number")
    return -expression.operand.value;
  return undefined;
}

/** uniform(a, b) = a + (b − a)·u; normal by Box and Muller (1958) from both uniforms; ξ = N(0, 1)/√dt. */
function drawn(b: Builder, draw: DrawExpression, stream: StreamKey, go: (e: Expression) => Value): Value {
  const [first, second] = draw.args.map(go);
  if (draw.distribution === "poisson") return poissonCount(b, stream, first!);
  if (draw.distribution === "binomial") return binomialCount(b, stream, first!, second!);
  const shared = draw.distribution === "sharedUniform" || draw.distribution === "sharedNormal";
  const random = (word: 0 | 1): Value => (shared ? b.sharedRandom(stream, word) : b.random(stream, word));
  if (draw.distribution === "uniform" || draw.distribution === "sharedUniform")
    return b.apply("add", first!, b.apply("mul", b.apply("sub", second!, first!), random(0)));
  const radius = b.apply("sqrt", b.apply("mul", b.constant(-2), log(b, random(0))));
  const angle = b.apply("mul", b.constant(2 * Math.PI), random(1));
  const normal = b.apply("mul", radius, cos(b, angle));
  if (draw.distribution === "xi") return b.apply("div", normal, b.apply("sqrt", b.constant(b.dt)));
  return b.apply("add", first!, b.apply("mul", second!, normal));
}

/** Refuses a truth value where a number is meant, which the type check of the equations has ruled out. */
export function lowerNumber(b: Builder, expression: Expression, scope: Scope): Value {
  const value = lower(b, expression, scope);
  if (b.instructions[value]!.type !== "float")
    throw new NeuroweaveError("internal", "a truth value stands where a number is needed");
  return value;
}
