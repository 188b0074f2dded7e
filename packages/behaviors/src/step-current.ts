import { defineStimulus } from "./define-stimulus.ts";

/** A current that is on while start ≤ t < stop; with stop = 0, its default, from start on. */
export const StepCurrent = defineStimulus({
  name: "stepCurrent",
  doc: "A current that is on while start ≤ t < stop.",
  source: "Current clamp",
  parameters: {
    amplitude: { default: 0, doc: "current, in the unit of the input" },
    start: { default: 0, unit: "ms", min: 0, onGrid: true, doc: "first moment" },
    stop: { default: 0, unit: "ms", min: 0, onGrid: true, doc: "first moment after; 0 never comes" },
  },
  current: "(t >= start and (t < stop or stop == 0) ? amplitude : 0)",
});
