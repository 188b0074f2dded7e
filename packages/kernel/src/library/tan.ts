/**
 * tan x = sin/cos, or −cos/sin in odd quarters. Both are kept as double words; the quotient of the leading parts is
 * corrected by its exact remainder, so that one rounding is left.
 *
 * Specified for |x| ≤ 2^20 in both precisions. Largest error there: f64 1.07 ulp, f32 1.14 ulp.
 */
import type { Builder } from "../builder.ts";
import type { Value } from "../ir.ts";
import { arithmetic } from "./arithmetic.ts";
import { fastTwoSum, twoProduct } from "./double-word.ts";
import { quadrant } from "./quadrant.ts";
import { sineAndCosine } from "./sine-cosine.ts";

/** tan x for |x| ≤ 2^20; NaN for ±∞; unspecified, but the same on every device, for other x. */
export function tan(b: Builder, x: Value): Value {
  const { c, add, sub, mul, div, neg, floor, eq, ne, when } = arithmetic(b);
  const { k, r } = quadrant(b, x);
  const parts = sineAndCosine(b, r);
  const sine = fastTwoSum(b, parts.sine.hi, parts.sine.lo);
  const cosine = fastTwoSum(b, parts.cosine.hi, parts.cosine.lo);
  const half = mul(k, c(0.5));
  const isOdd = ne(half, floor(half));
  const above = { hi: when(isOdd, neg(cosine.hi), sine.hi), lo: when(isOdd, neg(cosine.lo), sine.lo) };
  const below = { hi: when(isOdd, sine.hi, cosine.hi), lo: when(isOdd, sine.lo, cosine.lo) };
  const reciprocal = div(c(1), below.hi);
  const quotient = mul(above.hi, reciprocal);
  const product = twoProduct(b, quotient, below.hi);
  const remainder = add(sub(sub(above.hi, product.hi), product.lo), sub(above.lo, mul(quotient, below.lo)));
  return when(eq(x, c(0)), x, add(quotient, mul(remainder, reciprocal)));
}
