import { checkNumber, checkOptions } from "@neuroweave/equations";
import { borderTolerance, checkAscending, checkWindow, isInside } from "../spike-list.ts";
import type { TimeWindow } from "../spike-list.ts";
import type { RateCurve } from "./rates.ts";
import { checkStep, sampleTimes } from "./sample-times.ts";

export interface SlidingRateOptions extends TimeWindow {
  /** Length of the window that slides, in ms. */
  readonly width: number;
  /** Distance of its positions, in ms. */
  readonly step: number;
}

/**
 * Rate in a window that slides over the train: at the moments t = from, from + step, … ≤ to the spikes in
 * [t − width/2, t + width/2) divided by `width`, in Hz (Dayan & Abbott 2001, Theoretical Neuroscience, section 1.2).
 * Where the window sticks out of [from, to) it is cut there and its count divided by the length that is left.
 *
 * Throws `out-of-range` for a window, width or step without length, or times that do not ascend, `not-finite`, and
 * `unknown-name` for an unknown option.
 */
export function slidingRate(times: ArrayLike<number>, options: SlidingRateOptions): RateCurve {
  checkOptions("slidingRate", options, ["from", "to", "width", "step"]);
  const { from, to, width, step } = options;
  checkWindow({ from, to });
  checkAscending(times);
  checkNumber("slidingRate: width", width, { above: 0 });
  checkStep("slidingRate", options);
  const inside = Float64Array.from(times).filter((time) => isInside(time, { from, to }));
  const at = sampleTimes({ from, to, step });
  let [first, next] = [0, 0];
  const rate = at.map((t) => {
    const start = Math.max(from, t - width / 2);
    const end = Math.min(to, t + width / 2);
    while (next < inside.length && inside[next]! < end - borderTolerance) next++;
    while (first < next && inside[first]! < start - borderTolerance) first++;
    return (1000 * (next - first)) / (end - start);
  });
  return { times: at, rate };
}
