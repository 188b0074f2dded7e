import { groupIntoBursts, irregularityOf } from "./burst-groups.ts";
import type { BurstGroups } from "./burst-groups.ts";
import {
  coefficientOfVariation,
  cv2,
  interspikeIntervals,
  localVariation,
  meanOverNeighbors,
} from "../intervals/isi.ts";
import type { TimeWindow } from "../spike-list.ts";

/**
 * What the rules of `classifyPattern` look at. Times and intervals in ms; NaN where there are too few spikes to say.
 */
export interface PatternMeasures {
  readonly spikeCount: number;
  /** Spikes per second of the step, in Hz. */
  readonly rate: number;
  /** Onset to first spike. */
  readonly latency: number;
  /** Last spike to the end of the step; the whole step where there is no spike. */
  readonly silenceAfter: number;
  readonly firstInterval: number;
  readonly medianInterval: number;
  readonly longestInterval: number;
  /** Median of the last third of the intervals, at least of the last one. */
  readonly settledInterval: number;
  /** Onset to the moment from which every interval lies within 20 % of the settled one. */
  readonly settlingTime: number;
  /** settledInterval / firstInterval: above 1 when firing slows down. */
  readonly driftRatio: number;
  /** Mean of (Iₖ₊₁ − Iₖ) / (Iₖ₊₁ + Iₖ): positive when firing slows down. */
  readonly adaptationIndex: number;
  /** Median of |Iₖ₊₁ − Iₖ|. */
  readonly medianChange: number;
  readonly cv: number;
  readonly cv2: number;
  readonly localVariation: number;
  /** CV₂ − 2 |adaptationIndex|; 0 for fewer than three spikes. */
  readonly irregularity: number;
  /** Groups of two or more spikes, after the train is cut at its long intervals. */
  readonly bursts: number;
  readonly spikesInFirstGroup: number;
  readonly fewestSpikesPerBurst: number;
  readonly mostSpikesPerBurst: number;
  /** Spikes that belong to groups of two or more, as a part of all. */
  readonly burstingFraction: number;
  /** Shortest interval between groups / longest inside one; 1 where the train cannot be cut. */
  readonly burstSeparation: number;
  readonly longestInsideBursts: number;
  readonly shortestBetweenBursts: number;
  readonly irregularityInsideBursts: number;
  readonly irregularityBetweenBursts: number;
}

/** Measures the spikes of one train that lie inside the step; `times` ascend and are all inside. */
export function measurePattern(times: ArrayLike<number>, { from, to }: TimeWindow): PatternMeasures {
  const intervals = interspikeIntervals(times);
  const groups = groupIntoBursts(intervals);
  const spikeCount = times.length;
  const first = spikeCount === 0 ? Number.NaN : times[0]!;
  const last = spikeCount === 0 ? from : times[spikeCount - 1]!;
  const settledInterval = median(
    intervals.slice(Math.min(intervals.length - 1, Math.floor((2 * intervals.length) / 3))),
  );
  const firstInterval = intervals[0] ?? Number.NaN;
  return {
    spikeCount,
    rate: (spikeCount * 1000) / (to - from),
    latency: first - from,
    silenceAfter: to - last,
    firstInterval,
    medianInterval: median(intervals),
    longestInterval: intervals.length === 0 ? Number.NaN : intervals.reduce((a, b) => Math.max(a, b)),
    settledInterval,
    settlingTime: settlingTime(times, intervals, settledInterval) - from,
    driftRatio: settledInterval / firstInterval,
    adaptationIndex: meanOverNeighbors(intervals, (contrast) => contrast),
    medianChange: median(intervals.slice(1).map((interval, k) => Math.abs(interval - intervals[k]!))),
    cv: coefficientOfVariation(intervals),
    cv2: cv2(intervals),
    localVariation: localVariation(intervals),
    irregularity: irregularityOf(intervals),
    ...measureBursts(groups, spikeCount),
  };
}

function measureBursts(groups: BurstGroups, spikeCount: number) {
  const bursts = groups.sizes.filter((size) => size > 1);
  const spikesInBursts = bursts.reduce((sum, size) => sum + size, 0);
  return {
    bursts: bursts.length,
    spikesInFirstGroup: spikeCount === 0 ? 0 : groups.sizes[0]!,
    fewestSpikesPerBurst: bursts.length === 0 ? 0 : bursts.reduce((a, b) => Math.min(a, b)),
    mostSpikesPerBurst: bursts.reduce((a, b) => Math.max(a, b), 0),
    burstingFraction: spikeCount === 0 ? 0 : spikesInBursts / spikeCount,
    burstSeparation: groups.separation,
    longestInsideBursts: groups.longestInside,
    shortestBetweenBursts: groups.shortestBetween,
    irregularityInsideBursts: groups.irregularityInside,
    irregularityBetweenBursts: irregularityOf(groups.between),
  };
}

function settlingTime(times: ArrayLike<number>, intervals: Float64Array, settled: number): number {
  if (intervals.length === 0) return Number.NaN;
  let k = intervals.length;
  while (k > 0 && Math.abs(intervals[k - 1]! - settled) <= 0.2 * settled) k--;
  return times[k]!;
}

/** NaN for nothing; the mean of the middle two for an even number. */
function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return Number.NaN;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
