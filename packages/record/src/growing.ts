/** Typed columns that grow by doubling, and forget from the front when they are bounded. */

type Numbers = Float64Array | Float32Array | Uint32Array;

/** A growing column of rows with a fixed number of elements each. Appending is O(1) per element, amortised. */
export interface GrowingColumn<A extends Numbers> {
  /** Number of rows held. */
  readonly rows: number;
  append(values: A): void;
  /** The rows held, in order: a view that later appends do not change. */
  view(): A;
  clear(): void;
}

/** `make` allocates; `width` is elements per row; at most the last `keep` rows are held. */
export function growingColumn<A extends Numbers>(make: (length: number) => A, width: number, keep = Infinity): GrowingColumn<A> {
  let data = make(0);
  let start = 0;
  let end = 0;
  const room = (more: number): void => {
    if (end + more <= data.length) return;
    const held = data.subarray(start, end) as A;
    // Views that were handed out keep the array they were taken from.
    const next = make(Math.max(2 * (held.length + more), 1024));
    next.set(held);
    data = next;
    end -= start;
    start = 0;
  };
  return {
    get rows() {
      return (end - start) / width;
    },
    append(values) {
      room(values.length);
      data.set(values, end);
      end += values.length;
      if ((end - start) / width > keep) start = end - keep * width;
    },
    view: () => data.subarray(start, end) as A,
    clear() {
      data = make(0);
      start = 0;
      end = 0;
    },
  };
}
