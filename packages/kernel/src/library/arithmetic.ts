/** The operations under the names in which formulas are read; every function of the library is written in them. */
import type { Builder } from "../builder.ts";
import type { Value } from "../ir.ts";
import type { OperationName } from "../operations.ts";

type Unary = (a: Value) => Value;
type Binary = (a: Value, b: Value) => Value;

/** Operations bound to one builder. `c` makes a constant; `when(mask, a, b)` is mask ? a : b. */
export interface Arithmetic {
  readonly c: (x: number) => Value;
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly div: Binary;
  readonly neg: Unary;
  readonly abs: Unary;
  readonly floor: Unary;
  readonly nearest: Unary;
  readonly lesser: Binary;
  readonly powerOfTwo: Unary;
  readonly exponent: Unary;
  readonly lt: Binary;
  readonly gt: Binary;
  readonly eq: Binary;
  readonly ne: Binary;
  readonly and: Binary;
  readonly or: Binary;
  readonly when: (mask: Value, a: Value, b: Value) => Value;
}

/** The operations of the table, each appending to `b`. */
export function arithmetic(b: Builder): Arithmetic {
  const unary =
    (op: OperationName): Unary =>
    (x) =>
      b.apply(op, x);
  const binary =
    (op: OperationName): Binary =>
    (x, y) =>
      b.apply(op, x, y);
  return {
    c: (x) => b.constant(x),
    add: binary("add"),
    sub: binary("sub"),
    mul: binary("mul"),
    div: binary("div"),
    neg: unary("neg"),
    abs: unary("abs"),
    floor: unary("floor"),
    nearest: unary("nearest"),
    lesser: binary("lesser"),
    powerOfTwo: unary("powerOfTwo"),
    exponent: unary("exponent"),
    lt: binary("lt"),
    gt: binary("gt"),
    eq: binary("eq"),
    ne: binary("ne"),
    and: binary("and"),
    or: binary("or"),
    when: (mask, x, y) => b.apply("select", mask, x, y),
  };
}
