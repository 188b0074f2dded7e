import { borderTolerance, checkAscending, checkWindow } from "../spike-list.ts";
import type { TimeWindow } from "../spike-list.ts";

/** A stretch of [from, to] between neighboring spikes of one train, or between a spike and the border. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Length of the interval (ms) that the stretch belongs to; longer than the stretch where a border cuts it. */
  readonly interval: number;
  /** The spike before and the one after, `undefined` beyond the first and the last one. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/**
 * A train seen in [from, to] with the edge correction of PySpike: the interval that a border cuts is taken to be as
 * long as its neighbor, or as the part that is seen if that is longer; an empty train has one interval, the whole
 * window.
 */
export interface EdgeCorrectedTrain {
  readonly stretches: readonly Stretch[];
  /** The spikes in the window, and on each side the auxiliary one that the edge correction assumes. */
  readonly times: Float64Array;
}

/** Spikes inside [from, to], both borders included, each once. */
export function distinctSpikes(times: ArrayLike<number>, { from, to }: TimeWindow): Float64Array {
  checkAscending(times);
  return Float64Array.from(times)
    .filter((time) => time >= from - borderTolerance && time <= to + borderTolerance)
    .map((time) => Math.min(to, Math.max(from, time)))
    .filter((time, k, all) => k === 0 || time > all[k - 1]!);
}

export function edgeCorrectedTrain(times: ArrayLike<number>, window: TimeWindow): EdgeCorrectedTrain {
  checkWindow(window);
  const { from, to } = window;
  const inside = distinctSpikes(times, window);
  const spikes = inside.length === 0 ? Float64Array.of(from, to) : inside;
  const n = spikes.length;
  const first = spikes[0]!;
  const last = spikes[n - 1]!;
  const firstInterval = n > 1 ? spikes[1]! - first : 0;
  const lastInterval = n > 1 ? last - spikes[n - 2]! : 0;
  const stretches: Stretch[] = [];
  if (first > from) {
    const interval = Math.max(first - from, firstInterval);
    stretches.push({ start: from, end: first, interval, before: undefined, after: first });
  }
  for (let k = 1; k < n; k++) {
    const [before, after] = [spikes[k - 1]!, spikes[k]!];
    stretches.push({ start: before, end: after, interval: after - before, before, after });
  }
  if (last < to) {
    const interval = Math.max(to - last, lastInterval);
    // A lone spike on the left border is followed by an interval to the right one, as an empty train is.
    const after = n === 1 && first === from ? to : undefined;
    stretches.push({ start: last, end: to, interval, before: last, after });
  }
  return {
    stretches,
    times: Float64Array.of(Math.min(from, first - firstInterval), ...spikes, Math.max(to, last + lastInterval)),
  };
}
