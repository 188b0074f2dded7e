import { defineStimulus } from "./define-stimulus.ts";

/** A current that does not change. */
export const ConstantCurrent = defineStimulus({
  name: "constantCurrent",
  doc: "A current that does not change.",
  source: "Current clamp",
  parameters: { amplitude: { default: 0, doc: "current, in the unit of the input" } },
  current: "amplitude",
});
