import { defineBehavior, Phase } from "@neuroweave/model";
import { I_tau } from "./priming.ts";

/**
 * The compartment near the soma: what arrives is a current that lasts one step, with `I_tau` > 1 fading by 1 / I_tau of itself in
 * each further step. CoNeX's arithmetic, which counts steps: the charge of a spike is its weight times dt, so that weights and
 * `I_tau` belong to one dt. `CurrentReceptor` is the same idea in ms.
 */
export const ProximalDendrite = defineBehavior({
  name: "proximalDendrite",
  doc: "What arrives is a current of one step, or one that fades from step to step.",
  source: "CoNeX 0.1.5, SimpleDendriteStructure and SimpleDendriteComputation",
  scope: "instance",
  priority: Phase.Current,
  parameters: { I_tau },
  state: { I_proximal: { init: 0, doc: "current, in the unit of the weights" } },
  requires: ["I"],
  onArrival: "I_proximal = I_proximal - I_proximal / I_tau + arriving",
  equations: "I += I_proximal",
});
