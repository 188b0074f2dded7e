import { checkNumber, checkOptions, refusal } from "@neuroweave/equations";
import { borderTolerance, checkAscending, checkWindow, isInside } from "../spike-list.ts";
import type { TimeWindow } from "../spike-list.ts";

export interface CorrelogramOptions extends TimeWindow {
  /** Largest lag in ms, a whole number of bins. */
  readonly maxLag: number;
  /** Width of a bin in ms. */
  readonly bin: number;
}

/** A correlogram, bin by bin; the bin in the middle is that of lag 0. */
export interface Correlogram {
  /** Middles of the bins in ms: −maxLag … 0 … maxLag. */
  readonly lags: Float64Array;
  /** Pairs of spikes with a lag in the bin. */
  readonly counts: Float64Array;
  /** Rate in Hz of the target at this lag from a spike of the reference: counts / (spikes of the reference · bin). */
  readonly rate: Float64Array;
  /**
   * `rate` over what two independent trains of constant rate would give: 1 where there is no relation. It is
   * counts · T / (n_reference · n_target · bin · (1 − |lag| / T)), where the last factor is the part of the window T in
   * which a pair of this lag fits.
   */
  readonly ratio: Float64Array;
}

const mostBins = 2 ** 24;

/**
 * Cross-correlogram: how often the target fires at t + lag when the reference fires at t (Perkel, Gerstein & Moore
 * 1967, Biophys. J. 7:419). Lag = target − reference, so a peak at positive lags says that the target follows. Bin k
 * holds (k − ½) bin ≤ lag < (k + ½) bin. Only spikes in [from, to) count. The time is that of the pairs found.
 *
 * Rates are NaN where the reference has no spike, the ratio where one of the two has none. Throws `out-of-range` for a
 * window or bin without length, a maxLag that is no whole number of bins or not shorter than the window, times that do
 * not ascend; `not-finite`; `unknown-name` for an unknown option.
 */
export function crossCorrelogram(
  reference: ArrayLike<number>,
  target: ArrayLike<number>,
  options: CorrelogramOptions,
): Correlogram {
  return correlate("crossCorrelogram", reference, target, options, false);
}

/**
 * Auto-correlogram: as `crossCorrelogram` of a train with itself, without the pairs of a spike with itself. Symmetric
 * up to the half-open bins; `rate` tends to the rate of the train for long lags.
 */
export function autoCorrelogram(times: ArrayLike<number>, options: CorrelogramOptions): Correlogram {
  return correlate("autoCorrelogram", times, times, options, true);
}

function correlate(
  call: string,
  reference: ArrayLike<number>,
  target: ArrayLike<number>,
  options: CorrelogramOptions,
  same: boolean,
): Correlogram {
  const reach = checkLags(call, options);
  const { from, to, bin } = options;
  checkAscending(reference);
  checkAscending(target);
  const a = Float64Array.from(reference).filter((time) => isInside(time, options));
  const b = Float64Array.from(target).filter((time) => isInside(time, options));
  const counts = new Float64Array(2 * reach + 1);
  const lowest = -(reach + 0.5) * bin - borderTolerance;
  let first = 0;
  for (let i = 0; i < a.length; i++) {
    while (first < b.length && b[first]! - a[i]! < lowest) first++;
    for (let j = first; j < b.length; j++) {
      const k = Math.floor((b[j]! - a[i]! + borderTolerance) / bin + reach + 0.5);
      if (k > 2 * reach) break;
      if (k >= 0 && !(same && i === j)) counts[k]! += 1;
    }
  }
  const lags = counts.map((_, k) => (k - reach) * bin);
  const rate = counts.map((count) => (1000 * count) / (a.length * bin));
  const ratio = rate.map(
    (hertz, k) => hertz / ((1000 * b.length * (1 - Math.abs(lags[k]!) / (to - from))) / (to - from)),
  );
  return { lags, counts, rate, ratio };
}

/** Bins on each side of the middle one. */
function checkLags(call: string, options: CorrelogramOptions): number {
  checkOptions(call, options, ["from", "to", "maxLag", "bin"]);
  const { from, to, maxLag, bin } = options;
  checkWindow({ from, to });
  checkNumber(`${call}: bin`, bin, { above: 0 });
  checkNumber(`${call}: maxLag`, maxLag, { min: 0, below: to - from });
  const reach = Math.round(maxLag / bin);
  if (Math.abs(reach * bin - maxLag) > 1e-9 * maxLag + borderTolerance || reach > mostBins)
    throw refusal(
      "out-of-range",
      `${call}: maxLag, ${maxLag} ms, is ${maxLag / bin} bins`,
      `Give a whole number of bins of ${bin} ms, ${mostBins} at most.`,
    );
  return reach;
}
