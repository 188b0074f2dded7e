/** The last spikes of a population, and what of them falls into which pixel of a raster. */

/** Most spikes that are kept; older ones go. */
const capacity = 1 << 20;

export interface SpikeHistory {
  /** Appends spikes in the order of time. */
  add(times: ArrayLike<number>, ids: ArrayLike<number>): void;
  clear(): void;
  readonly total: number;
  /** Spikes of each neuron since the counts were set back. */
  readonly counts: Uint32Array;
  /** Sets the counts back. */
  recount(): void;
  /** Pixels with spikes from time `from` on: column (floor of t / width) and row, pair by pair. */
  pixels(from: number, width: number, rows: number): Uint32Array;
  /** Spikes in each column from `first` up to and with `last`. */
  columns(first: number, last: number, width: number): Uint32Array;
  /** Times of one neuron's spikes, as far as they are kept. */
  train(neuron: number): number[];
}

export function createSpikeHistory(n: number): SpikeHistory {
  let times = new Float64Array(1024);
  let ids = new Uint32Array(1024);
  let length = 0;
  let total = 0;
  const counts = new Uint32Array(n);
  const reserve = (more: number): void => {
    if (length + more <= times.length) return;
    // What is kept moves to the front when the room is full.
    const kept = Math.min(length, capacity / 2);
    const size = Math.max(times.length, Math.min(capacity, 2 * (length + more)), kept + more);
    const grown = length + more <= capacity ? length : kept;
    const [olderTimes, olderIds] = [times.subarray(length - grown, length), ids.subarray(length - grown, length)];
    const [newTimes, newIds] = [new Float64Array(size), new Uint32Array(size)];
    newTimes.set(olderTimes);
    newIds.set(olderIds);
    [times, ids, length] = [newTimes, newIds, grown];
  };
  /** Index of the first spike not before a time. */
  const since = (from: number): number => {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (times[middle]! < from) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    add(moreTimes, moreIds) {
      reserve(moreTimes.length);
      times.set(moreTimes, length);
      ids.set(moreIds, length);
      length += moreTimes.length;
      total += moreTimes.length;
      for (let j = 0; j < moreIds.length; j++) counts[moreIds[j]!]!++;
    },
    clear() {
      length = total = 0;
      counts.fill(0);
    },
    get total() {
      return total;
    },
    counts,
    recount: () => void counts.fill(0),
    pixels(from, width, rows) {
      const seen = new Set<number>();
      const perRow = n / rows;
      for (let j = since(from); j < length; j++) {
        const column = Math.floor(times[j]! / width);
        seen.add(column * rows + Math.min(rows - 1, Math.floor(ids[j]! / perRow)));
      }
      const pairs = new Uint32Array(2 * seen.size);
      let k = 0;
      for (const pixel of seen) {
        pairs[k++] = Math.floor(pixel / rows);
        pairs[k++] = pixel % rows;
      }
      return pairs;
    },
    columns(first, last, width) {
      const bins = new Uint32Array(Math.max(0, last - first + 1));
      for (let j = since(first * width); j < length; j++) {
        const bin = Math.floor(times[j]! / width) - first;
        if (bin >= 0 && bin < bins.length) bins[bin]!++;
      }
      return bins;
    },
    train(neuron) {
      const train: number[] = [];
      for (let j = 0; j < length; j++) if (ids[j] === neuron) train.push(times[j]!);
      return train;
    },
  };
}
