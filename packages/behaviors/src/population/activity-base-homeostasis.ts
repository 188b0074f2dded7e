import { defineBehavior, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { formOf, type HomeostasisDialect } from "./homeostasis-dialect.ts";

/** Windows end with the steps whose number, counted from 1, is a multiple of the window, whenever the behavior was attached. */
const equations = (window: string): string => `
  let window = ${window}
  let done = round(t / dt) + 1
  let left = done - window * floor(done / window)
  let balance = activities + (spike > 0 ? 1 : -activity_rate / (window - activity_rate))
  threshold = left == 0 ? threshold + balance * updating_rate : threshold
  activities = left == 0 ? 0 : balance
  updating_rate = left == 0 ? updating_rate * decay_rate : updating_rate
`;

/**
 * Moves each threshold towards the one at which the neuron spikes `activity_rate` times in a window: a spike counts 1, a
 * step without one −activity_rate / (window − activity_rate), which is zero in sum at that rate; at the end of each window the
 * sum times `updating_rate` goes to the threshold. `window_size` is in ms, with `dialect: "conex"` in steps.
 */
export const ActivityBaseHomeostasis = defineBehavior({
  name: "activityBaseHomeostasis",
  doc: "Thresholds follow activity, so that each neuron spikes as often as wanted in a window.",
  source: "CoNeX 0.1.5, ActivityBaseHomeostasis",
  adaptive: true,
  priority: Phase.Firing + 1,
  parameters: {
    activity_rate: {
      default: 2,
      unit: "1",
      min: 0,
      doc: "spikes of a neuron in a window that are wanted; fewer than its steps",
    },
    window_size: { default: 100, min: positive, doc: "length of a window in ms; in steps with dialect conex" },
    updating_rate: { default: 0.01, unit: "mV", doc: "what one spike too many adds to the threshold" },
    decay_rate: { default: 1, unit: "1", min: 0, doc: "factor of updating_rate from window to window" },
  },
  state: { activities: { init: 0, unit: "1", doc: "balance of the present window" } },
  requires: ["threshold"],
  options: { dialect: "default" as HomeostasisDialect },
  build: ({ dialect }) =>
    formOf(dialect, {
      default: { equations: equations("round(window_size / dt)") },
      conex: { equations: equations("window_size") },
    }),
});
