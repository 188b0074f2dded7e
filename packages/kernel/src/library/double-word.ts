/**
 * Numbers of twice the precision as unevaluated sums hi + lo, |lo| ≤ ulp(hi)/2, by operations that are exact. Sources:
 * Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18 (1971); Veltkamp's
 * splitting as described there.
 */
import type { Builder } from "../builder.ts";
import type { Precision, Value } from "../ir.ts";
import { arithmetic } from "./arithmetic.ts";

export interface DoubleWord {
  readonly hi: Value;
  readonly lo: Value;
}

/** 2^s + 1 with s half of the significand's bits, rounded up. */
const splitters: Readonly<Record<Precision, number>> = { f64: 2 ** 27 + 1, f32: 2 ** 12 + 1 };

/** x + y as a double word, where |x| ≥ |y|, or x = 0, or x + y is exact by itself. */
export function fastTwoSum(b: Builder, x: Value, y: Value): DoubleWord {
  const { add, sub } = arithmetic(b);
  const hi = add(x, y);
  return { hi, lo: add(sub(x, hi), y) };
}

/** x − y as a double word, under the conditions of `fastTwoSum`. */
export function fastTwoDifference(b: Builder, x: Value, y: Value): DoubleWord {
  const { sub } = arithmetic(b);
  const hi = sub(x, y);
  return { hi, lo: sub(sub(x, hi), y) };
}

/**
 * The upper 26 of 53 bits of x (12 of 24 in f32), to nearest, so that products of two such heads are exact. |x| < 2^996
 * (2^115).
 */
export function head(b: Builder, x: Value): Value {
  const { c, mul, sub } = arithmetic(b);
  const scaled = mul(c(splitters[b.precision]), x);
  return sub(scaled, sub(scaled, x));
}

/** x·y as a double word, where neither the product nor its low half leaves the normal range. */
export function twoProduct(b: Builder, x: Value, y: Value): DoubleWord {
  const { mul, sub } = arithmetic(b);
  const hi = mul(x, y);
  const [xHead, yHead] = [head(b, x), head(b, y)];
  const [xTail, yTail] = [sub(x, xHead), sub(y, yHead)];
  const rest = sub(sub(sub(hi, mul(xHead, yHead)), mul(xTail, yHead)), mul(xHead, yTail));
  return { hi, lo: sub(mul(xTail, yTail), rest) };
}
