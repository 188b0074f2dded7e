import { defineBehavior, Phase, type ParameterValue } from "@neuroweave/model";

/** A spike where the voltage comes to its threshold from below: one per action potential, and nothing is reset. */
export const UpwardCrossing = defineBehavior({
  name: "upwardCrossing",
  doc: "A spike in the step in which the voltage reaches the threshold from below.",
  source: "The usual definition of a spike time in models that make their own action potentials",
  priority: Phase.Firing + 1,
  parameters: { threshold: { default: 0, unit: "mV", doc: "voltage whose crossing is a spike" } },
  state: {
    below: { init: "v < threshold ? 1 : 0", unit: "1", doc: "1 if the voltage was below the threshold a step ago" },
  },
  requires: ["v"],
  options: {
    /** Not zero for neurons whose spike stands in the step before the first. */
    init_s: 0 as ParameterValue,
  },
  build: ({ init_s }) => ({
    spike: "below > 0 and v >= threshold",
    equations: "below = v < threshold ? 1 : 0",
    initialSpikes: init_s,
  }),
});
