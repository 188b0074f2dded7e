import { defineBehavior, NeuroweaveError, type EventList } from "@neuroweave/model";

type Numbers = ArrayLike<number>;

/** Events of a stream that comes as data: called with [from, to) in ms, and always giving the same for the same times. */
type Stream = NonNullable<EventList["stream"]>;

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
  options: { times: [] as Numbers, ids: [] as Numbers, stream: undefined as Stream | undefined },
  build({ times, ids, stream }) {
    if (stream !== undefined && (times.length > 0 || ids.length > 0))
      throw refusal("invalid-value", "there are lists of spikes and a stream of them", "Give one or the other.");
    if (stream !== undefined && typeof stream !== "function")
      throw refusal("invalid-value", "the stream is no function", "Give (from, to) => ({ times, ids }).");
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
      events: { state: "due", times: Float64Array.from(times), ids: Float64Array.from(ids), stream },
      spike: "due > 0",
    };
  },
});

function refusal(
  code: "wrong-length" | "out-of-range" | "invalid-value",
  what: string,
  remedy: string,
): NeuroweaveError {
  return new NeuroweaveError(code, what, { remedy });
}
