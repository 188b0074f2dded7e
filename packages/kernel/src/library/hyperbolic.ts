/**
 * sinh and cosh. With |x| = k·ln 2 + r as in `exp`, A = (2^k − 2^−k)/2 and B = (2^k + 2^−k)/2,
 * sinh|x| = A·cosh r + B·sinh r and cosh x = B·cosh r + A·sinh r, which hardly cancel. All is scaled by ½, so that it
 * overflows in the last multiplication only.
 *
 * cosh r − 1 ≈ r²·E(r²), sinh r − r ≈ r³·O(r²) on ±½ ln 2 by Remez's exchange. f64, 5 terms each: error of cosh
 * 3.7e-18, relative error of sinh 2.7e-19. f32, 3 and 2 terms: 9.9e-11 and 1.4e-8.
 *
 * Largest error: sinh f64 1.03, f32 1.21 ulp; cosh f64 0.96, f32 1.00 ulp.
 */
import type { Builder } from "../builder.ts";
import type { Precision, Value } from "../ir.ts";
import { arithmetic } from "./arithmetic.ts";
import { fastTwoDifference, fastTwoSum } from "./double-word.ts";
import { polynomial } from "./polynomial.ts";

interface Constants {
  readonly reciprocalLn2: number;
  /** ln 2 in two parts, the first short. */
  readonly ln2: readonly [number, number];
  /** Where both overflow and k is still a normal exponent after scaling. */
  readonly highest: number;
  /** From this k on, 2^−k is nothing beside 2^k. */
  readonly one: number;
  /** Below it in magnitude sinh x = x. */
  readonly tiny: number;
  readonly E: readonly number[];
  readonly O: readonly number[];
}

const constants: Readonly<Record<Precision, Constants>> = {
  f64: {
    reciprocalLn2: 1.4426950408889634,
    ln2: [0.6931471805598903, 5.497923018708371e-14],
    highest: 710.6,
    one: 64,
    tiny: 2 ** -28,
    E: [0.5000000000000013, 0.04166666666651047, 0.0013888888948240205, 2.4801488823251545e-5, 2.7631619996911015e-7],
    O: [0.16666666666666677, 0.008333333333321386, 0.00019841269886814418, 2.755724345587532e-6, 2.5109318254475788e-8],
  },
  f32: {
    reciprocalLn2: 1.4426950216293335,
    ln2: [0.693145751953125, 1.428606765330187e-6],
    highest: 89.5,
    one: 32,
    tiny: 2 ** -13,
    E: [0.5, 0.041666459292173386, 0.0013935426250100136],
    O: [0.1666654348373413, 0.0083665382117033],
  },
};

/** The parts of |x|: r and its rounding error, cosh r − 1, sinh r − r, and 2^k, 2^−k, both divided by 4. */
function parts(b: Builder, x: Value) {
  const { c, sub, mul, neg, abs, nearest, lesser, powerOfTwo } = arithmetic(b);
  const { reciprocalLn2, ln2, highest, one, E, O } = constants[b.precision];
  const magnitude = lesser(abs(x), c(highest));
  const k = nearest(mul(magnitude, c(reciprocalLn2)));
  const near = sub(magnitude, mul(k, c(ln2[0])));
  const correction = mul(k, c(ln2[1]));
  const r = sub(near, correction);
  const rest = sub(sub(near, r), correction);
  const z = mul(r, r);
  return {
    r,
    rest,
    even: mul(z, polynomial(b, z, E)),
    odd: mul(mul(r, z), polynomial(b, z, O)),
    grown: powerOfTwo(sub(k, c(2))),
    decayed: powerOfTwo(sub(neg(lesser(k, c(one))), c(2))),
  };
}

/** sinh x: x itself where x is tiny, ±∞ beyond the largest finite result. */
export function sinh(b: Builder, x: Value): Value {
  const { c, add, mul, neg, abs, lt, when } = arithmetic(b);
  const { r, rest, even, odd, grown, decayed } = parts(b, x);
  const A = fastTwoDifference(b, grown, decayed);
  const B = add(grown, decayed);
  const leading = fastTwoSum(b, A.hi, mul(grown, r));
  const small = add(mul(decayed, r), add(mul(A.hi, even), mul(B, add(odd, rest))));
  const half = add(leading.hi, add(add(leading.lo, A.lo), small));
  const magnitude = mul(half, c(2));
  const result = when(lt(x, c(0)), neg(magnitude), magnitude);
  return when(lt(abs(x), c(constants[b.precision].tiny)), x, result);
}

/** cosh x: ∞ beyond the largest finite result. */
export function cosh(b: Builder, x: Value): Value {
  const { c, add, sub, mul } = arithmetic(b);
  const { r, rest, even, odd, grown, decayed } = parts(b, x);
  const A = sub(grown, decayed);
  const B = fastTwoSum(b, grown, decayed);
  const leading = fastTwoSum(b, B.hi, mul(A, r));
  const small = add(mul(B.hi, even), mul(A, add(odd, rest)));
  return mul(add(leading.hi, add(add(leading.lo, B.lo), small)), c(2));
}
