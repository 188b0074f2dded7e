/** The `wat` column of the operation table: how each operation reads over 128-bit vectors of one precision. */
import type { Precision } from "../../ir.ts";
import type { OperationName } from "../../operations.ts";

/** Names of the vector shape of a precision. */
export interface VectorShape {
  /** Prefix of floating-point vector instructions. */
  readonly float: "f64x2" | "f32x4";
  /** Prefix of integer vector instructions of the same lane width. */
  readonly integer: "i64x2" | "i32x4";
  /** Load of one element into all lanes. */
  readonly splatLoad: "v128.load64_splat" | "v128.load32_splat";
  readonly lanes: 2 | 4;
  /** log2 of the bytes of a lane. */
  readonly shift: 3 | 2;
  /** 1.5·2^(fraction bits): adding it leaves an integer in the low bits of a float. */
  readonly magic: number;
  readonly fractionBits: 52 | 23;
  readonly bias: 1023 | 127;
}

export const shapes: Readonly<Record<Precision, VectorShape>> = {
  f64: { float: "f64x2", integer: "i64x2", splatLoad: "v128.load64_splat", lanes: 2, shift: 3, magic: 6755399441055744, fractionBits: 52, bias: 1023 }, // prettier-ignore
  f32: { float: "f32x4", integer: "i32x4", splatLoad: "v128.load32_splat", lanes: 4, shift: 2, magic: 12582912, fractionBits: 23, bias: 127 }, // prettier-ignore
};

/** A number as WAT text. */
function literal(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  return Object.is(x, -0) ? "-0" : String(x);
}

/** A vector with the same number in all lanes. */
export function splat({ float, lanes }: VectorShape, x: number): string {
  return `(v128.const ${float} ${Array<string>(lanes).fill(literal(x)).join(" ")})`;
}

type Emit = (shape: VectorShape, ...args: readonly string[]) => string;

const float =
  (name: string): Emit =>
  (shape, ...args) =>
    `(${shape.float}.${name} ${args.join(" ")})`;
const vector =
  (name: string): Emit =>
  (_, ...args) =>
    `(v128.${name} ${args.join(" ")})`;
/** Where one side is +0, whose bits are all zero, masking the other gives the same bits in one instruction. */
const choose: Emit = (shape, mask, a, b) => {
  const zero = splat(shape, 0);
  if (a === zero) return `(v128.andnot ${b} ${mask})`;
  return b === zero ? `(v128.and ${a} ${mask})` : `(v128.bitselect ${a} ${b} ${mask})`;
};

/** One row per operation. */
export const emitters: Readonly<Record<OperationName, Emit>> = {
  add: float("add"),
  sub: float("sub"),
  mul: float("mul"),
  div: float("div"),
  neg: float("neg"),
  abs: float("abs"),
  sqrt: float("sqrt"),
  floor: float("floor"),
  ceil: float("ceil"),
  nearest: float("nearest"),
  min: float("min"),
  max: float("max"),
  lesser: float("pmin"),
  greater: float("pmax"),
  /** k + (magic + bias) leaves k + bias in the low bits; shifting them up makes the exponent. */
  powerOfTwo: (s, k) =>
    `(${s.integer}.shl (${s.float}.add ${k} ${splat(s, s.magic + s.bias)}) (i32.const ${s.fractionBits}))`,
  /** The biased exponent, put into the low bits of the magic number and taken back out as a float. */
  exponent: (s, x) =>
    `(${s.float}.sub (v128.or (${s.integer}.shr_u (${s.float}.abs ${x}) (i32.const ${s.fractionBits})) ${splat(s, s.magic)}) ${splat(s, s.magic + s.bias)})`,
  lt: float("lt"),
  le: float("le"),
  gt: float("gt"),
  ge: float("ge"),
  eq: float("eq"),
  ne: float("ne"),
  /** Together with what is not, one instruction. */
  and: (_, a, b) => {
    const inner = /^\(v128\.not ([\s\S]*)\)$/.exec(b ?? "");
    return inner ? `(v128.andnot ${a} ${inner[1]})` : `(v128.and ${a} ${b})`;
  },
  or: vector("or"),
  not: vector("not"),
  select: choose,
  rarely: choose,
};
