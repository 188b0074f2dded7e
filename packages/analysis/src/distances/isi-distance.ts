import type { TimeWindow } from "../spike-list.ts";
import { edgeCorrectedTrain } from "./edge-corrected-train.ts";
import { overPairs } from "./pairs.ts";
import { averageProfiles, profileMean } from "./profile.ts";
import type { Profile } from "./profile.ts";
import { mergeStretches } from "./stretches.ts";

/**
 * ISI-distance: the mean over [from, to] of |ν_a − ν_b| / max(ν_a, ν_b), where ν(t) is the interspike interval around t
 * (Kreuz, Haas, Morelli, Abarbanel & Politi 2007, J. Neurosci. Methods 165:151). Between 0, for identical trains and
 * for those that are shifted copies of a regular one, and 1. Conventions of PySpike (Mulansky & Kreuz 2016), with its
 * edge correction: the interval that a border cuts is as long as its neighbor or, if that is longer, as the part that
 * is seen. Spikes outside [from, to] are left out, equal times count once, and an empty train has one interval, the
 * window.
 *
 * Throws `out-of-range` for a window without length and times that do not ascend, `not-finite`.
 */
export function isiDistance(a: ArrayLike<number>, b: ArrayLike<number>, window: TimeWindow): number {
  return profileMean(isiProfile(a, b, window));
}

/** |ν_a − ν_b| / max(ν_a, ν_b) over time, constant between spikes: what `isiDistance` is the mean of. */
export function isiProfile(a: ArrayLike<number>, b: ArrayLike<number>, window: TimeWindow): Profile {
  const [trainA, trainB] = [edgeCorrectedTrain(a, window), edgeCorrectedTrain(b, window)];
  const times = [window.from];
  const values: number[] = [];
  mergeStretches(trainA, trainB, (p, q, _, end) => {
    times.push(end);
    values.push(Math.abs(p.interval - q.interval) / Math.max(p.interval, q.interval));
  });
  return { times: Float64Array.from(times), starts: Float64Array.from(values), ends: Float64Array.from(values) };
}

/** ISI-distance of several trains: the mean over all pairs. Throws `wrong-length` for fewer than two trains. */
export function meanIsiDistance(trains: ArrayLike<ArrayLike<number>>, window: TimeWindow): number {
  const distances = overPairs("meanIsiDistance", trains, (a, b) => isiDistance(a, b, window));
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

/** Mean over all pairs of trains of their `isiProfile`. Throws `wrong-length` for fewer than two trains. */
export function meanIsiProfile(trains: ArrayLike<ArrayLike<number>>, window: TimeWindow): Profile {
  return averageProfiles(overPairs("meanIsiProfile", trains, (a, b) => isiProfile(a, b, window)));
}
