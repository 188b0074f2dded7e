import { checkNumber, refusal } from "@neuroweave/equations";
import { borderTolerance, checkWindow, isInside } from "./spike-list.ts";
import type { TimeWindow } from "./spike-list.ts";

/** Bins of `bin` ms that start at `from`; the last one ends at `to` and may be shorter. */
export interface BinOptions extends TimeWindow {
  readonly bin: number;
}

/** Refuses a window without length and a bin that does not fit into it. */
export function checkBins({ from, to, bin }: BinOptions): void {
  checkWindow({ from, to });
  if (bin > 0 && bin <= to - from + borderTolerance) return;
  throw refusal(
    Number.isNaN(bin) ? "not-finite" : "out-of-range",
    `a bin of ${bin} ms does not fit into ${to - from} ms`,
    "choose a bin between 0 and the length of the window, in milliseconds",
  );
}

/** How many bins there are, the last one whole or not. */
export function binCount({ from, to, bin }: BinOptions): number {
  return Math.max(1, Math.ceil((to - from - borderTolerance) / bin));
}

/** Where bin j starts and ends (ms). */
export function binBorders({ from, to, bin }: BinOptions, j: number): readonly [number, number] {
  return [from + j * bin, Math.min(to, from + (j + 1) * bin)];
}

/** Middles of the bins in ms. */
export function binMiddles(bins: BinOptions): Float64Array {
  return Float64Array.from({ length: binCount(bins) }, (_, j) => {
    const [start, end] = binBorders(bins, j);
    return (start + end) / 2;
  });
}

/** Adds the spikes inside the window to the counts of their bins; times in any order. */
export function addToBins(counts: Float64Array, times: ArrayLike<number>, bins: BinOptions): void {
  const last = counts.length - 1;
  for (let k = 0; k < times.length; k++) {
    if (!isInside(times[k]!, bins)) continue;
    const j = Math.floor((times[k]! - bins.from + borderTolerance) / bins.bin);
    counts[Math.min(last, Math.max(0, j))]! += 1;
  }
}

/**
 * Spikes of one train in successive bins of `bin` ms, each half-open: bin j holds from + j·bin ≤ t < from + (j +
 * 1)·bin. The order of the times does not matter. A last bin that `to` cuts short is dropped, so that all counts are of
 * equal windows.
 *
 *     binnedCounts([1, 2, 12], { from: 0, to: 20, bin: 10 })   // [2, 1]
 *
 * Throws `out-of-range` for a window without length and a bin that does not fit, `not-finite` for times that are not
 * finite.
 */
export function binnedCounts(times: ArrayLike<number>, bins: BinOptions): Float64Array {
  checkBins(bins);
  for (let k = 0; k < times.length; k++) checkNumber(`binnedCounts: the time of spike ${k}`, times[k]);
  const whole = Math.max(1, Math.floor((bins.to - bins.from + borderTolerance) / bins.bin));
  const counts = new Float64Array(whole);
  addToBins(counts, times, { from: bins.from, to: Math.min(bins.to, bins.from + whole * bins.bin), bin: bins.bin });
  return counts;
}
