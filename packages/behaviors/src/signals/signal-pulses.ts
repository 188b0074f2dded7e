import { defineBehavior, NeuroweaveError, Phase } from "@neuroweave/model";
import { eventTimes } from "./event-times.ts";

/**
 * What a pulse does. `add`: the value grows by the amplitude, and goes on as the signal does: a release of dopamine. `impulse`: for one step
 * it is higher by amplitude / dt, so that its integral is the amplitude, in the unit of the signal times ms: a reward.
 */
export type PulseForm = "add" | "impulse";

const forms: Readonly<Record<PulseForm, string>> = {
  add: "value += due * amplitude",
  impulse: `
    value += due * amplitude / dt - lasting
    lasting = due * amplitude / dt
  `,
};

/**
 * Pulses of a signal at `times`, in ms, rounded to the grid, in any order; the step that begins at that time finds it. Two in one step
 * are one. Refuses times that are negative or not finite (out-of-range).
 */
export const SignalPulses = defineBehavior({
  name: "signalPulses",
  doc: "A signal grows at given moments.",
  source: "Izhikevich 2007, Cereb. Cortex 17:2443, eq. 2: DA(t)",
  scope: "instance",
  priority: Phase.Signal,
  requires: ["value"],
  parameters: { amplitude: { default: 1, doc: "size of a pulse" } },
  state: {
    due: { init: 0, unit: "1", doc: "1 in the step of a pulse" },
    lasting: { init: 0, doc: "what an impulse has added, which ends with its step" },
  },
  options: { times: [] as ArrayLike<number>, form: "add" as PulseForm },
  build({ times, form }) {
    if (!Object.hasOwn(forms, form))
      throw new NeuroweaveError("invalid-value", `pulses have no form ${String(form)}`, {
        candidates: Object.keys(forms),
        remedy: `The forms are ${Object.keys(forms).join(" and ")}.`,
      });
    const moments = eventTimes(times);
    return { events: { state: "due", times: moments, ids: new Float64Array(moments.length) }, equations: forms[form] };
  },
});
