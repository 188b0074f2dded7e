import { centralMoment, meanOf } from "../distributions/moments.ts";
import { checkWindow, isInside } from "../spike-list.ts";
import type { TimeWindow } from "../spike-list.ts";
import { binnedCounts } from "../time-bins.ts";

/**
 * Fano factor of spike counts: variance / mean, the variance with divisor n (Fano 1947, Phys. Rev. 72:26). Counts of
 * one neuron over trials, or of successive windows. 0 for counts that never change, 1 on average for a Poisson process.
 *
 * NaN where there are no counts or all of them are 0.
 */
export function fanoFactor(counts: ArrayLike<number>): number {
  return centralMoment(counts, 2) / meanOf(counts);
}

/**
 * Fano factor over trials: of the number of spikes that each trial has in [from, to). The order of the times of a trial
 * does not matter. NaN without trials, or where no trial has a spike.
 *
 * Throws `out-of-range` for a window without length.
 */
export function fanoFactorOverTrials(trials: ArrayLike<ArrayLike<number>>, window: TimeWindow): number {
  checkWindow(window);
  const counts = new Float64Array(trials.length);
  for (let trial = 0; trial < trials.length; trial++) {
    const times = trials[trial]!;
    for (let k = 0; k < times.length; k++) if (isInside(times[k]!, window)) counts[trial]! += 1;
  }
  return fanoFactor(counts);
}

/**
 * Fano factor of one train by the length of the counting window: entry j is that of the counts in successive windows of
 * `lengths[j]` ms, beginning at `from` (Teich, Heneghan, Lowen, Ozaki & Kaplan 1997, J. Opt. Soc. Am. A 14:529). A last
 * window that `to` cuts short is left out. It tends to CV² for long windows of a renewal process, and grows where the
 * rate drifts.
 *
 * Throws `out-of-range` for a window without length and for lengths that do not fit into it.
 */
export function fanoFactorByWindow(
  times: ArrayLike<number>,
  { from, to, lengths }: TimeWindow & { readonly lengths: ArrayLike<number> },
): Float64Array {
  return Float64Array.from(lengths, (bin) => fanoFactor(binnedCounts(times, { from, to, bin })));
}
