/** The `c` column of the operation table: how each operation reads, over vectors of neurons or for a single synapse. */
import type { OperationName } from "../../operations.ts";

/** `v` is a vector, `s` a scalar. */
export type Width = "v" | "s";

/** A number as C text, of the type `real`. */
export function literal(x: number): string {
  if (Number.isNaN(x)) return '((real)__builtin_nan(""))';
  if (!Number.isFinite(x)) return `((real)${x > 0 ? "" : "-"}__builtin_inf())`;
  const text = Object.is(x, -0) ? "-0.0" : String(x);
  return `((real)${/[.e]/.test(text) ? text : `${text}.0`})`;
}

/** The same number in all lanes. */
export const constant = (width: Width, x: number): string => (width === "v" ? `splat(${literal(x)})` : literal(x));

/** Types of floats and masks. */
export const types = { v: { float: "V", mask: "W" }, s: { float: "real", mask: "word" } } as const;

type Emit = (width: Width, ...args: readonly string[]) => string;

const infix =
  (operator: string): Emit =>
  (_, a, b) =>
    `(${a} ${operator} ${b})`;
/** Masks are all bits or none, of a lane as of a scalar. */
const compare =
  (operator: string): Emit =>
  (width, a, b) =>
    width === "v" ? `(W)(${a} ${operator} ${b})` : `(-(word)(${a} ${operator} ${b}))`;
const call =
  (name: string): Emit =>
  (width, ...args) =>
    `${name}_${width}(${args.join(", ")})`;

/** One row per operation. */
export const emitters: Readonly<Record<OperationName, Emit>> = {
  add: infix("+"),
  sub: infix("-"),
  mul: infix("*"),
  div: infix("/"),
  neg: (_, x) => `(-${x})`,
  abs: call("abs"),
  sqrt: call("sqrt"),
  floor: call("floor"),
  ceil: call("ceil"),
  nearest: call("nearest"),
  min: call("min"),
  max: call("max"),
  lesser: call("lesser"),
  greater: call("greater"),
  powerOfTwo: call("power_of_two"),
  exponent: call("exponent"),
  lt: compare("<"),
  le: compare("<="),
  gt: compare(">"),
  ge: compare(">="),
  eq: compare("=="),
  ne: compare("!="),
  and: infix("&"),
  or: infix("|"),
  not: (_, x) => `(~${x})`,
  select: call("select"),
  rarely: call("select"),
};
