import { defineBehavior, NeuroweaveError } from "@neuroweave/model";

type Numbers = ArrayLike<number>;

/**
 * Neurons that spike at given moments: `ids[j]` spikes at `times[j]` ms, rounded to the grid, in any order. Two events of a
 * neuron in one step are one spike. Refuses lists of different length, times that are negative or not finite, and ids
 * that are no whole numbers ≥ 0; a population refuses ids that it does not have.
 */
export const SpikeTrain = defineBehavior({
  name: "spikeTrain",
  doc: "Spikes at given moments.",
  source: "Recorded or constructed spike trains",
  scope: "instance",
  state: { due: { init: 0, unit: "1", doc: "1 in the step of an event" } },
  options: { times: [] as Numbers, ids: [] as Numbers },
  build({ times, ids }) {
    if (times.length !== ids.length)
      throw refusal(
        "wrong-length",
        `there are ${times.length} times and ${ids.length} ids`,
        "Give one id for each time.",
      );
    for (const [index, time] of Array.from(times).entries())
      if (!Number.isFinite(time) || time < 0)
        throw refusal("out-of-range", `times[${index}] is ${String(time)}`, "Give finite times ≥ 0 ms.");
    for (const [index, id] of Array.from(ids).entries())
      if (!Number.isInteger(id) || id < 0)
        throw refusal("out-of-range", `ids[${index}] is ${String(id)}`, "Give whole numbers ≥ 0.");
    return {
      events: { state: "due", times: Float64Array.from(times), ids: Float64Array.from(ids) },
      spike: "due > 0",
    };
  },
});

function refusal(code: "wrong-length" | "out-of-range", what: string, remedy: string): NeuroweaveError {
  return new NeuroweaveError(code, what, { remedy });
}
