import { defineBehavior, type ParameterValue } from "@neuroweave/model";

/** A spike at the threshold, and a reset. */
export const Fire = defineBehavior({
  name: "fire",
  doc: "A spike where the voltage has reached the threshold; then the voltage is reset.",
  source: "Stein 1965, Biophys. J. 5:173; Gerstner, Kistler, Naud & Paninski 2014, Neuronal Dynamics, section 1.3",
  parameters: {
    threshold: { default: -50, unit: "mV", doc: "voltage of a spike" },
    v_reset: { default: -70, unit: "mV", doc: "voltage after a spike" },
  },
  requires: ["v"],
  options: {
    /** Whether the voltage must be above the threshold, and not just at it. */
    strict: false,
    /** Not zero for neurons whose spike stands in the step before the first. */
    init_s: 0 as ParameterValue,
  },
  build: ({ strict, init_s }) => ({
    spike: strict ? "v > threshold" : "v >= threshold",
    onSpike: "v = v_reset",
    initialSpikes: init_s,
  }),
});
