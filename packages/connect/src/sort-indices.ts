/** Sorting the targets of a row, of which only the order counts. */
import { indexArray, type Indices } from "./index-array.ts";

/** Sorts the part [start, end) of an array, ascending. */
export type SortPart = (indices: Indices, start: number, end: number) => void;

/** Binary digits of a whole number below 2^32. */
const bitsOf = (x: number): number => 32 - Math.clz32(x);

/**
 * For indices that are spread evenly over [0, n), in parts of at most `longest`: put into one to four times as many equal intervals
 * as there are indices, which leaves little to insertion. Takes time in proportion to their number; right, but slow, where they are not
 * spread evenly.
 */
export function spreadSorter(n: number, longest: number): SortPart {
  const bits = bitsOf(n - 1);
  const counts = new Uint32Array(2 ** Math.min(bits, bitsOf(longest) + 1));
  const given = indexArray(n, longest);
  return (indices, start, end) => {
    const length = end - start;
    const shift = Math.max(0, bits - bitsOf(length) - 1);
    const intervals = ((n - 1) >>> shift) + 1;
    counts.fill(0, 0, intervals);
    for (let j = 0; j < length; j++) {
      const index = indices[start + j]!;
      given[j] = index;
      counts[index >>> shift]!++;
    }
    let place = start;
    for (let interval = 0; interval < intervals; interval++) {
      const count = counts[interval]!;
      counts[interval] = place;
      place += count;
    }
    for (let j = 0; j < length; j++) {
      const index = given[j]!;
      indices[counts[index >>> shift]!++] = index;
    }
    for (let j = start + 1; j < end; j++) {
      const index = indices[j]!;
      let free = j;
      while (free > start && indices[free - 1]! > index) {
        indices[free] = indices[free - 1]!;
        free--;
      }
      if (free < j) indices[free] = index;
    }
  };
}
