/**
 * ln x = k·ln 2 + ln m with x = 2^k·m, √½ ≤ m ≤ √2. With f = m − 1 and s = f/(2 + f), ln m = 2 artanh s = 2s + s·R(s²),
 * and 2s = f − s·f, s·f = h − s·h with h = f²/2, so ln m = f − (h − s·(h + R)): the leading term is exact.
 *
 * R(z) ≈ 2/3·z + 2/5·z² + … for |s| ≤ 0.1716 by Remez's exchange; error relative to 2s: f64, 7 terms, 4.5e-18; f32, 3
 * terms, 8.1e-10.
 *
 * Largest error of the function: f64 0.85 ulp, f32 0.84 ulp.
 */
import type { Builder } from "../builder.ts";
import type { Precision, Value } from "../ir.ts";
import { arithmetic } from "./arithmetic.ts";
import { decompose } from "./decompose.ts";
import { polynomial } from "./polynomial.ts";

interface Constants {
  /** ln 2 in two parts, the first short. */
  readonly ln2: readonly [number, number];
  readonly R: readonly number[];
}

const constants: Readonly<Record<Precision, Constants>> = {
  f64: {
    ln2: [0.6931471805598903, 5.497923018708371e-14],
    R: [
      0.6666666666666734, 0.39999999999416413, 0.2857142874208217, 0.22222198600465815, 0.1818356815199608,
      0.15313677698028022, 0.14803525249341104,
    ],
  },
  f32: {
    ln2: [0.693145751953125, 1.428606765330187e-6],
    R: [0.6666677594184875, 0.39977580308914185, 0.29870930314064026],
  },
};

/** Natural logarithm: −∞ at ±0, NaN below 0, ∞ at ∞. Subnormal numbers are as good as others. */
export function log(b: Builder, x: Value): Value {
  const { c, add, sub, mul, div, lt, eq, when } = arithmetic(b);
  const { ln2, R } = constants[b.precision];
  const { k, m } = decompose(b, x);
  const f = sub(m, c(1));
  const s = div(f, add(c(2), f));
  const z = mul(s, s);
  const h = mul(mul(c(0.5), f), f);
  const inner = add(mul(s, add(h, mul(z, polynomial(b, z, R)))), mul(k, c(ln2[1])));
  const finite = sub(mul(k, c(ln2[0])), sub(sub(h, inner), f));
  const positive = when(lt(x, c(Infinity)), finite, x);
  const nonnegative = when(lt(x, c(0)), c(NaN), positive);
  return when(eq(x, c(0)), c(-Infinity), nonnegative);
}
