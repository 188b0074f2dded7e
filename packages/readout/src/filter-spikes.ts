import { checkNumber, checkOptions } from "@neuroweave/equations";
import { borderTolerance, checkSpikes } from "@neuroweave/analysis";
import type { SpikeList } from "@neuroweave/analysis";
import { zeros } from "./matrix.ts";
import type { DenseMatrix } from "./matrix.ts";

/** Kernel and moments of filtered spikes. */
export interface FilterOptions {
  /** Number of neurons: columns of the result. */
  readonly n: number;
  /** Time constant of the kernel in ms, > 0. */
  readonly tau: number;
  /** Interval between samples in ms, > 0. */
  readonly every: number;
  /** Samples are taken from `from` on for this long, in ms, > 0. */
  readonly duration: number;
  /** Time of the first sample in ms; 0 unless given. */
  readonly from?: number;
}

/** T × n values with the T times of the rows, in ms. */
export interface FilteredActivity extends DenseMatrix {
  readonly times: Float64Array;
}

/**
 * Spikes under an exponential kernel: the sample at t of neuron i is Σ e^(−(t − t_s) / τ) over its spikes t_s ≤ t. This is
 * the liquid state of Maass, Natschläger and Markram 2002 (Neural Computation 14:2531). A spike adds 1, not
 * 1/τ.
 *
 * Samples are taken at from + k · every while k · every < duration: at the times of `Recorder({ every })` over a run of
 * that duration, and like a sample of its, one at t contains what fired at t. Spikes from before `from` have their
 * remains in every sample; those after the last sample are in none. Their order does not matter. The kernel is exact,
 * without a time step; the cost is one addition per spike and one per entry of the result.
 *
 *     const activity = filterSpikes(cells.spikes(), { n: cells.n, tau: 20, every: 1, duration: 1000 });
 *
 * Throws what `checkSpikes` throws, `unknown-name` for unknown options, `invalid-value`, `not-finite` and
 * `out-of-range` for options outside their ranges.
 */
export function filterSpikes(spikes: SpikeList, options: FilterOptions): FilteredActivity {
  const call = "filterSpikes";
  checkOptions(call, options, ["n", "tau", "every", "duration", "from"]);
  const { n, tau, every, duration, from = 0 } = options;
  checkNumber(`${call}: tau`, tau, { above: 0 });
  checkNumber(`${call}: every`, every, { above: 0 });
  checkNumber(`${call}: duration`, duration, { above: 0 });
  checkNumber(`${call}: from`, from);
  checkSpikes(spikes, n);
  const samples = Math.max(1, Math.ceil((duration - borderTolerance) / every));
  const filtered = zeros(call, samples, n);
  const { values } = filtered;
  const times = Float64Array.from({ length: samples }, (_, k) => from + k * every);

  for (let k = 0; k < spikes.times.length; k++) {
    const time = spikes.times[k]!;
    const row = Math.max(0, Math.ceil((time - from - borderTolerance) / every));
    if (row < samples) values[row * n + spikes.ids[k]!]! += Math.exp(-Math.max(0, times[row]! - time) / tau);
  }
  const decay = Math.exp(-every / tau);
  for (let entry = n; entry < values.length; entry++) values[entry]! += decay * values[entry - n]!;
  return { ...filtered, times };
}
