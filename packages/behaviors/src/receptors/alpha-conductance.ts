import { defineReceptor } from "./define-receptor.ts";
import { alphaKernel, rise, shortest } from "./rise-and-decay.ts";

/**
 * A conductance (t/tau) · e^(1 − t/tau) after each spike, times the weight: its peak, after tau, is the weight. Solved exactly;
 * its current g · (E − v) follows the voltage.
 */
export const AlphaConductance = defineReceptor({
  name: "alphaConductance",
  doc: "A conductance that rises and decays with one time constant; its peak is the weight.",
  source: "Rall 1967, J. Neurophysiol. 30:1138; default of NEST's iaf_cond_alpha",
  parameters: {
    tau: { default: 0.2, unit: "ms", min: shortest, doc: "time from a spike to the peak of its conductance" },
    E: { default: 0, unit: "mV", doc: "reversal potential" },
  },
  state: { rise, g: { init: 0, doc: "conductance, in the unit of the weights" } },
  requires: ["v"],
  equations: alphaKernel("g"),
  onArrival: "rise += arriving",
  current: "g * (E - v)",
});
