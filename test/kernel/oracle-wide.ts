/**
 * Numbers m·2^e with about 192 significant bits, on BigInt: wide enough that what is rounded from them is the correctly
 * rounded result, short of an accident of probability 2^-100.
 */
import type { Precision } from "@neuroweave/kernel";

export interface Wide {
  readonly m: bigint;
  readonly e: number;
}

/** Significant bits that are kept, at least. */
export const width = 192;

const magnitudeOf = (m: bigint): bigint => (m < 0n ? -m : m);

/** Bits of |m|, up to three too many. */
const bitLength = (m: bigint): number => magnitudeOf(m).toString(16).length * 4;

function trim(m: bigint, e: number): Wide {
  const excess = bitLength(m) - width - 3;
  return excess > 0 ? { m: m >> BigInt(excess), e: e + excess } : { m, e };
}

const words = new DataView(new ArrayBuffer(8));

/** A finite double, exactly. */
export function wide(x: number): Wide {
  words.setFloat64(0, x);
  const bits = words.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { m: bits >> 63n ? -magnitude : magnitude, e: Math.max(biased, 1) - 1075 };
}

/** a·2^k. */
export const scale = (a: Wide, k: number): Wide => ({ m: a.m, e: a.e + k });

export const negate = (a: Wide): Wide => ({ m: -a.m, e: a.e });

export const multiply = (a: Wide, b: Wide): Wide => trim(a.m * b.m, a.e + b.e);

export function divide(a: Wide, b: Wide): Wide {
  const shift = Math.max(0, width + 8 + bitLength(b.m) - bitLength(a.m));
  return trim((a.m << BigInt(shift)) / b.m, a.e - b.e - shift);
}

export function add(a: Wide, b: Wide): Wide {
  if (a.m === 0n) return b;
  if (b.m === 0n) return a;
  const [high, low] = a.e + bitLength(a.m) >= b.e + bitLength(b.m) ? [a, b] : [b, a];
  // What lies wholly below the last kept bit of the other is left out.
  if (high.e > low.e + bitLength(low.m) + width) return high;
  const e = Math.min(high.e, low.e);
  return trim((high.m << BigInt(high.e - e)) + (low.m << BigInt(low.e - e)), e);
}

export const subtract = (a: Wide, b: Wide): Wide => add(a, negate(b));

/** a·2^bits as an integer, rounded down. */
export function fixed(a: Wide, bits: number): bigint {
  const shift = a.e + bits;
  return shift >= 0 ? a.m << BigInt(shift) : a.m >> BigInt(-shift);
}

/** The nearest integer. */
export const nearestInteger = (a: Wide): bigint => (fixed(a, 1) + 1n) >> 1n;

/** floor(log2 |a|) of a number that is not 0. */
export const exponentOf = (a: Wide): number => magnitudeOf(a.m).toString(2).length - 1 + a.e;

/** Significant bits and smallest normal exponent. */
export const formats: Readonly<Record<Precision, { readonly digits: number; readonly lowest: number }>> = {
  f64: { digits: 53, lowest: -1022 },
  f32: { digits: 24, lowest: -126 },
};

/** The nearest number of a precision, ties to even; subnormal numbers and overflow as IEEE 754 has them. */
export function round(a: Wide, precision: Precision): number {
  if (a.m === 0n) return 0;
  const { digits, lowest } = formats[precision];
  const unit = Math.max(exponentOf(a), lowest) - digits + 1;
  const magnitude = magnitudeOf(a.m);
  const shift = BigInt(Math.abs(a.e - unit));
  let units = magnitude << shift;
  if (a.e < unit) {
    units = magnitude >> shift;
    const twice = (magnitude - (units << shift)) * 2n;
    const whole = 1n << shift;
    if (twice > whole || (twice === whole && units & 1n)) units += 1n;
  }
  // In two factors, as 2^unit need not be a double where units·2^unit is one.
  const half = Math.trunc(unit / 2);
  const size = Number(units) * 2 ** half * 2 ** (unit - half);
  return (a.m < 0n ? -1 : 1) * (precision === "f32" && size >= 2 ** 128 ? Infinity : size);
}

/**
 * How many representable numbers apart two numbers are. NaN is at distance 0 from NaN and otherwise at none, and so are
 * zeros of different sign.
 */
export function distance(a: number, b: number, precision: Precision): number {
  if (Object.is(a, b)) return 0;
  if (Number.isNaN(a) || Number.isNaN(b) || a === b) return Infinity;
  return Math.abs(Number(position(a, precision) - position(b, precision)));
}

function position(x: number, precision: Precision): bigint {
  if (precision === "f64") words.setFloat64(0, Math.abs(x));
  else words.setFloat32(0, Math.abs(x));
  const place = precision === "f64" ? words.getBigUint64(0) : BigInt(words.getUint32(0));
  return x < 0 ? -place : place;
}
