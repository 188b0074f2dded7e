import { defineReceptor } from "./define-receptor.ts";
import { doubleExponentialKernel, rise, riseAndDecay } from "./rise-and-decay.ts";

/**
 * A current f · (e^(−t/tau_decay) − e^(−t/tau_rise)) after each spike, times the weight, with f such that its peak is the weight.
 * Solved exactly. Equal time constants give the alpha function.
 */
export const DoubleExponentialCurrent = defineReceptor({
  name: "doubleExponentialCurrent",
  doc: "A current that rises with one time constant and decays with another; its peak is the weight.",
  source: "Roth & van Rossum 2009, in Computational Modeling Methods for Neuroscientists, ch. 6; defaults of NEURON's Exp2Syn",
  parameters: riseAndDecay(0.1, 10),
  state: { rise, current: { init: 0, doc: "current, in the unit of the weights" } },
  equations: doubleExponentialKernel("current"),
  onArrival: "rise += arriving",
  current: "current",
}); // prettier-ignore
