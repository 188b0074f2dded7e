import { checkNumber, checkOptions, refusal } from "@neuroweave/equations";
import { borderTolerance, checkSpikes } from "@neuroweave/analysis";
import type { SpikeList } from "@neuroweave/analysis";
import { zeros } from "./matrix.ts";
import type { DenseMatrix } from "./matrix.ts";

/** The half-open interval [start, stop) in ms. Entries of the schedule of `presentDataset` are such windows. */
export interface CountWindow {
  /** In ms, inside. */
  readonly start: number;
  /** In ms, outside. */
  readonly stop: number;
}

interface RegularWindows {
  /** Length of a window in ms, > 0. */
  readonly every: number;
  /** In ms; a whole number of windows. */
  readonly duration: number;
  /** Where the first window starts, in ms; 0 unless given. */
  readonly from?: number;
}

/** Number of neurons, and the windows: a list of them, or their length and the time that they fill. */
export type SpikeCountOptions = { readonly n: number } & (
  RegularWindows | { readonly windows: readonly CountWindow[] }
);

/**
 * How often each of n neurons fired in each window: windows × n. A spike at `start` is inside, one at `stop` is not.
 * Windows may overlap, and neither their order nor that of the spikes matters.
 *
 *     const counts = spikeCounts(cells.spikes(), { n: cells.n, windows: shown.schedule }); // one row per sample shown
 *     const rates = spikeCounts(cells.spikes(), { n: cells.n, every: 50, duration: 1000 }); // spikes per 50 ms
 *
 * Throws what `checkSpikes` throws; `unknown-name` for unknown options; `wrong-length` for no windows; `off-grid` for a
 * duration that is no whole number of windows; `invalid-value`, `not-finite` and `out-of-range` for options outside
 * their ranges and for windows without length.
 */
export function spikeCounts(spikes: SpikeList, options: SpikeCountOptions): DenseMatrix {
  const call = "spikeCounts";
  const windows = windowsOf(call, options);
  const { n } = options;
  checkSpikes(spikes, n);
  const counts = zeros(call, windows.length, n);
  const order = Uint32Array.from({ length: spikes.times.length }, (_, k) => k);
  order.sort((a, b) => spikes.times[a]! - spikes.times[b]!);
  for (const [row, { start, stop }] of windows.entries())
    for (let k = firstFrom(start, order, spikes.times); k < order.length; k++) {
      const spike = order[k]!;
      if (spikes.times[spike]! >= stop - borderTolerance) break;
      counts.values[row * n + spikes.ids[spike]!]! += 1;
    }
  return counts;
}

function windowsOf(call: string, options: SpikeCountOptions): readonly CountWindow[] {
  if (typeof options === "object" && options !== null && "windows" in options) {
    checkOptions(call, options, ["n", "windows"]);
    return checkWindows(call, options.windows);
  }
  checkOptions(call, options, ["n", "every", "duration", "from"]);
  const { every, duration, from = 0 } = options;
  checkNumber(`${call}: every`, every, { above: 0 });
  checkNumber(`${call}: duration`, duration, { above: 0 });
  checkNumber(`${call}: from`, from);
  const count = Math.round(duration / every);
  if (count < 1 || Math.abs(count * every - duration) > borderTolerance)
    throw refusal(
      "off-grid",
      `${call}: ${duration} ms are no whole number of windows of ${every} ms`,
      `Give a duration of ${Math.max(1, count) * every} ms, or another length of windows.`,
    );
  return Array.from({ length: count }, (_, k) => ({ start: from + k * every, stop: from + (k + 1) * every }));
}

function checkWindows(call: string, windows: unknown): readonly CountWindow[] {
  if (!Array.isArray(windows))
    throw refusal("invalid-value", `${call}: windows is ${String(windows)}`, "Give a list of { start, stop } in ms.");
  if (windows.length === 0) throw refusal("wrong-length", `${call}: there are no windows`, "Give one or more.");
  for (const [k, window] of (windows as readonly CountWindow[]).entries()) {
    const start = checkNumber(`${call}: windows[${k}].start`, window?.start);
    checkNumber(`${call}: windows[${k}].stop`, window?.stop, { above: start });
  }
  return windows;
}

/** First place in `order` of a spike that is not before `start`. */
function firstFrom(start: number, order: Uint32Array, times: ArrayLike<number>): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[order[middle]!]! < start - borderTolerance) low = middle + 1;
    else high = middle;
  }
  return low;
}
