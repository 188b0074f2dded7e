import { checkNumber, checkOptions, checkWhole, refusal } from "@neuroweave/equations";

/** An f–I curve as it is measured. */
export interface FiringCurve {
  /** In ascending order. */
  readonly currents: Float64Array;
  /** counts / duration in Hz. */
  readonly rate: Float64Array;
  /**
   * The lowest current at which there is a spike, and the highest below it at which there is none; NaN where there is
   * no such current.
   */
  readonly rheobase: { readonly silent: number; readonly firing: number };
  /** Slope in Hz per unit of current, by least squares over the currents that elicit spikes; NaN for fewer than two. */
  readonly gain: number;
}

/**
 * f–I curve from the number of spikes that each current elicits in `duration` ms: rates by current, rheobase and gain.
 * The currents may come in any order and unit; equal ones stay side by side.
 *
 *     firingCurve({ currents: [0, 1, 2], counts: [0, 5, 11], duration: 500 }).rate   // [0, 10, 22]
 *
 * Throws `wrong-length` for lists of unequal length, `out-of-range` for counts that are none and a duration that is not
 * positive, `not-finite`, `unknown-name` for an unknown option.
 */
export function firingCurve(options: {
  readonly currents: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
  readonly duration: number;
}): FiringCurve {
  checkOptions("firingCurve", options, ["currents", "counts", "duration"]);
  const { currents, counts, duration } = options;
  checkNumber("firingCurve: duration", duration, { above: 0 });
  if (currents.length !== counts.length)
    throw refusal(
      "wrong-length",
      `firingCurve: there are ${currents.length} currents and ${counts.length} counts`,
      "Give one count for each current.",
    );
  const points = Array.from(currents, (current, k) => ({
    current: checkNumber(`firingCurve: current ${k}`, current),
    rate: (1000 * checkWhole(`firingCurve: count ${k}`, counts[k], 0)) / duration,
  })).sort((a, b) => a.current - b.current);
  const firing = points.filter(({ rate }) => rate > 0);
  const lowest = firing[0]?.current ?? Number.NaN;
  const silent = points.findLast(({ current, rate }) => rate === 0 && !(current >= lowest))?.current ?? Number.NaN;
  return {
    currents: Float64Array.from(points, ({ current }) => current),
    rate: Float64Array.from(points, ({ rate }) => rate),
    rheobase: { silent, firing: lowest },
    gain: slope(firing),
  };
}

function slope(points: readonly { readonly current: number; readonly rate: number }[]): number {
  const n = points.length;
  const meanCurrent = points.reduce((sum, { current }) => sum + current, 0) / n;
  const meanRate = points.reduce((sum, { rate }) => sum + rate, 0) / n;
  let [rise, squares] = [0, 0];
  for (const { current, rate } of points) {
    rise += (current - meanCurrent) * (rate - meanRate);
    squares += (current - meanCurrent) ** 2;
  }
  return rise / squares;
}
