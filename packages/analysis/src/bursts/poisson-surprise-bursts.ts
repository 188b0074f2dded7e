import { checkNumber, checkOptions, checkWhole } from "@neuroweave/equations";
import { checkAscending } from "../spike-list.ts";
import { poissonSurprise } from "./poisson-surprise.ts";
import { burstFrom } from "./spike-group.ts";
import type { Burst } from "./spike-group.ts";

/** A burst with its Poisson surprise. */
export interface SurpriseBurst extends Burst {
  readonly surprise: number;
}

/** How surprising a burst has to be, and what it is judged by. */
export interface SurpriseBurstOptions {
  /** Least surprise, −ln P. 10 (P = 4.5 · 10⁻⁵). */
  readonly surprise?: number;
  /** Fewest spikes of a burst. 3. */
  readonly spikes?: number;
  /** Mean rate (Hz) that bursts are judged by. That of the train by default: (n − 1) / (last − first). */
  readonly rate?: number;
  /** How many further spikes are tried at the end before the search stops. 10. */
  readonly lookAhead?: number;
}

/**
 * Bursts by Poisson surprise (Legéndy & Salcman 1985, J. Neurophysiol. 53:926): stretches of the train that a Poisson
 * process of the same mean rate would hardly have. From left to right,
 *
 * 1. two successive intervals shorter than half the mean one start a burst;
 * 2. at its end up to `lookAhead` further spikes are tried, as far as an interval above twice the mean, and added while
 *    the surprise grows;
 * 3. spikes are taken from its beginning where that makes the surprise larger;
 * 4. it counts if its surprise reaches `surprise` and it has `spikes` spikes.
 *
 * Throws `out-of-range` for times that do not ascend and options out of range, `not-finite`, `unknown-name` for an
 * unknown option.
 */
export function poissonSurpriseBursts(times: ArrayLike<number>, options: SurpriseBurstOptions = {}): SurpriseBurst[] {
  checkOptions("poissonSurpriseBursts", options, ["surprise", "spikes", "rate", "lookAhead"]);
  checkAscending(times);
  const n = times.length;
  const { surprise: least = 10, spikes = 3, lookAhead = 10 } = options;
  checkNumber("poissonSurpriseBursts: surprise", least, { min: 0 });
  checkWhole("poissonSurpriseBursts: spikes", spikes, 3);
  checkWhole("poissonSurpriseBursts: lookAhead", lookAhead, 1);
  if (options.rate !== undefined) checkNumber("poissonSurpriseBursts: rate", options.rate, { above: 0 });
  if (n < 3 || times[n - 1] === times[0]) return [];

  const rate = options.rate ?? (1000 * (n - 1)) / (times[n - 1]! - times[0]!);
  const meanInterval = 1000 / rate;
  const intervalBefore = (k: number): number => times[k]! - times[k - 1]!;
  const surpriseOf = (first: number, last: number): number =>
    poissonSurprise(last - first + 1, times[last]! - times[first]!, rate);

  const found: SurpriseBurst[] = [];
  for (let k = 2; k < n; k++) {
    if (intervalBefore(k) >= meanInterval / 2 || intervalBefore(k - 1) >= meanInterval / 2) continue;
    let [first, last] = [k - 2, k];
    let best = surpriseOf(first, last);
    for (let next = last + 1; next < n && next <= last + lookAhead; next++) {
      if (intervalBefore(next) > 2 * meanInterval) break;
      const larger = surpriseOf(first, next);
      if (larger > best) [last, best] = [next, larger];
    }
    for (let later = first + 1; later <= last - 2; later++) {
      const larger = surpriseOf(later, last);
      if (larger > best) [first, best] = [later, larger];
    }
    const burst = { ...burstFrom(times, first, last), surprise: best };
    if (best >= least && burst.spikes >= spikes) found.push(burst);
    // The next burst may begin with the spike after this one.
    k = last + 2;
  }
  return found;
}
