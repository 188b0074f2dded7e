/**
 * sin and cos of an angle within a quarter turn, as double words, and of any angle.
 *
 * sin r ≈ r + r³·S(r²), cos r ≈ 1 − r²/2 + r⁴·C(r²) by Remez's exchange. f64, |r| ≤ π/4: 6 terms each, relative error
 * of sin 3.8e-18, error of cos 5.7e-20. f32, |r| ≤ 0.88: 3 terms each, 9.8e-9 and 3.1e-10.
 *
 * Specified for |x| ≤ 2^20 in both precisions. Largest error there: sin f64 0.80, f32 0.90 ulp; cos f64 0.83, f32 0.86
 * ulp.
 */
import type { Builder } from "../builder.ts";
import type { Precision, Value } from "../ir.ts";
import { arithmetic } from "./arithmetic.ts";
import type { DoubleWord } from "./double-word.ts";
import { polynomial } from "./polynomial.ts";
import { quadrant } from "./quadrant.ts";

interface Constants {
  readonly S: readonly number[];
  readonly C: readonly number[];
}

const constants: Readonly<Record<Precision, Constants>> = {
  f64: {
    S: [
      -0.1666666666666663, 0.00833333333332184, -0.00019841269829358934, 2.755731353880696e-6, -2.5050734442673502e-8,
      1.589543580597556e-10,
    ],
    C: [
      0.0416666666666666, -0.001388888888887447, 2.4801587289630124e-5, -2.7557314375015836e-7, 2.087572379557047e-9,
      -1.1359553622803958e-11,
    ],
  },
  f32: {
    S: [-0.1666664332151413, 0.00833150465041399, -0.0001943397946888581],
    C: [0.041666626930236816, -0.0013886470114812255, 2.434402995277196e-5],
  },
};

/** Leading term and correction of sin r and cos r; the corrections are not reduced to half an ulp. */
export function sineAndCosine(b: Builder, r: DoubleWord): { readonly sine: DoubleWord; readonly cosine: DoubleWord } {
  const { c, add, sub, mul } = arithmetic(b);
  const { S, C } = constants[b.precision];
  const z = mul(r.hi, r.hi);
  const half = mul(z, c(0.5));
  const leading = sub(c(1), half);
  const lost = sub(sub(c(1), leading), half);
  const sineTail = add(mul(mul(r.hi, z), polynomial(b, z, S)), mul(r.lo, leading));
  const cosineTail = sub(mul(mul(z, z), polynomial(b, z, C)), mul(r.hi, r.lo));
  return { sine: { hi: r.hi, lo: sineTail }, cosine: { hi: leading, lo: add(lost, cosineTail) } };
}

/** sin(r + q·π/2) for integral q. */
function turned(b: Builder, r: DoubleWord, q: Value): Value {
  const { c, add, mul, neg, floor, ne, when } = arithmetic(b);
  const { sine, cosine } = sineAndCosine(b, r);
  const half = mul(q, c(0.5));
  const whole = floor(half);
  const quarter = mul(whole, c(0.5));
  const magnitude = when(ne(half, whole), add(cosine.hi, cosine.lo), add(sine.hi, sine.lo));
  return when(ne(quarter, floor(quarter)), neg(magnitude), magnitude);
}

/** sin x for |x| ≤ 2^20; NaN for ±∞; unspecified, but the same on every device, for other x. */
export function sin(b: Builder, x: Value): Value {
  const { c, eq, when } = arithmetic(b);
  const { k, r } = quadrant(b, x);
  return when(eq(x, c(0)), x, turned(b, r, k));
}

/** cos x for |x| ≤ 2^20; NaN for ±∞; unspecified, but the same on every device, for other x. */
export function cos(b: Builder, x: Value): Value {
  const { c, add } = arithmetic(b);
  const { k, r } = quadrant(b, x);
  return turned(b, r, add(k, c(1)));
}
