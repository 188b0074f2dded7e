import { checkNumber, checkOptions } from "@neuroweave/equations";
import { checkWindow } from "../spike-list.ts";
import type { TimeWindow } from "../spike-list.ts";
import { distinctSpikes } from "./edge-corrected-train.ts";
import { overPairs } from "./pairs.ts";

export interface SynchronizationOptions extends TimeWindow {
  /** No coincidence is wider than this (ms). No bound by default, and for 0. */
  readonly maxTau?: number;
}

/**
 * Coincidences spike by spike: at times[k] (ms) there are spikes that coincide in `coincidences[k]` of `pairs[k]`
 * cases.
 */
export interface SynchronizationProfile {
  readonly times: Float64Array;
  readonly coincidences: Float64Array;
  readonly pairs: Float64Array;
}

/**
 * SPIKE-synchronization: the part of all spikes that coincide with one of the other train (Kreuz, Mulansky & Bozanic
 * 2015, J. Neurophysiol. 113:3432). Spikes i and j coincide where |tᵢ − tⱼ| < τᵢⱼ, half the shortest of the four
 * intervals around them (Quian Quiroga, Kreuz & Grassberger 2002); at the first and the last spike, where an interval
 * is missing, the window's length stands for it. Between 0 and 1; 1 for identical trains, and for two empty ones.
 * Conventions of PySpike (Mulansky & Kreuz 2016): spikes outside [from, to] are left out and equal times of one train
 * count once.
 *
 * Throws `out-of-range` for a window without length, a negative maxTau and times that do not ascend, `not-finite`,
 * `unknown-name` for an unknown option.
 */
export function spikeSynchronization(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: SynchronizationOptions,
): number {
  return share([spikeSynchronizationProfile(a, b, options)]);
}

/** For every moment at which a or b has a spike, whether it coincides: `pairs` is 1, and 2 where both have one. */
export function spikeSynchronizationProfile(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: SynchronizationOptions,
): SynchronizationProfile {
  checkOptions("spikeSynchronization", options, ["from", "to", "maxTau"]);
  checkWindow(options);
  const { from, to, maxTau = 0 } = options;
  checkNumber("spikeSynchronization: maxTau", maxTau, { min: 0 });
  const [p, q] = [distinctSpikes(a, options), distinctSpikes(b, options)];
  const missing = maxTau > 0 ? Math.min(to - from, 2 * maxTau) : to - from;
  const [reachA, reachB] = [halfShortestInterval(p, missing), halfShortestInterval(q, missing)];
  const coincides = (i: number, j: number): boolean =>
    i >= 0 && i < p.length && j >= 0 && j < q.length && Math.abs(p[i]! - q[j]!) < Math.min(reachA[i]!, reachB[j]!);

  const times: number[] = [];
  const coincidences: number[] = [];
  const pairs: number[] = [];
  const add = (time: number, coincidence: number, multiplicity: number): void => {
    times.push(time);
    coincidences.push(coincidence);
    pairs.push(multiplicity);
  };
  let [i, j] = [0, 0];
  while (i < p.length || j < q.length) {
    if (i < p.length && j < q.length && p[i] === q[j]) {
      add(p[i]!, 2, 2);
      i++;
      j++;
    } else if (i < p.length && (j === q.length || p[i]! < q[j]!)) {
      add(p[i]!, coincides(i, j) || coincides(i, j - 1) ? 1 : 0, 1);
      i++;
    } else {
      add(q[j]!, coincides(i, j) || coincides(i - 1, j) ? 1 : 0, 1);
      j++;
    }
  }
  return {
    times: Float64Array.from(times),
    coincidences: Float64Array.from(coincidences),
    pairs: Float64Array.from(pairs),
  };
}

/**
 * SPIKE-synchronization of several trains: the coincidences of all pairs over the spikes of all pairs; 1 where there is
 * no spike. Throws `wrong-length` for fewer than two trains.
 */
export function meanSpikeSynchronization(
  trains: ArrayLike<ArrayLike<number>>,
  options: SynchronizationOptions,
): number {
  return share(overPairs("meanSpikeSynchronization", trains, (a, b) => spikeSynchronizationProfile(a, b, options)));
}

/**
 * The profiles of all pairs of trains, added: coincidences[k] / pairs[k] says in which part of the other trains the
 * spikes at times[k] have a partner. Throws `wrong-length` for fewer than two trains.
 */
export function meanSpikeSynchronizationProfile(
  trains: ArrayLike<ArrayLike<number>>,
  options: SynchronizationOptions,
): SynchronizationProfile {
  const sums = new Map<number, [coincidences: number, pairs: number]>();
  const profiles = overPairs("meanSpikeSynchronizationProfile", trains, (a, b) =>
    spikeSynchronizationProfile(a, b, options),
  );
  for (const profile of profiles) {
    profile.times.forEach((time, k) => {
      const [coincidences, pairs] = sums.get(time) ?? [0, 0];
      sums.set(time, [coincidences + profile.coincidences[k]!, pairs + profile.pairs[k]!]);
    });
  }
  const times = Float64Array.from(sums.keys()).sort();
  return {
    times,
    coincidences: times.map((time) => sums.get(time)![0]),
    pairs: times.map((time) => sums.get(time)![1]),
  };
}

/** Half the shorter of the intervals before and after each spike; `missing` where there is none. */
function halfShortestInterval(times: Float64Array, missing: number): Float64Array {
  return times.map((time, k) => {
    const before = k === 0 ? missing : time - times[k - 1]!;
    const after = k + 1 === times.length ? missing : times[k + 1]! - time;
    return Math.min(before, after, missing) / 2;
  });
}

function share(profiles: readonly SynchronizationProfile[]): number {
  let [coincidences, pairs] = [0, 0];
  for (const profile of profiles) {
    for (let k = 0; k < profile.pairs.length; k++) {
      coincidences += profile.coincidences[k]!;
      pairs += profile.pairs[k]!;
    }
  }
  return pairs === 0 ? 1 : coincidences / pairs;
}
