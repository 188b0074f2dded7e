import { NeuroweaveError } from "@neuroweave/equations";

/** Spikes of many neurons: entry k says that neuron `ids[k]` fired at `times[k]` (ms). Times ascend. */
export interface SpikeList {
  /** In ms. */
  readonly times: ArrayLike<number>;
  /** The neuron of each spike, from 0. */
  readonly ids: ArrayLike<number>;
}

/** The half-open interval [from, to) in ms: a spike at `from` is inside, one at `to` is not. */
export interface TimeWindow {
  /** Begin in ms, inside. */
  readonly from: number;
  /** End in ms, outside. */
  readonly to: number;
}

/**
 * Times are k · dt in floating point, so a spike that belongs on a border may lie one rounding error beside it.
 * Whatever is closer to a border than this (ms) counts as lying on it: far above the rounding of any t below 10⁸ ms,
 * far below any time step.
 */
export const borderTolerance = 1e-7;

/** True where `time` lies in the window, its borders read with `borderTolerance`. */
export function isInside(time: number, { from, to }: TimeWindow): boolean {
  return time >= from - borderTolerance && time < to - borderTolerance;
}

/** Refuses what is no window, and a window that is not finite or has no length. */
export function checkWindow(window: TimeWindow): void {
  if (typeof window !== "object" || window === null) {
    throw new NeuroweaveError("invalid-value", `the window is ${String(window)}`, {
      remedy: "give an object with from and to, in milliseconds",
    });
  }
  const { from, to } = window;
  if (Number.isFinite(from) && Number.isFinite(to) && to > from) return;
  throw new NeuroweaveError("out-of-range", `the window from ${from} ms to ${to} ms has no positive finite length`, {
    remedy: "give finite times with from < to, in milliseconds",
  });
}

/** Refuses a number of neurons that is not a positive whole number. */
export function checkNeuronCount(n: number): void {
  if (Number.isSafeInteger(n) && n > 0) return;
  throw new NeuroweaveError("invalid-n", `${n} is not a number of neurons`, {
    remedy: "pass the size of the population, a positive whole number",
  });
}

/**
 * Refuses spikes that do not fit a population of n neurons: throws `invalid-n` where n is no positive whole number,
 * `wrong-length` for lists of unequal length, `not-finite` for times that are not finite, and `out-of-range` for
 * neurons outside 0 … n − 1.
 */
export function checkSpikes({ times, ids }: SpikeList, n: number): void {
  checkNeuronCount(n);
  if (times.length !== ids.length) {
    throw new NeuroweaveError("wrong-length", `there are ${times.length} spike times and ${ids.length} neuron ids`, {
      remedy: "times and ids describe the same spikes, entry by entry, so they have one length",
    });
  }
  for (let k = 0; k < times.length; k++) {
    const id = ids[k]!;
    if (!Number.isInteger(id) || id < 0 || id >= n) {
      throw new NeuroweaveError("out-of-range", `spike ${k} belongs to neuron ${id}, and there are ${n} neurons`, {
        remedy: "neurons are counted from 0; pass the size of the population that the spikes come from",
      });
    }
    checkFiniteTime(times[k]!, k);
  }
}

/** Refuses times that are not finite or do not ascend; equal times are accepted (different neurons may share one). */
export function checkAscending(times: ArrayLike<number>): void {
  for (let k = 0; k < times.length; k++) {
    checkFiniteTime(times[k]!, k);
    if (k > 0 && times[k]! < times[k - 1]!) {
      throw new NeuroweaveError(
        "out-of-range",
        `spike ${k} at ${times[k]} ms comes before spike ${k - 1} at ${times[k - 1]} ms`,
        {
          remedy: "pass spike times in ascending order",
        },
      );
    }
  }
}

function checkFiniteTime(time: number, index: number): void {
  if (Number.isFinite(time)) return;
  throw new NeuroweaveError("not-finite", `the time of spike ${index} is ${time}`, {
    remedy: "spike times are finite numbers in milliseconds",
  });
}
