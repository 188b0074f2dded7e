import type { RandomSource } from "@neuroweave/model";
import type { Indices } from "./index-array.ts";

/** Writes k different indices below `available` to `into` from `at` on, every set of k equally likely. Requires k ≤ available. */
export type DistinctDraws = (into: Indices, at: number, k: number, available: number, random: RandomSource) => void;

/** Floyd's algorithm (Bentley and Floyd 1987): k draws, whatever `available` ≤ n is. */
export function distinctDraws(n: number): DistinctDraws {
  const seen = new Uint32Array(n);
  let round = 0;
  return (into, at, k, available, random) => {
    round++;
    for (let last = available - k; last < available; last++) {
      const drawn = Math.floor(random() * (last + 1));
      const taken = seen[drawn] === round ? last : drawn;
      seen[taken] = round;
      into[at++] = taken;
    }
  };
}

/** k different indices below n, ascending; for a k that is small beside n. */
export function distinctIndices(k: number, n: number, random: RandomSource): Uint32Array {
  const taken = new Set<number>();
  for (let last = n - k; last < n; last++) {
    const drawn = Math.floor(random() * (last + 1));
    taken.add(taken.has(drawn) ? last : drawn);
  }
  return Uint32Array.from(taken).sort();
}
