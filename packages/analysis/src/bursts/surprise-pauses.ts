import { checkNumber, checkOptions, checkWhole } from "@neuroweave/equations";
import { checkAscending } from "../spike-list.ts";
import { pauseSurprise } from "./poisson-surprise.ts";

/** A stretch in which a train that fires otherwise (almost) rests. */
export interface Pause {
  /** Times in ms of the spikes that bound it. */
  readonly start: number;
  readonly end: number;
  readonly duration: number;
  /** Spikes strictly between the two. */
  readonly spikes: number;
  readonly surprise: number;
}

/** How long and how surprising a pause has to be. */
export interface PauseOptions {
  /** A pause has an interval at least as long as this (ms). 250. */
  readonly coreInterval?: number;
  /** Shortest pause (ms). 300. */
  readonly duration?: number;
  /** Most intervals added on each side of the core. 5. */
  readonly added?: number;
  /** Least surprise, −ln P. 0. */
  readonly surprise?: number;
  /** Mean rate (Hz) that pauses are judged by. That of the train by default: (n − 1) / (last − first). */
  readonly rate?: number;
}

/**
 * Pauses by Poisson surprise, as in high-frequency discharge neurons (Elias, Joshua, Goldberg, Zohary, Arkadir, Morris
 * & Bergman 2007, J. Neurosci. 27:2525, whose values are the defaults): every interval ≥ `coreInterval` is the core of
 * a pause; on either side up to `added` intervals are added as far as that raises the surprise −ln P(that few spikes or
 * fewer in that time); pauses that overlap or touch are one; those shorter than `duration` or less surprising than
 * `surprise` are dropped. Silence before the first spike and after the last is no interval, and no pause.
 *
 * Throws `out-of-range` for times that do not ascend and options out of range, `not-finite`, `unknown-name` for an
 * unknown option.
 */
export function surprisePauses(times: ArrayLike<number>, options: PauseOptions = {}): Pause[] {
  checkOptions("surprisePauses", options, ["coreInterval", "duration", "added", "surprise", "rate"]);
  checkAscending(times);
  const { coreInterval = 250, duration = 300, added = 5, surprise: least = 0 } = options;
  checkNumber("surprisePauses: coreInterval", coreInterval, { above: 0 });
  checkNumber("surprisePauses: duration", duration, { min: 0 });
  checkNumber("surprisePauses: surprise", least, { min: 0 });
  checkWhole("surprisePauses: added", added, 0);
  if (options.rate !== undefined) checkNumber("surprisePauses: rate", options.rate, { above: 0 });
  const n = times.length;
  if (n < 2 || times[n - 1] === times[0]) return [];

  const rate = options.rate ?? (1000 * (n - 1)) / (times[n - 1]! - times[0]!);
  const surpriseOf = (first: number, last: number): number =>
    pauseSurprise(Math.max(0, last - first - 1), times[last]! - times[first]!, rate);

  const joined: [first: number, last: number][] = [];
  for (let k = 1; k < n; k++) {
    if (times[k]! - times[k - 1]! < coreInterval) continue;
    let [first, last] = [k - 1, k];
    let best = surpriseOf(first, last);
    for (let next = last + 1; next < n && next <= k + added; next++) {
      const larger = surpriseOf(first, next);
      if (larger > best) [last, best] = [next, larger];
    }
    for (let before = first - 1; before >= 0 && before >= k - 1 - added; before--) {
      const larger = surpriseOf(before, last);
      if (larger > best) [first, best] = [before, larger];
    }
    const previous = joined.at(-1);
    if (previous !== undefined && first <= previous[1]) {
      previous[0] = Math.min(previous[0], first);
      previous[1] = Math.max(previous[1], last);
    } else joined.push([first, last]);
  }
  return joined
    .map(([first, last]) => ({
      start: times[first]!,
      end: times[last]!,
      duration: times[last]! - times[first]!,
      spikes: last - first - 1,
      surprise: surpriseOf(first, last),
    }))
    .filter((pause) => pause.duration >= duration && pause.surprise >= least);
}
