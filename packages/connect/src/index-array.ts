/** Arrays of indices, as narrow as their largest value allows. */
import { refusal } from "./options.ts";

export type Indices = Uint16Array | Uint32Array;

/** `length` indices that lie below `n`. */
export function indexArray(n: number, length: number): Indices {
  try {
    return n <= 65536 ? new Uint16Array(length) : new Uint32Array(length);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw refusal("out-of-memory", `there is no room for ${length} synapses`, "Connect fewer.");
  }
}

/** A longer copy, for a count that turned out larger than expected. */
export function grown(indices: Indices, n: number): Indices {
  const longer = indexArray(n, Math.ceil(indices.length * 1.25) + 64);
  longer.set(indices);
  return longer;
}

/** The first `count` entries: a view, or a copy where a view would keep much unused memory. */
export function trimmed(indices: Indices, count: number): Indices {
  return indices.length - count > count / 16 + 1024 ? indices.slice(0, count) : indices.subarray(0, count);
}

/** Room for a count of independent events: the expectation and six deviations, √expected being the most that one can be. */
export function roomFor(expected: number, most: number): number {
  return Math.min(most, Math.ceil(expected + 6 * Math.sqrt(expected) + 16));
}
