/**
 * x^y = 2^(y·log2 |x|), with log2 |x| and the product as unevaluated sums of a head, whose products with other heads
 * are exact, and a tail. With |x| = 2^k·m as in `log`, s = (m − 1)/(m + 1):
 *   log2 |x| = k + 2/(3 ln 2)·s·(3 + s² + R(s²)),   R(z) = z²·(3/5 + 3/7·z + …),
 *   2^p = 2^j·e^w with j = round(p), w = (p − j)·ln 2, e^w ≈ 1 + w + w²·q(w).
 *
 * R/3 for |s| ≤ 0.1716 by Remez's exchange: f64, 7 terms, error 1.2e-20; f32, 3 terms, 8.5e-12.
 * q on ±½ ln 2, error relative to e^w: f64, degree 11 in all, 1.6e-17; f32, degree 6, 3.6e-9.
 *
 * Largest error of the function: f64 1.16 ulp, f32 0.91 ulp.
 */
import type { Builder } from "../builder.ts";
import type { Precision, Value } from "../ir.ts";
import { arithmetic } from "./arithmetic.ts";
import { decompose } from "./decompose.ts";
import { head } from "./double-word.ts";
import { polynomial } from "./polynomial.ts";

interface Constants {
  /** 2/(3 ln 2) and ln 2: a head, and the rest. */
  readonly toLog2: readonly [number, number];
  readonly ln2: readonly [number, number];
  /** A larger |y| makes 0, 1 or ∞ of every |x|, as this one does. */
  readonly largest: number;
  /** Exponents of two beyond which the result is ∞ or 0. */
  readonly range: readonly [number, number];
  readonly R: readonly number[];
  readonly q: readonly number[];
}

const constants: Readonly<Record<Precision, Constants>> = {
  f64: {
    toLog2: [0.9617967009544373, -7.028461650952758e-9],
    ln2: [0.6931471824645996, -1.904654299957768e-9],
    largest: 2 ** 65,
    range: [-1080, 1026],
    R: [
      0.6000000000000338, 0.4285714285514909, 0.3333333377997264, 0.272726765403173, 0.23080136572889368,
      0.1988521127957388, 0.19794650857673432,
    ],
    q: [
      0.5000000000000011, 0.16666666666666438, 0.041666666666525756, 0.008333333333473684, 0.0013888888945523229,
      0.00019841269576406002, 2.4801490258740724e-5, 2.755746471288233e-6, 2.763156882884714e-7, 2.5065716255822575e-8,
    ],
  },
  f32: {
    toLog2: [0.9619140625, -0.00011736857413779944],
    ln2: [0.693115234375, 3.194618329871446e-5],
    largest: 2 ** 33,
    range: [-152, 130],
    R: [0.6000022888183594, 0.42820635437965393, 0.35129448771476746],
    q: [0.4999999403953552, 0.16666516661643982, 0.04166824743151665, 0.008369079791009426, 0.0013817180879414082],
  },
};

/** A head and a tail; products of heads are exact. */
interface Split {
  readonly head: Value;
  readonly tail: Value;
}

/** log2 of a positive finite number. */
function log2(b: Builder, x: Value): Split {
  const { c, add, sub, mul, div } = arithmetic(b);
  const { toLog2, R } = constants[b.precision];
  const { k, m } = decompose(b, x);
  const f = sub(m, c(1));
  const d = add(f, c(2));
  const reciprocal = div(c(1), d);
  const s = mul(f, reciprocal);
  const sHead = head(b, s);
  const dHead = head(b, d);
  const dTail = sub(f, sub(dHead, c(2)));
  const sTail = mul(sub(sub(f, mul(sHead, dHead)), mul(sHead, dTail)), reciprocal);
  const square = mul(sHead, sHead);
  const cross = mul(sTail, add(sHead, s));
  const z = add(square, cross);
  const rest = add(mul(mul(z, z), polynomial(b, z, R)), cross);
  const tHead = head(b, add(add(c(3), square), rest));
  const tTail = sub(rest, sub(sub(tHead, c(3)), square));
  const u = mul(sHead, tHead);
  const v = add(mul(sTail, tHead), mul(tTail, s));
  const pHead = head(b, add(u, v));
  const pTail = sub(v, sub(pHead, u));
  const leading = mul(pHead, c(toLog2[0]));
  const following = add(mul(pHead, c(toLog2[1])), mul(pTail, c(toLog2[0] + toLog2[1])));
  const sum = head(b, add(add(leading, following), k));
  return { head: sum, tail: sub(following, sub(sub(sum, k), leading)) };
}

/** 2^p for a sum p = high + low; ∞ and 0 beyond the range of exponents, subnormal results in between. */
function powerOfSum(b: Builder, high: Value, low: Value): Value {
  const { c, add, sub, mul, floor, nearest, powerOfTwo, lt, gt, when } = arithmetic(b);
  const { ln2, range, q } = constants[b.precision];
  const p = add(high, low);
  const j = nearest(p);
  const near = sub(high, j);
  const nearHead = head(b, add(near, low));
  const u = mul(nearHead, c(ln2[0]));
  const v = add(mul(sub(low, sub(nearHead, near)), c(ln2[0] + ln2[1])), mul(nearHead, c(ln2[1])));
  const w = add(u, v);
  const wTail = sub(v, sub(w, u));
  const significand = add(add(add(mul(mul(w, w), polynomial(b, w, q)), wTail), w), c(1));
  const half = floor(mul(j, c(0.5)));
  const scaled = mul(mul(significand, powerOfTwo(half)), powerOfTwo(sub(j, half)));
  return when(lt(p, c(range[0])), c(0), when(gt(p, c(range[1])), c(Infinity), scaled));
}

/**
 * x^y with the special cases of IEEE 754 but one: as in JavaScript, (±1)^±∞ and 1^NaN are NaN. x^0 = 1 for every x, NaN
 * included. A negative x needs an integral y. Results may be subnormal.
 */
export function pow(b: Builder, x: Value, y: Value): Value {
  const { c, add, sub, mul, div, neg, abs, floor, lesser, lt, gt, eq, ne, and, or, when } = arithmetic(b);
  const { largest } = constants[b.precision];
  const size = abs(x);
  const logarithm = log2(b, size);
  const bounded = lesser(y, c(largest));
  const exponent = when(lt(bounded, c(-largest)), c(-largest), bounded);
  const exponentHead = head(b, exponent);
  const low = add(mul(sub(exponent, exponentHead), logarithm.head), mul(exponent, logarithm.tail));
  const magnitude = powerOfSum(b, mul(exponentHead, logarithm.head), low);

  const half = mul(y, c(0.5));
  const isFraction = ne(floor(y), y);
  const isOdd = and(eq(floor(y), y), ne(floor(half), half));
  const isNegative = lt(x, c(0));
  const signed = when(and(isNegative, isOdd), neg(magnitude), magnitude);
  const real = when(and(isNegative, isFraction), c(NaN), signed);
  const base = when(isOdd, x, size);
  const edge = when(gt(y, c(0)), base, div(c(1), base));
  const any = when(or(eq(size, c(0)), eq(size, c(Infinity))), edge, real);
  const isUndefined = or(ne(y, y), and(eq(size, c(1)), eq(abs(y), c(Infinity))));
  return when(eq(y, c(0)), c(1), when(isUndefined, c(NaN), any));
}
