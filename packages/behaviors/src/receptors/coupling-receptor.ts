import { defineReceptor } from "./define-receptor.ts";

/**
 * What arrives in a step is the current of that step, and nothing stays: for couplings, which add in every step. A spike that
 * lands here is a current of one step.
 */
export const CouplingReceptor = defineReceptor({
  name: "couplingReceptor",
  doc: "What couplings add is a current, held for the step.",
  source: "Own design.",
  state: { current: { init: 0, doc: "what arrived in this step, in the unit of the input" } },
  onArrival: "current = arriving",
  current: "current",
});
