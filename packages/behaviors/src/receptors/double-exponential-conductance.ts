import { defineReceptor } from "./define-receptor.ts";
import { doubleExponentialKernel, rise, riseAndDecay } from "./rise-and-decay.ts";

/**
 * A conductance f · (e^(−t/tau_decay) − e^(−t/tau_rise)) after each spike, times the weight, with f such that its peak is the
 * weight. Solved exactly; its current g · (E − v) follows the voltage. Equal time constants give the alpha function.
 */
export const DoubleExponentialConductance = defineReceptor({
  name: "doubleExponentialConductance",
  doc: "A conductance that rises with one time constant and decays with another; its peak is the weight.",
  source: "Roth & van Rossum 2009, in Computational Modeling Methods for Neuroscientists, ch. 6; defaults of NEURON's Exp2Syn",
  parameters: { ...riseAndDecay(0.1, 10), E: { default: 0, unit: "mV", doc: "reversal potential" } },
  state: { rise, g: { init: 0, doc: "conductance, in the unit of the weights" } },
  requires: ["v"],
  equations: doubleExponentialKernel("g"),
  onArrival: "rise += arriving",
  current: "g * (E - v)",
}); // prettier-ignore
