import { positive } from "../membrane-parameters.ts";
import { defineReceptor } from "./define-receptor.ts";

/**
 * A conductance that jumps by the weight at each spike and decays exponentially, solved exactly; its current
 * g · (E − v) follows the voltage, in every stage of the integration.
 */
export const ConductanceReceptor = defineReceptor({
  name: "conductanceReceptor",
  doc: "A conductance that jumps at each spike and decays; its current g · (E − v) goes to an input.",
  source: "Brette et al. 2007, J. Comput. Neurosci. 23:349, appendix, benchmark 1",
  parameters: {
    tau: { default: 5, unit: "ms", min: positive, doc: "decay time of the conductance" },
    E: { default: 0, unit: "mV", doc: "reversal potential" },
  },
  state: { g: { init: 0, doc: "conductance, in the unit of the weights" } },
  requires: ["v"],
  equations: "tau * dg/dt = -g",
  onArrival: "g += arriving",
  current: "g * (E - v)",
});
