/**
 * The operations of the IR, one row each. `scalar` is the meaning: exactly rounded in double precision, from which the
 * single-precision result follows by one more rounding (innocuous for + - * / sqrt, since 53 ≥ 2·24 + 2). Emitters keep
 * their own column, keyed by the same names.
 */
import type { ValueType } from "./ir.ts";

/** One row of the operation table. Masks are 0 or 1 in `scalar`, which may be given more arguments than it takes. */
export interface Operation {
  readonly args: readonly ValueType[];
  readonly result: ValueType;
  readonly scalar: (...args: number[]) => number;
}

const unary = (scalar: (a: number) => number): Operation => ({ args: ["float"], result: "float", scalar });
const binary = (scalar: (a: number, b: number) => number): Operation => ({
  args: ["float", "float"],
  result: "float",
  scalar,
});
const compare = (test: (a: number, b: number) => boolean): Operation => ({
  args: ["float", "float"],
  result: "mask",
  scalar: (a, b) => (test(a, b) ? 1 : 0),
});
const choose: Operation = {
  args: ["mask", "float", "float"],
  result: "float",
  scalar: (test, a, b) => (test ? a : b),
};

/** Rounds to the nearest integer, ties to even, keeping the sign of zero (IEEE 754 roundToIntegralTiesToEven). */
function nearestEven(x: number): number {
  if (!(Math.abs(x) < 4503599627370496)) return x;
  const magnitude = Math.abs(x) + 4503599627370496 - 4503599627370496;
  return x < 0 || Object.is(x, -0) ? -magnitude : magnitude;
}

const bits = new DataView(new ArrayBuffer(8));

/** 2^k for an integral k in [-1022, 1023]; unspecified elsewhere. */
function powerOfTwo(k: number): number {
  bits.setInt32(0, (k + 1023) << 20);
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
}

/** floor(log2 |x|) of a normal number; unspecified for zero, subnormal and non-finite numbers. */
function binaryExponent(x: number): number {
  bits.setFloat64(0, x);
  return ((bits.getUint32(0) >>> 20) & 0x7ff) - 1023;
}

/** Pure operations whose operands are values. */
export const operations = {
  add: binary((a, b) => a + b),
  sub: binary((a, b) => a - b),
  mul: binary((a, b) => a * b),
  div: binary((a, b) => a / b),
  neg: unary((a) => -a),
  abs: unary(Math.abs),
  sqrt: unary(Math.sqrt),
  floor: unary(Math.floor),
  ceil: unary(Math.ceil),
  /** Ties to even. */
  nearest: unary(nearestEven),
  /** NaN wins; -0 < +0. */
  min: binary((a, b) => Math.min(a, b)),
  /** NaN wins; -0 < +0. */
  max: binary((a, b) => Math.max(a, b)),
  /** b < a ? b : a: the first operand where the two are equal or either is NaN. One instruction everywhere, unlike `min`. */
  lesser: binary((a, b) => (b < a ? b : a)),
  /** a < b ? b : a: likewise. */
  greater: binary((a, b) => (a < b ? b : a)),
  /** 2^k for integral k within the normal exponents of the precision. */
  powerOfTwo: unary(powerOfTwo),
  /** floor(log2 |x|) for normal x. */
  exponent: unary(binaryExponent),
  lt: compare((a, b) => a < b),
  le: compare((a, b) => a <= b),
  gt: compare((a, b) => a > b),
  ge: compare((a, b) => a >= b),
  eq: compare((a, b) => a === b),
  ne: compare((a, b) => a !== b),
  and: { args: ["mask", "mask"], result: "mask", scalar: (a, b) => a & b },
  or: { args: ["mask", "mask"], result: "mask", scalar: (a, b) => a | b },
  not: { args: ["mask"], result: "mask", scalar: (a) => a ^ 1 },
  /** mask ? a : b */
  select: choose,
  /** The same meaning as `select`; says that the mask is seldom set, so that `a` may be computed only where some lane needs it. */
  rarely: choose,
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;

/** Operations without value operands; they read the step, the lane, memory or the random stream. */
export const sources = {
  constant: "float",
  /** t = k·dt, computed in double precision, then rounded. */
  time: "float",
  /** Index of the neuron. */
  lane: "float",
  load: "float",
  loadRow: "float",
  /** Uniform in (0, 1): (52-bit integer + ½)·2⁻⁵², in f32 (23-bit integer + ½)·2⁻²³. */
  random: "float",
} as const satisfies Record<string, ValueType>;

export type SourceName = keyof typeof sources;
