import { defineBehavior, Phase } from "@neuroweave/model";
import { I_tau, primingBy, provocativeness } from "./priming.ts";

/**
 * The apical compartment, for context from other areas: what arrives primes the neuron, that is lifts its voltage towards a fraction of
 * the way from rest to threshold, so that it fires earlier but not by this alone. Counts steps as CoNeX does; see `ProximalDendrite`.
 */
export const ApicalDendrite = defineBehavior({
  name: "apicalDendrite",
  doc: "What arrives lifts the voltage towards a fraction of the threshold, saturating, and never lowers it while positive.",
  source: "CoNeX 0.1.5, SimpleDendriteStructure and SimpleDendriteComputation",
  scope: "instance",
  priority: Phase.Current,
  parameters: { I_tau, provocativeness },
  state: {
    I_apical: { init: 0, doc: "what arrives in this step" },
    I_primed: { init: 0, doc: "the current that it makes" },
  },
  requires: ["I", "v", "v_rest", "threshold", "tau", "R"],
  onArrival: "I_apical = arriving",
  equations: primingBy("I_apical"),
});
