import { checkNumber, checkOptions } from "@neuroweave/equations";
import { centralMoment } from "../distributions/moments.ts";
import { borderTolerance, checkAscending, checkWindow, isInside } from "../spike-list.ts";
import type { TimeWindow } from "../spike-list.ts";
import { addToBins, binBorders, binCount, binMiddles, checkBins } from "../time-bins.ts";
import type { BinOptions } from "../time-bins.ts";

/** A peri-stimulus time histogram, bin by bin. */
export interface Psth {
  /** Middles of the bins relative to the event, in ms. */
  readonly times: Float64Array;
  /** Spikes of all trials. */
  readonly counts: Float64Array;
  /** Mean over trials of count / width, in Hz. */
  readonly rate: Float64Array;
  /** Standard error of `rate`, in Hz: standard deviation over trials (divisor n − 1) / √n. NaN for one trial. */
  readonly sem: Float64Array;
  readonly trials: number;
}

/**
 * Peri-stimulus time histogram over trials whose times are relative to their event (Gerstein & Kiang 1960, Biophys. J.
 * 1:15). Bins are half-open; a last one that `to` cuts short is divided by the width it has. Times in any order; those
 * outside [from, to) are left out, and `from` may be negative. Without trials `rate` is NaN.
 *
 *     psth(alignToEvents(times, stimuli, { from: -50, to: 200 }), { from: -50, to: 200, bin: 5 })
 *
 * Throws `out-of-range` for a window without length and a bin that does not fit, `not-finite` for times that are not
 * finite, and `unknown-name` for an unknown option.
 */
export function psth(trials: ArrayLike<ArrayLike<number>>, bins: BinOptions): Psth {
  checkOptions("psth", bins, ["from", "to", "bin"]);
  checkBins(bins);
  const length = binCount(bins);
  const perTrial = Array.from(trials, (times, trial) => {
    for (let k = 0; k < times.length; k++) checkNumber(`psth: spike ${k} of trial ${trial}`, times[k]);
    const counts = new Float64Array(length);
    addToBins(counts, times, bins);
    return counts;
  });
  const n = perTrial.length;
  const counts = new Float64Array(length);
  const rate = new Float64Array(length);
  const sem = new Float64Array(length);
  for (let j = 0; j < length; j++) {
    const [start, end] = binBorders(bins, j);
    const inBin = perTrial.map((trial) => trial[j]!);
    counts[j] = inBin.reduce((sum, count) => sum + count, 0);
    rate[j] = (1000 * counts[j]!) / (n * (end - start));
    sem[j] = n < 2 ? Number.NaN : (1000 * Math.sqrt(centralMoment(inBin, 2) / (n - 1))) / (end - start);
  }
  return { times: binMiddles(bins), counts, rate, sem, trials: n };
}

/**
 * The spikes around each event, in ms relative to it: entry e holds times[k] − events[e] for those in [from, to).
 * Windows of neighboring events may overlap; a spike is then in both. Events may come in any order.
 *
 * Throws `out-of-range` for a window without length and times that do not ascend, `not-finite` for times and events
 * that are not finite.
 */
export function alignToEvents(times: ArrayLike<number>, events: ArrayLike<number>, window: TimeWindow): Float64Array[] {
  checkWindow(window);
  checkAscending(times);
  const all = Float64Array.from(times);
  return Array.from(events, (event, e) => {
    checkNumber(`alignToEvents: event ${e}`, event);
    const relative: number[] = [];
    for (let k = firstFrom(all, event + window.from - 2 * borderTolerance); k < all.length; k++) {
      const time = all[k]! - event;
      if (isInside(time, window)) relative.push(time);
      else if (time >= window.to) break;
    }
    return Float64Array.from(relative);
  });
}

/** Index of the first of ascending times that is not before t. */
function firstFrom(times: Float64Array, t: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < t) low = middle + 1;
    else high = middle;
  }
  return low;
}
