import { meanOverNeighbors } from "../intervals/isi.ts";

/** A train cut at its long intervals. */
export interface BurstGroups {
  /** Spikes in each group, in order; a lone spike is a group of one. They sum to the number of spikes. */
  readonly sizes: readonly number[];
  /** Shortest interval between groups divided by the longest inside one; 1 where the train cannot be cut. */
  readonly separation: number;
  /** The longest interval inside a group and the shortest between groups, in ms. */
  readonly longestInside: number;
  readonly shortestBetween: number;
  /** Intervals between groups, in order (ms). */
  readonly between: readonly number[];
  /**
   * Irregularity (see `irregularityOf`) of the intervals inside groups, neighbors within one group only; 0 where no
   * group has three spikes.
   */
  readonly irregularityInside: number;
}

/**
 * Cuts a train where its intervals fall into two classes: sorted, they have one step that is larger, as a ratio, than
 * any other, and everything above that step separates groups. Nothing is assumed about how long a burst or a pause
 * lasts.
 */
export function groupIntoBursts(intervals: ArrayLike<number>): BurstGroups {
  const sorted = Float64Array.from(intervals).sort();
  let separation = 1;
  let longestInside = sorted.at(-1) ?? 0;
  let shortestBetween = Number.POSITIVE_INFINITY;
  for (let k = 1; k < sorted.length; k++) {
    const ratio = sorted[k]! / sorted[k - 1]!;
    if (ratio > separation && sorted[k - 1]! > 0) {
      separation = ratio;
      longestInside = sorted[k - 1]!;
      shortestBetween = sorted[k]!;
    }
  }
  const sizes = [1];
  const between: number[] = [];
  const inside: number[][] = [[]];
  for (let k = 0; k < intervals.length; k++) {
    const interval = intervals[k]!;
    if (interval > longestInside) {
      sizes.push(1);
      between.push(interval);
      inside.push([]);
    } else {
      sizes[sizes.length - 1]! += 1;
      inside.at(-1)!.push(interval);
    }
  }
  return { sizes, separation, longestInside, shortestBetween, between, irregularityInside: pooledIrregularity(inside) };
}

/**
 * What is left of CV₂ once a steady drift is taken away: CV₂ − 2 |adaptation index|, so 0 for any train whose
 * intervals only grow or only shrink, and about 1 for a Poisson process. 0 for fewer than two intervals.
 */
export function irregularityOf(intervals: ArrayLike<number>): number {
  if (intervals.length < 2) return 0;
  const size = meanOverNeighbors(intervals, Math.abs);
  const drift = meanOverNeighbors(intervals, (contrast) => contrast);
  return 2 * (size - Math.abs(drift));
}

/** Mean irregularity of several stretches, each weighing as many neighbors as it has. */
function pooledIrregularity(stretches: readonly (readonly number[])[]): number {
  let sum = 0;
  let neighbors = 0;
  for (const stretch of stretches) {
    if (stretch.length < 2) continue;
    sum += irregularityOf(stretch) * (stretch.length - 1);
    neighbors += stretch.length - 1;
  }
  return neighbors === 0 ? 0 : sum / neighbors;
}
