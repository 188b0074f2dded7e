/**
 * e^x = 2^k·e^r with k = round(x / ln 2) and r = x − k·ln 2, after Cody and Waite: ln 2 is a short part, whose product
 * with k is exact, and a rest. k stops at the largest exponent of the precision; from there r goes on to ln 2, where
 * e^r = 2, and beyond, where the product overflows. That is why the polynomial is fitted on [−½ ln 2, ln 2].
 *
 * e^r ≈ 1 + r + r²·q(r), q by Remez's exchange, its coefficients rounded one after the other and the rest refitted.
 * Error of approximation: f64, degree 12 in all, 0.09 ulp; f32, degree 6, 0.48 ulp (0.63 above r = ½ ln 2).
 *
 * Largest error of the function: f64 1.04 ulp (1.40 above x = 709.43), f32 1.46 ulp.
 */
import type { Builder } from "../builder.ts";
import type { Precision, Value } from "../ir.ts";
import { arithmetic } from "./arithmetic.ts";
import { polynomial } from "./polynomial.ts";

interface Constants {
  readonly reciprocalLn2: number;
  /** ln 2 in two parts, the first short. */
  readonly ln2: readonly [number, number];
  readonly maxExponent: number;
  /** The smallest number whose exponential is normal. */
  readonly lowest: number;
  readonly q: readonly number[];
}

const constants: Readonly<Record<Precision, Constants>> = {
  f64: {
    reciprocalLn2: 1.4426950408889634,
    ln2: [0.6931471805598903, 5.497923018708371e-14],
    maxExponent: 1023,
    lowest: -708.3964185322641,
    q: [
      0.5000000000000007, 0.16666666666665436, 0.0416666666666033, 0.008333333333933608, 0.0013888888900503058,
      0.0001984126877859009, 2.4801584903317937e-5, 2.7558116059366588e-6, 2.7550270184051937e-7, 2.4858843333350982e-8,
      2.451052742218939e-9,
    ],
  },
  f32: {
    reciprocalLn2: 1.4426950216293335,
    ln2: [0.693145751953125, 1.428606765330187e-6],
    maxExponent: 127,
    lowest: -87.33654022216797,
    q: [0.5000022649765015, 0.1666700392961502, 0.04162093997001648, 0.008326411247253418, 0.001623978721909225],
  },
};

/**
 * e^x: ∞ where the result would exceed the largest finite number, 0 where it would be below the smallest normal one.
 */
export function exp(b: Builder, x: Value): Value {
  const { c, add, sub, mul, nearest, lesser, powerOfTwo, lt, when } = arithmetic(b);
  const { reciprocalLn2, ln2, maxExponent, lowest, q } = constants[b.precision];
  const k = lesser(nearest(mul(x, c(reciprocalLn2))), c(maxExponent));
  const r = sub(sub(x, mul(k, c(ln2[0]))), mul(k, c(ln2[1])));
  const significand = add(add(mul(mul(r, r), polynomial(b, r, q)), r), c(1));
  return when(lt(x, c(lowest)), c(0), mul(significand, powerOfTwo(k)));
}
