import { checkNumber, checkOptions, refusal } from "@neuroweave/equations";
import { checkWindow } from "../spike-list.ts";
import type { TimeWindow } from "../spike-list.ts";

export interface SpikeTriggeredOptions extends TimeWindow {
  /** Distance of samples in ms. */
  readonly dt: number;
  /** Time of the first sample in ms. 0 by default. */
  readonly start?: number;
}

/** What a signal does on average around a spike. */
export interface SpikeTriggeredAverage {
  /** Sample times relative to the spike in ms: whole numbers of dt in [from, to). */
  readonly lags: Float64Array;
  readonly average: Float64Array;
  /**
   * Standard error of the average: standard deviation over spikes (divisor n − 1) / √n. NaN for fewer than two spikes.
   */
  readonly sem: Float64Array;
  /** Spikes that were used. */
  readonly spikes: number;
  /** Spikes left out because the signal does not cover [from, to) around them. */
  readonly skipped: number;
}

/**
 * Spike-triggered average of a signal sampled at start + k · dt: its mean over spikes, lag by lag, in [from, to) around
 * each (de Boer & Kuyper 1968; Dayan & Abbott 2001, section 1.3). A spike counts as fired at the sample nearest to it,
 * the later one of two. `from` is negative for what comes before the spike. NaN where no spike can be used. The order
 * of the times does not matter.
 *
 * Throws `out-of-range` for a window that has no sample, or without length, and a dt that is not positive;
 * `not-finite`; `unknown-name` for an unknown option.
 */
export function spikeTriggeredAverage(
  signal: ArrayLike<number>,
  times: ArrayLike<number>,
  options: SpikeTriggeredOptions,
): SpikeTriggeredAverage {
  checkOptions("spikeTriggeredAverage", options, ["from", "to", "dt", "start"]);
  const { from, to, dt, start = 0 } = options;
  checkWindow({ from, to });
  checkNumber("spikeTriggeredAverage: dt", dt, { above: 0 });
  checkNumber("spikeTriggeredAverage: start", start);
  // Lags are whole numbers of steps; a border within a millionth of a step of one counts as lying on it.
  const first = Math.ceil(from / dt - 1e-6);
  const end = Math.ceil(to / dt - 1e-6);
  if (end <= first)
    throw refusal(
      "out-of-range",
      `spikeTriggeredAverage: no sample lies between ${from} and ${to} ms from a spike`,
      `Choose a window that holds a whole number of dt, ${dt} ms.`,
    );
  const used: number[] = [];
  for (let k = 0; k < times.length; k++) {
    const time = checkNumber(`spikeTriggeredAverage: the time of spike ${k}`, times[k]);
    const sample = Math.floor((time - start) / dt + 0.5 + 1e-6);
    if (sample + first >= 0 && sample + end <= signal.length) used.push(sample);
  }
  const n = used.length;
  const lags = Float64Array.from({ length: end - first }, (_, k) => (first + k) * dt);
  const average = lags.map((_, k) => used.reduce((sum, sample) => sum + signal[sample + first + k]!, 0) / n);
  const sem = lags.map((_, k) => {
    const squares = used.reduce((sum, sample) => sum + (signal[sample + first + k]! - average[k]!) ** 2, 0);
    return n < 2 ? Number.NaN : Math.sqrt(squares / (n - 1) / n);
  });
  return { lags, average, sem, spikes: n, skipped: times.length - n };
}

/** The average of several signals (channels, pixels, inputs) around the same spikes, one after the other. */
export function spikeTriggeredAverages(
  signals: ArrayLike<ArrayLike<number>>,
  times: ArrayLike<number>,
  options: SpikeTriggeredOptions,
): SpikeTriggeredAverage[] {
  return Array.from(signals, (signal) => spikeTriggeredAverage(signal, times, options));
}
