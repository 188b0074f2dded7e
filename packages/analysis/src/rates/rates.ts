import { checkNeuronCount, checkSpikes, checkWindow, isInside } from "../spike-list.ts";
import type { SpikeList, TimeWindow } from "../spike-list.ts";
import { addToBins, binBorders, binCount, binMiddles, checkBins } from "../time-bins.ts";
import type { BinOptions } from "../time-bins.ts";

/** A rate over time: `rate[j]` in Hz holds around `times[j]` in ms. */
export interface RateCurve {
  readonly times: Float64Array;
  readonly rate: Float64Array;
}

const millisecondsPerSecond = 1000;

/**
 * Mean firing rate of one train: the number of spikes in [from, to) divided by to − from, in Hz.
 *
 * The order of the times does not matter. Throws `out-of-range` for a window without length.
 */
export function firingRate(spikeTimes: ArrayLike<number>, window: TimeWindow): number {
  checkWindow(window);
  let count = 0;
  for (let k = 0; k < spikeTimes.length; k++) if (isInside(spikeTimes[k]!, window)) count++;
  return (count * millisecondsPerSecond) / (window.to - window.from);
}

/**
 * Mean firing rate of every neuron in [from, to): spike count / (to − from), n values in Hz.
 *
 * Throws `wrong-length`, `out-of-range`, `not-finite` and `invalid-n` for spikes that do not fit the population.
 */
export function meanRates(spikes: SpikeList, n: number, window: TimeWindow): Float64Array {
  checkWindow(window);
  checkSpikes(spikes, n);
  const rates = new Float64Array(n);
  for (let k = 0; k < spikes.times.length; k++) {
    if (isInside(spikes.times[k]!, window)) rates[spikes.ids[k]!]! += 1;
  }
  const perSpike = millisecondsPerSecond / (window.to - window.from);
  return rates.map((count) => count * perSpike);
}

/**
 * Population activity A(t) (Gerstner et al. 2014, Neuronal Dynamics, eq. 7.11): spikes of all n neurons in a bin,
 * divided by n and by the width of the bin, in Hz. So it is the rate of an average neuron, and comparable to a
 * mean-field rate.
 *
 * Bins of `bin` ms start at `from`; a last one that `to` cuts short is divided by the width it has. `times` are the
 * middles of the bins. Throws `invalid-n` for n, `out-of-range` for the window and the bin.
 */
export function populationRate(
  { times: spikeTimes }: Pick<SpikeList, "times">,
  n: number,
  bins: BinOptions,
): RateCurve {
  checkBins(bins);
  checkNeuronCount(n);
  const rate = new Float64Array(binCount(bins));
  addToBins(rate, spikeTimes, bins);
  for (let j = 0; j < rate.length; j++) {
    const [start, end] = binBorders(bins, j);
    rate[j] = (rate[j]! * millisecondsPerSecond) / (n * (end - start));
  }
  return { times: binMiddles(bins), rate };
}
