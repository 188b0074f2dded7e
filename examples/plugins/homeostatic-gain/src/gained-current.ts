import { defineBehavior } from "neuroweave";

/** The bias current that `HomeostaticGain` scales. */
export const GainedCurrent = defineBehavior({
  name: "gainedCurrent",
  doc: "A constant current, times the gain of homeostasis.",
  source: "A rule of its own",
  parameters: { bias: { default: 5, doc: "current at a gain of 1, in the unit of the input" } },
  requires: ["gain", "I"],
  equations: "I += bias * gain",
});
