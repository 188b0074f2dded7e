import { meanOf } from "../distributions/moments.ts";
import { checkWhole } from "@neuroweave/equations";
import { meanOverNeighbors } from "./isi.ts";

/**
 * IR = ⟨|ln(Iₖ₊₁ / Iₖ)|⟩ over neighboring intervals (Davies, Gerstein & Baker 2006, J. Neurophysiol. 96:906). Local
 * like CV₂. 0 for a regular train, 2 ln 2 ≈ 1.386 for a Poisson process; no upper bound.
 *
 * NaN for fewer than two intervals, ∞ where one of two neighbors is 0.
 */
export function logarithmicIrregularity(intervals: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 1; k < intervals.length; k++) {
    if (intervals[k]! !== intervals[k - 1]!) sum += Math.abs(Math.log(intervals[k]! / intervals[k - 1]!));
  }
  return intervals.length < 2 ? Number.NaN : sum / (intervals.length - 1);
}

/**
 * SI = −⟨½ ln(4 Iₖ Iₖ₊₁ / (Iₖ + Iₖ₊₁)²)⟩ over neighboring intervals (Miura, Okada & Amari 2006, Neural Comput.
 * 18:2359). 0 for a regular train, 1 − ln 2 ≈ 0.307 for a Poisson process; no upper bound.
 *
 * NaN for fewer than two intervals, ∞ where one of two neighbors is 0.
 */
export function geometricIrregularity(intervals: ArrayLike<number>): number {
  return meanOverNeighbors(intervals, (contrast) => -Math.log1p(-contrast * contrast) / 2);
}

/**
 * Adaptation index: the mean of (Iₖ₊₁ − Iₖ) / (Iₖ₊₁ + Iₖ) over neighboring intervals. Positive where firing slows down,
 * between −1 and 1. NaN for fewer than two intervals.
 */
export function adaptationIndex(intervals: ArrayLike<number>): number {
  return meanOverNeighbors(intervals, (contrast) => contrast);
}

/**
 * Serial correlation of intervals: Pearson's coefficient of the pairs (Iₖ, Iₖ₊ₗ), each list with its own mean and
 * variance (Perkel, Gerstein & Moore 1967, Biophys. J. 7:391). Between −1 and 1, 0 on average for a renewal process,
 * negative where a long interval follows a short one.
 *
 * NaN for fewer than two pairs and where intervals do not vary. Throws `out-of-range` for a lag below 1.
 */
export function serialCorrelation(intervals: ArrayLike<number>, lag = 1): number {
  checkWhole("serialCorrelation: lag", lag, 1);
  const all = Float64Array.from(intervals);
  const pairs = all.length - lag;
  return pairs < 2 ? Number.NaN : pearson(all.subarray(0, pairs), all.subarray(lag));
}

/** Pearson's correlation coefficient of two lists of equal length; NaN where one does not vary. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const meanA = meanOf(a);
  const meanB = meanOf(b);
  let [ab, aa, bb] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    ab += (a[k]! - meanA) * (b[k]! - meanB);
    aa += (a[k]! - meanA) ** 2;
    bb += (b[k]! - meanB) ** 2;
  }
  return Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
}
