/** Orders of spikes. */
import type { SpikeSorting } from "./sorting-enum.ts";

export interface SpikeColumns {
  /** Times in ms. */
  readonly times: ArrayLike<number>;
  /** Neurons. */
  readonly ids: ArrayLike<number>;
}

/** The spikes in the order asked for, as indices. Ties keep the order given, so that the result depends on nothing else. */
export function orderOf({ times, ids }: SpikeColumns, sorting: SpikeSorting): Uint32Array {
  const order = Uint32Array.from({ length: times.length }, (_, spike) => spike);
  if (sorting === "none" || isSorted({ times, ids }, sorting)) return order;
  return order.sort((a, b) => compare({ times, ids }, sorting, a, b) || a - b);
}

/** Whether the spikes are in this order. */
export function isSorted(spikes: SpikeColumns, sorting: SpikeSorting): boolean {
  if (sorting === "none") return true;
  for (let spike = 1; spike < spikes.times.length; spike++)
    if (compare(spikes, sorting, spike - 1, spike) > 0) return false;
  return true;
}

/** By time, spikes of one time may be in any order; by neuron, those of one neuron are in the order of time. */
function compare({ times, ids }: SpikeColumns, sorting: SpikeSorting, a: number, b: number): number {
  const byTime = times[a]! - times[b]!;
  return sorting === "by_time" ? byTime : ids[a]! - ids[b]! || byTime;
}
