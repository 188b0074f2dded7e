import { checkNumber } from "@neuroweave/equations";

/**
 * LvR = 3 / (n − 1) · Σ (1 − 4 Iₖ Iₖ₊₁ / (Iₖ + Iₖ₊₁)²) (1 + 4R / (Iₖ + Iₖ₊₁)) over the n intervals (ms), with the
 * refractoriness constant R = 5 ms (Shinomoto et al. 2009, PLoS Comput. Biol. 5:e1000433). It is LV for R = 0; what R
 * adds takes out the trace that a refractory time leaves in LV when the rate changes. 0 for a regular train, near 1 for
 * a Poisson process whose rate is low against 1/R; no upper bound.
 *
 * NaN for fewer than two intervals; two neighbors of length 0 count as equal. Throws `out-of-range` and `not-finite`
 * for R below 0 or not finite.
 */
export function revisedLocalVariation(intervals: ArrayLike<number>, refractoriness = 5): number {
  checkNumber("revisedLocalVariation: refractoriness", refractoriness, { min: 0 });
  let sum = 0;
  for (let k = 1; k < intervals.length; k++) {
    const both = intervals[k]! + intervals[k - 1]!;
    const contrast = both > 0 ? (intervals[k]! - intervals[k - 1]!) / both : 0;
    if (contrast !== 0) sum += contrast * contrast * (1 + (4 * refractoriness) / both);
  }
  return intervals.length < 2 ? Number.NaN : (3 * sum) / (intervals.length - 1);
}
