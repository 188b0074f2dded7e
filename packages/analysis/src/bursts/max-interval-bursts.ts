import { checkNumber, checkOptions, checkWhole } from "@neuroweave/equations";
import { checkAscending } from "../spike-list.ts";
import { burstFrom } from "./spike-group.ts";
import type { Burst } from "./spike-group.ts";

/** Limits of intervals and bursts. */
export interface MaxIntervalOptions {
  /** Longest interval (ms) with which a burst begins. 170. */
  readonly beginInterval?: number;
  /** Longest interval (ms) inside a burst. 300. */
  readonly endInterval?: number;
  /** Bursts that are less than this apart (ms, end to start) are one. 200. */
  readonly betweenBursts?: number;
  /** Shortest duration of a burst (ms). 10. */
  readonly duration?: number;
  /** Fewest spikes of a burst. 3. */
  readonly spikes?: number;
}

/**
 * Bursts by the MaxInterval method (of NeuroExplorer; compared with others and recommended by Cotterill, Charlesworth,
 * Thomas, Paulsen & Eglen 2016, J. Neurophysiol. 116:306, whose values are the defaults). Three passes:
 *
 * 1. a burst begins with the first interval ≤ `beginInterval` and goes on while intervals are ≤ `endInterval`;
 * 2. neighboring bursts less than `betweenBursts` apart are joined;
 * 3. bursts shorter than `duration` or with fewer than `spikes` spikes are dropped.
 *
 * In order of time; none for trains that are too short. Throws `out-of-range` for times that do not ascend and options
 * out of range, `not-finite`, `unknown-name` for an unknown option.
 */
export function maxIntervalBursts(times: ArrayLike<number>, options: MaxIntervalOptions = {}): Burst[] {
  checkOptions("maxIntervalBursts", options, ["beginInterval", "endInterval", "betweenBursts", "duration", "spikes"]);
  const { beginInterval = 170, endInterval = 300, betweenBursts = 200, duration = 10, spikes = 3 } = options;
  for (const [name, value] of Object.entries({ beginInterval, endInterval, betweenBursts, duration })) {
    checkNumber(`maxIntervalBursts: ${name}`, value, { min: 0 });
  }
  checkWhole("maxIntervalBursts: spikes", spikes, 2);
  checkAscending(times);

  const joined: [first: number, last: number][] = [];
  for (const [first, last] of runs(times, beginInterval, endInterval)) {
    const before = joined.at(-1);
    if (before !== undefined && times[first]! - times[before[1]]! < betweenBursts) before[1] = last;
    else joined.push([first, last]);
  }
  return joined
    .map(([first, last]) => burstFrom(times, first, last))
    .filter((burst) => burst.duration >= duration && burst.spikes >= spikes);
}

/** Stretches of two spikes or more: begun by an interval ≤ begin, ended by one > end. */
function runs(times: ArrayLike<number>, begin: number, end: number): [number, number][] {
  const found: [number, number][] = [];
  for (let k = 1; k < times.length; k++) {
    if (times[k]! - times[k - 1]! > begin) continue;
    const first = k - 1;
    while (k + 1 < times.length && times[k + 1]! - times[k]! <= end) k++;
    found.push([first, k]);
  }
  return found;
}
