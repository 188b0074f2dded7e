import { checkOptions } from "@neuroweave/equations";
import { checkAscending, checkWindow } from "../spike-list.ts";
import type { RateCurve } from "./rates.ts";
import { checkStep, sampleTimes } from "./sample-times.ts";
import type { SampleOptions } from "./sample-times.ts";

/**
 * Instantaneous rate: 1000 / (tₖ₊₁ − tₖ) in Hz while tₖ ≤ t < tₖ₊₁, at the moments t = from, from + step, … ≤ to
 * (Pauluis & Baker 2000, Neural Comput. 12:647). 0 before the first spike and from the last one on, where no interval
 * is known, and so for trains of fewer than two spikes. Of simultaneous spikes all but the last are passed over.
 *
 * Throws `out-of-range` for a window or step without length or times that do not ascend, `not-finite`, and
 * `unknown-name` for an unknown option.
 */
export function instantaneousRate(times: ArrayLike<number>, options: SampleOptions): RateCurve {
  checkOptions("instantaneousRate", options, ["from", "to", "step"]);
  checkWindow(options);
  checkAscending(times);
  checkStep("instantaneousRate", options);
  const at = sampleTimes(options);
  let next = 0;
  const rate = at.map((t) => {
    while (next < times.length && times[next]! <= t) next++;
    return next === 0 || next === times.length ? 0 : 1000 / (times[next]! - times[next - 1]!);
  });
  return { times: at, rate };
}
