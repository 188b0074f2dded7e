/** How long frames take, as the page and its tests read it. */

const kept = 240;

export interface FrameTimes {
  /** Takes the moment of a frame in ms. */
  mark(now: number): void;
  readonly perSecond: number;
  /** Intervals between the last frames, oldest first, in ms. */
  readonly intervals: readonly number[];
}

export function frameTimes(): FrameTimes {
  const intervals: number[] = [];
  let before = 0;
  return {
    mark(now) {
      if (before > 0) intervals.push(now - before);
      if (intervals.length > kept) intervals.shift();
      before = now;
    },
    get perSecond() {
      const recent = intervals.slice(-60);
      return recent.length === 0 ? 0 : (1000 * recent.length) / recent.reduce((a, b) => a + b, 0);
    },
    intervals,
  };
}
