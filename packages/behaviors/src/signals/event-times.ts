/** Times that people give for what happens to a signal. */
import { NeuroweaveError } from "@neuroweave/model";

/** The times as a list of their own. Refuses what is negative or not finite. */
export function eventTimes(times: ArrayLike<number>): Float64Array {
  for (const [index, time] of Array.from(times).entries())
    if (!Number.isFinite(time) || time < 0)
      throw new NeuroweaveError("out-of-range", `times[${index}] is ${String(time)}`, {
        remedy: "Give finite times ≥ 0 ms.",
      });
  return Float64Array.from(times);
}
