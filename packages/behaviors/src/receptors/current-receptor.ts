import { positive } from "../membrane-parameters.ts";
import { defineReceptor } from "./define-receptor.ts";

/** A current that jumps by the weight at each spike and decays exponentially, solved exactly. */
export const CurrentReceptor = defineReceptor({
  name: "currentReceptor",
  doc: "A current that jumps at each spike and decays.",
  source: "Brette et al. 2007, J. Comput. Neurosci. 23:349, appendix, benchmark 2",
  parameters: { tau: { default: 5, unit: "ms", min: positive, doc: "decay time of the current" } },
  state: { current: { init: 0, doc: "current, in the unit of the weights" } },
  equations: "tau * dcurrent/dt = -current",
  onArrival: "current += arriving",
  current: "current",
});
