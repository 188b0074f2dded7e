import { positive } from "../membrane-parameters.ts";
import { defineReceptor } from "./define-receptor.ts";
import { doubleExponentialKernel, rise, riseAndDecay } from "./rise-and-decay.ts";

/**
 * A slow conductance that magnesium blocks at rest: I += g · (E − v) / (1 + [Mg]/beta · e^(−alpha v)). The block follows the
 * voltage at once; g is that of the double exponential receptors, its peak without block is the weight, and is solved exactly.
 */
export const NMDAReceptor = defineReceptor({
  name: "nMDAReceptor",
  doc: "A slow conductance that rises and decays, blocked by magnesium unless the cell is depolarised.",
  source: "Jahr & Stevens 1990, J. Neurosci. 10:3178; time constants of Wang 2002, Neuron 36:955",
  parameters: {
    ...riseAndDecay(2, 100),
    E: { default: 0, unit: "mV", doc: "reversal potential" },
    Mg: { default: 1, unit: "mM", min: 0, doc: "concentration of magnesium outside the cell" },
    alpha: { default: 0.062, unit: "1/mV", doc: "steepness of the block" },
    beta: { default: 3.57, unit: "mM", min: positive, doc: "concentration that blocks half of the channels at 0 mV" },
  },
  state: { rise, g: { init: 0, doc: "conductance without block, in the unit of the weights" } },
  requires: ["v"],
  equations: doubleExponentialKernel("g"),
  onArrival: "rise += arriving",
  current: "g * (E - v) / (1 + Mg / beta * exp(-alpha * v))",
});
