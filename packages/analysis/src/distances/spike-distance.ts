import type { TimeWindow } from "../spike-list.ts";
import { edgeCorrectedTrain } from "./edge-corrected-train.ts";
import type { EdgeCorrectedTrain, Stretch } from "./edge-corrected-train.ts";
import { overPairs } from "./pairs.ts";
import { averageProfiles, profileMean } from "./profile.ts";
import type { Profile } from "./profile.ts";
import { mergeStretches } from "./stretches.ts";

/**
 * SPIKE-distance: the mean over [from, to] of
 *
 *     S(t) = (S_a ν_b + S_b ν_a) / (2 ((ν_a + ν_b) / 2)²)
 *
 * where ν is the interspike interval around t and S_a goes in a straight line from the distance of the spike of a
 * before t to its nearest in b, to that of the spike after t (Kreuz, Chicharro, Houghton, Andrzejak & Mormann 2013, J.
 * Neurophysiol. 109:1457). Between 0, for identical trains, and 1. Conventions of PySpike (Mulansky & Kreuz 2016), with
 * its edge correction: beyond the first and the last spike the interval is that of `isiDistance`, S is the distance of
 * that spike throughout, and the nearest spike may be the auxiliary one that would end the interval. Spikes outside
 * [from, to] are left out, equal times count once, and an empty train has a spike on each border, as has a lone spike
 * on the left one.
 *
 * Throws `out-of-range` for a window without length and times that do not ascend, `not-finite`.
 */
export function spikeDistance(a: ArrayLike<number>, b: ArrayLike<number>, window: TimeWindow): number {
  return profileMean(spikeProfile(a, b, window));
}

/** S(t) over time, in straight lines between spikes: what `spikeDistance` is the mean of. */
export function spikeProfile(a: ArrayLike<number>, b: ArrayLike<number>, window: TimeWindow): Profile {
  const [trainA, trainB] = [edgeCorrectedTrain(a, window), edgeCorrectedTrain(b, window)];
  const linesA = distanceLines(trainA, trainB);
  const linesB = distanceLines(trainB, trainA);
  const times = [window.from];
  const starts: number[] = [];
  const ends: number[] = [];
  mergeStretches(trainA, trainB, (p, q, start, end) => {
    const [lineA, lineB] = [linesA.get(p)!, linesB.get(q)!];
    const value = (t: number): number =>
      (2 * (lineA(t) * q.interval + lineB(t) * p.interval)) / (p.interval + q.interval) ** 2;
    times.push(end);
    starts.push(value(start));
    ends.push(value(end));
  });
  return { times: Float64Array.from(times), starts: Float64Array.from(starts), ends: Float64Array.from(ends) };
}

/** SPIKE-distance of several trains: the mean over all pairs. Throws `wrong-length` for fewer than two trains. */
export function meanSpikeDistance(trains: ArrayLike<ArrayLike<number>>, window: TimeWindow): number {
  const distances = overPairs("meanSpikeDistance", trains, (a, b) => spikeDistance(a, b, window));
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

/** Mean over all pairs of trains of their `spikeProfile`. Throws `wrong-length` for fewer than two trains. */
export function meanSpikeProfile(trains: ArrayLike<ArrayLike<number>>, window: TimeWindow): Profile {
  return averageProfiles(overPairs("meanSpikeProfile", trains, (a, b) => spikeProfile(a, b, window)));
}

/** For each stretch of the train, S over time. */
function distanceLines({ stretches }: EdgeCorrectedTrain, { times }: EdgeCorrectedTrain) {
  const nearest = nearestIn(times);
  return new Map<Stretch, (t: number) => number>(
    stretches.map((stretch) => {
      const { start, end, before, after } = stretch;
      const atStart = nearest((before ?? after)!);
      const atEnd = nearest((after ?? before)!);
      const line = (t: number): number =>
        atStart === atEnd ? atStart : (atStart * (end - t) + atEnd * (t - start)) / (end - start);
      return [stretch, line];
    }),
  );
}

/** Distance to the nearest of ascending times. */
function nearestIn(times: Float64Array): (t: number) => number {
  return (t) => {
    let [low, high] = [0, times.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle]! <= t) low = middle;
      else high = middle;
    }
    return Math.min(Math.abs(t - times[low]!), Math.abs(times[high]! - t));
  };
}
