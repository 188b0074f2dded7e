import { defineBehavior, NeuroweaveError, Phase } from "@neuroweave/model";
import { eventTimes } from "./event-times.ts";

/** Times are told apart to a millionth of a ms; a schedule is kept as rows of equal length, at most so many. */
const resolution = 1e6;
const mostRows = 1e6;

/** The longest interval of which all times are multiples, in millionths of a ms. */
function intervalOf(times: readonly number[]): number {
  return times.reduce((a, b) => {
    while (b > 0) [a, b] = [b, a % b];
    return a;
  }, 0);
}

/** The values as rows of one interval, each valid from its time on. */
function rowsOf(times: Float64Array, values: ArrayLike<number>): { readonly values: Float64Array; readonly every: number } {
  const ticks = Array.from(times, (time) => Math.round(time * resolution));
  const interval = intervalOf(ticks) || resolution;
  const last = Math.max(0, ...ticks) / interval;
  if (last >= mostRows)
    throw new NeuroweaveError("out-of-range", `a schedule of ${times.length} times in steps of ${interval / resolution} ms has ${last + 1} rows`, { remedy: `Round the times, so that at most ${mostRows} steps of their common interval are left.` });
  const rows = new Float64Array(last + 1);
  const byTime = ticks.map((tick, j) => [tick / interval, values[j]!] as const).sort(([a], [b]) => a - b);
  for (const [j, [row, value]] of byTime.entries()) rows.fill(value, row, byTime[j + 1]?.[0] ?? last + 1);
  return { values: rows, every: interval / resolution };
} // prettier-ignore

/**
 * Values of a signal at `times`, in ms, on the grid of the network, in any order: the step that begins at times[j] finds values[j]. In
 * between the signal goes on as it does: it stays, or with tau goes back to its baseline. Refuses lists of different length
 * (wrong-length), times that are negative, not finite or the same (out-of-range), and values that are not finite.
 */
export const SignalSchedule = defineBehavior({
  name: "signalSchedule",
  doc: "A signal takes given values at given moments.",
  source: "Own design.",
  scope: "instance",
  priority: Phase.Signal,
  requires: ["value"],
  state: { due: { init: 0, unit: "1", doc: "1 in the step of a new value" } },
  options: { times: [] as ArrayLike<number>, values: [] as ArrayLike<number> },
  build({ times, values }) {
    if (times.length !== values.length)
      throw new NeuroweaveError("wrong-length", `there are ${times.length} times and ${values.length} values`, {
        remedy: "Give one value for each time.",
      });
    const moments = eventTimes(times);
    const bad = Array.from(values).findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new NeuroweaveError("not-finite", `values[${bad}] is ${String(values[bad])}`, { remedy: "Give finite numbers." });
    if (new Set(Array.from(moments, (time) => Math.round(time * resolution))).size < moments.length)
      throw new NeuroweaveError("out-of-range", "two values are scheduled for one time", { remedy: "Give every time once." });
    return {
      events: { state: "due", times: moments, ids: new Float64Array(moments.length) },
      tables: { scheduled: rowsOf(moments, values) },
      equations: "value = due > 0 ? scheduled : value",
    };
  },
}); // prettier-ignore
