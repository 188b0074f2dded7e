/**
 * x = k·π/2 + r with |r| ≤ π/4 or hardly more, r as a double word, after Cody and Waite: π/2 is cut into pieces so
 * short that their products with k are exact. The first differences are exact; in the later ones r may keep 53 (24)
 * bits only, and what it loses is collected. Where r is smaller than what is subtracted, the difference is exact, which
 * is what `fastTwoDifference` needs.
 *
 * f64: k has 20 bits, the pieces 33. f32: 20 bits of k would leave pieces of 4, so k is cut as well, into a multiple of
 * 1024 and a rest of 10 bits each, and the pieces have 14. Both hold for |x| ≤ 2^20, and there r is as good as if π had
 * been infinitely precise (f64: π/2 to 2^-160; no double in that range is nearer than 2^-60.5 to a multiple of π/2). In
 * f32 rounding may pick the second nearest k, which makes |r| ≤ 0.88.
 */
import type { Builder } from "../builder.ts";
import type { Precision, Value } from "../ir.ts";
import { arithmetic } from "./arithmetic.ts";
import { fastTwoDifference, fastTwoSum, type DoubleWord } from "./double-word.ts";

const halfPi: Readonly<Record<Precision, readonly number[]>> = {
  f64: [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32],
  f32: [1.57080078125, -4.454515874385834e-6, 6.077272018956137e-11, -1.7150994166548195e-15, -2.5082788353727258e-20],
};

/** Which quarter turn x lies in, as an integral float, and the angle within. */
export interface Quadrant {
  readonly k: Value;
  readonly r: DoubleWord;
}

/**
 * Products that add up to k·π/2, in descending order: `exact` ones, whose differences from x are exact too; `lossy`;
 * negligible `tail`.
 */
function multiples(b: Builder, k: Value): { exact: Value[]; lossy: Value[]; tail: Value } {
  const { c, add, sub, mul, nearest } = arithmetic(b);
  const [p1, p2, p3, p4, p5] = halfPi[b.precision].map((piece) => c(piece)) as [Value, Value, Value, Value, Value];
  if (b.precision === "f64") return { exact: [mul(k, p1)], lossy: [mul(k, p2), mul(k, p3)], tail: mul(k, p4) };
  const upper = mul(nearest(mul(k, c(1 / 1024))), c(1024));
  const lower = sub(k, upper);
  return {
    exact: [mul(upper, p1), mul(lower, p1), mul(upper, p2)],
    lossy: [mul(lower, p2), mul(upper, p3), mul(lower, p3), mul(upper, p4)],
    tail: add(mul(lower, p4), mul(k, p5)),
  };
}

/** Reduces |x| ≤ 2^20 to a quarter turn; r is NaN for ±∞ and NaN. */
export function quadrant(b: Builder, x: Value): Quadrant {
  const { c, add, sub, mul, nearest } = arithmetic(b);
  const k = nearest(mul(x, c(2 / Math.PI)));
  const { exact, lossy, tail } = multiples(b, k);
  let r = exact.reduce(sub, x);
  const lost: Value[] = [];
  for (const product of lossy) {
    const difference = fastTwoDifference(b, r, product);
    r = difference.hi;
    lost.push(difference.lo);
  }
  return { k, r: fastTwoSum(b, r, sub(lost.reduce(add), tail)) };
}
