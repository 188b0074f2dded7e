/** Synapses of one weight as compressed rows, and their delivery. */

/** The synapses of source s are [pointers[s], pointers[s + 1]). */
export interface Rows {
  readonly pointers: Uint32Array;
  readonly targets: Uint16Array;
  /** What a spike adds, in the unit of the target's variable. */
  readonly weight: number;
}

/** What a projection of at most 65,536 targets tells of its synapses. */
export interface Wired {
  weights(): { readonly sources: Uint32Array; readonly targets: Uint32Array; readonly values: Float64Array };
}

/** Rows of a projection from `sources` neurons whose synapses have one weight; copies. */
export function rowsOf(projection: Wired, sources: number): Rows {
  const list = projection.weights();
  const pointers = new Uint32Array(sources + 1);
  for (let j = 0; j < list.sources.length; j++) pointers[list.sources[j]! + 1]!++;
  for (let s = 0; s < sources; s++) pointers[s + 1]! += pointers[s]!;
  return { pointers, targets: Uint16Array.from(list.targets), weight: list.values[0] ?? 0 };
}

/** For spikes [first, last) of a list adds the weight at every target. Row 0 is that of neuron `from`. */
export function deliver(
  spikes: Int32Array,
  first: number,
  last: number,
  from: number,
  rows: Rows,
  into: Float64Array,
): void {
  const { pointers, targets, weight } = rows;
  for (let k = first; k < last; k++) {
    const s = spikes[k]! - from;
    const end = pointers[s + 1]!;
    for (let j = pointers[s]!; j < end; j++) into[targets[j]!]! += weight;
  }
}

/** Number of spikes of neurons below `bound` in an ascending list of `count`. */
export function countBelow(bound: number, spikes: Int32Array, count: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spikes[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
