import { defineBehavior, Phase } from "@neuroweave/model";
import { I_tau, primingBy, provocativeness } from "./priming.ts";

/**
 * The distal compartment, for context of the same area: what arrives primes the neuron, that is lifts its voltage towards a fraction of
 * the way from rest to threshold, so that it fires earlier but not by this alone. Counts steps as CoNeX does; see `ProximalDendrite`.
 */
export const DistalDendrite = defineBehavior({
  name: "distalDendrite",
  doc: "What arrives lifts the voltage towards a fraction of the threshold, saturating, and never lowers it while positive.",
  source: "CoNeX 0.1.5, SimpleDendriteStructure and SimpleDendriteComputation",
  scope: "instance",
  priority: Phase.Current,
  parameters: { I_tau, provocativeness },
  state: {
    I_distal: { init: 0, doc: "what arrives in this step" },
    I_primed: { init: 0, doc: "the current that it makes" },
  },
  requires: ["I", "v", "v_rest", "threshold", "tau", "R"],
  onArrival: "I_distal = arriving",
  equations: primingBy("I_distal"),
});
