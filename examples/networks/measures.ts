/** Numbers that describe the activity of a network; all of them skip the time before `from`. */
import {
  coefficientOfVariation,
  interspikeIntervals,
  populationRate,
  spikeTrainsOf,
  type SpikeList,
  type TimeWindow,
} from "neuroweave";

export const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, each) => sum + each, 0) / values.length;

/** Standard deviation, with divisor n. */
export function deviation(values: ArrayLike<number>): number {
  const center = mean(values);
  return Math.sqrt(mean(Array.from(values, (each) => (each - center) ** 2)));
}

const inside = (time: number, { from, to }: TimeWindow): boolean => time >= from && time < to;

/** Spikes per neuron and second. */
export function meanRate({ times }: Pick<SpikeList, "times">, n: number, window: TimeWindow): number {
  let count = 0;
  for (let k = 0; k < times.length; k++) if (inside(times[k]!, window)) count++;
  return (1000 * count) / n / (window.to - window.from);
}

/**
 * Coefficient of variation of the intervals, averaged over the neurons with at least `least` of them in the window. Short windows
 * favour short intervals, so figures compare only for the same window and the same `least`.
 */
export function irregularity(spikes: SpikeList, n: number, window: TimeWindow, least = 5): number {
  return mean(
    spikeTrainsOf(spikes, n)
      .map((train) => interspikeIntervals(train.filter((time) => inside(time, window))))
      .filter((intervals) => intervals.length >= least)
      .map(coefficientOfVariation),
  );
}

/** How much the rate of the population fluctuates: deviation over mean of its rate in bins of `bin` ms. */
export function fluctuation(spikes: SpikeList, n: number, window: TimeWindow, bin = 1): number {
  const { rate } = populationRate(spikes, n, { ...window, bin });
  return deviation(rate) / mean(rate);
}

/** Power of a rate in bins of 1 ms at 0, 1, 2, … `highest` Hz: the mean over windows of 1 s that overlap by half (Welch 1967). */
export function powerSpectrum(rate: ArrayLike<number>, highest: number): Float64Array {
  const length = 1000;
  const power = new Float64Array(highest + 1);
  // e^(−2πi f k / length) repeats after `length` steps of the phase.
  const cosine = Float64Array.from({ length }, (_, k) => Math.cos((2 * Math.PI * k) / length));
  const windows = Math.floor((2 * rate.length) / length) - 1;
  for (let w = 0; w < windows; w++) {
    const piece = Array.from({ length }, (_, k) => rate[w * (length / 2) + k]!);
    const center = mean(piece);
    const tapered = piece.map((each, k) => ((each - center) * (1 - cosine[k]!)) / 2);
    for (let f = 0; f <= highest; f++) {
      let [real, imaginary] = [0, 0];
      for (let k = 0; k < length; k++) {
        real += tapered[k]! * cosine[(f * k) % length]!;
        imaginary += tapered[k]! * cosine[(f * k + (3 * length) / 4) % length]!;
      }
      power[f]! += (real * real + imaginary * imaginary) / windows;
    }
  }
  return power;
}

/** The frequency in Hz at which a spectrum is highest between two others, itself averaged over ± `smooth` Hz. */
export function peakBetween(power: ArrayLike<number>, low: number, high: number, smooth = 0): number {
  const at = (f: number): number => mean(Array.from({ length: 2 * smooth + 1 }, (_, k) => power[f - smooth + k]!));
  let best = low;
  for (let f = low; f <= high; f++) if (at(f) > at(best)) best = f;
  return best;
}

/** The spikes of about `count` neurons, evenly spread, numbered anew. */
export function sampled(spikes: SpikeList, n: number, count: number): { times: number[]; ids: number[]; n: number } {
  const stride = Math.max(1, Math.floor(n / count));
  const kept = Array.from(spikes.ids).flatMap((id, k) => (id % stride === 0 && id / stride < count ? [k] : []));
  return {
    times: kept.map((k) => spikes.times[k]!),
    ids: kept.map((k) => spikes.ids[k]! / stride),
    n: Math.min(count, Math.ceil(n / stride)),
  };
}
