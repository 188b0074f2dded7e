/** Splits numbers into a power of two and a significand near 1. */
import type { Builder } from "../builder.ts";
import type { Precision, Value } from "../ir.ts";
import { arithmetic } from "./arithmetic.ts";

/** Numbers below `small` are scaled up by 2^up, all others down by 4, so that 2^−exponent is a normal number for each of them. */
const scales: Readonly<Record<Precision, { small: number; up: number }>> = {
  f64: { small: 2 ** -1000, up: 54 },
  f32: { small: 2 ** -100, up: 25 },
};

/**
 * x = 2^k·m with √½ ≤ m < √2 (a rounding error beyond) for finite x > 0; meaningless for other x, but NaN gives m =
 * NaN.
 */
export function decompose(b: Builder, x: Value): { readonly k: Value; readonly m: Value } {
  const { c, add, mul, neg, exponent, powerOfTwo, lt, when } = arithmetic(b);
  const { small, up } = scales[b.precision];
  const isSmall = lt(x, c(small));
  const scaled = mul(x, when(isSmall, c(2 ** up), c(1 / 4)));
  const e = exponent(mul(scaled, c(Math.SQRT2)));
  return { k: add(e, when(isSmall, c(-up), c(2))), m: mul(scaled, powerOfTwo(neg(e))) };
}
