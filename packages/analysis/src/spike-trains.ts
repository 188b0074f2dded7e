import { checkSpikes } from "./spike-list.ts";
import type { SpikeList } from "./spike-list.ts";

/**
 * The spikes of each neuron on their own: entry i holds the times (ms) of neuron i, in the order of the list.
 *
 * `n` is the size of the population; neurons that never fired get an empty train.
 * Throws `wrong-length`, `out-of-range`, `not-finite` and `invalid-n` for lists that do not fit.
 */
export function spikeTrainsOf(spikes: SpikeList, n: number): Float64Array[] {
  checkSpikes(spikes, n);
  const counts = new Uint32Array(n);
  for (let k = 0; k < spikes.ids.length; k++) counts[spikes.ids[k]!]! += 1;
  const trains = Array.from(counts, (count) => new Float64Array(count));
  const filled = new Uint32Array(n);
  for (let k = 0; k < spikes.ids.length; k++) {
    const id = spikes.ids[k]!;
    trains[id]![filled[id]!] = spikes.times[k]!;
    filled[id]! += 1;
  }
  return trains;
}
