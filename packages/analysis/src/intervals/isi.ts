import { centralMoment, meanOf } from "../distributions/moments.ts";
import { borderTolerance, checkAscending } from "../spike-list.ts";

/**
 * The intervals between successive spikes, tₖ₊₁ − tₖ in ms: one fewer than there are spikes, none for fewer than two.
 *
 * Throws `out-of-range` where times do not ascend and `not-finite` where one is not finite.
 */
export function interspikeIntervals(times: ArrayLike<number>): Float64Array {
  checkAscending(times);
  const intervals = new Float64Array(Math.max(0, times.length - 1));
  for (let k = 0; k < intervals.length; k++) intervals[k] = times[k + 1]! - times[k]!;
  return intervals;
}

/**
 * CV = σ / μ of the intervals, with the standard deviation of the intervals at hand (divisor n, not n − 1).
 * 0 for a regular train, 1 on average for a Poisson process; a drift of the rate raises it.
 *
 * NaN for fewer than two intervals: one interval says nothing about variability.
 */
export function coefficientOfVariation(intervals: ArrayLike<number>): number {
  if (intervals.length < 2) return Number.NaN;
  return Math.sqrt(centralMoment(intervals, 2)) / meanOf(intervals);
}

/**
 * CV₂ = ⟨2 |Iₖ₊₁ − Iₖ| / (Iₖ₊₁ + Iₖ)⟩ over neighboring intervals (Holt, Softky, Koch & Douglas 1996, J. Neurophysiol.
 * 75:1806). Local: slow changes of the rate hardly move it. 0 for a regular train, 1 for a Poisson process, at most
 * 2.
 *
 * NaN for fewer than two intervals.
 */
export function cv2(intervals: ArrayLike<number>): number {
  return meanOverNeighbors(intervals, (contrast) => 2 * Math.abs(contrast));
}

/**
 * LV = 3 / (n − 1) · Σ ((Iₖ − Iₖ₊₁) / (Iₖ + Iₖ₊₁))² over the n intervals (Shinomoto, Shima & Tanji 2003, Neural
 * Comput. 15:2823). Local like CV₂. 0 for a regular train, 1 for a Poisson process, at most 3.
 *
 * NaN for fewer than two intervals.
 */
export function localVariation(intervals: ArrayLike<number>): number {
  return meanOverNeighbors(intervals, (contrast) => 3 * contrast * contrast);
}

/**
 * Mean of f((Iₖ₊₁ − Iₖ) / (Iₖ₊₁ + Iₖ)) over neighboring intervals; two intervals of length zero have contrast 0.
 * NaN for fewer than two intervals.
 */
export function meanOverNeighbors(intervals: ArrayLike<number>, f: (contrast: number) => number): number {
  let sum = 0;
  for (let k = 1; k < intervals.length; k++) {
    const both = intervals[k]! + intervals[k - 1]!;
    sum += f(both > 0 ? (intervals[k]! - intervals[k - 1]!) / both : 0);
  }
  return intervals.length < 2 ? Number.NaN : sum / (intervals.length - 1);
}

/**
 * Time in ms from `onset` to the first spike at or after it; NaN where there is none.
 *
 * Throws `out-of-range` where times do not ascend and `not-finite` where one is not finite.
 */
export function latency(times: ArrayLike<number>, onset: number): number {
  checkAscending(times);
  for (let k = 0; k < times.length; k++) {
    if (times[k]! >= onset - borderTolerance) return Math.max(0, times[k]! - onset);
  }
  return Number.NaN;
}
