import { defineBehavior } from "@neuroweave/model";
import { onlyOnProjections } from "./only-on-projections.ts";

/**
 * What a synapse transmits is w times `current_coef`, and negative where the source `is_inhibitory`: weights learn in one unit, and act in
 * another. CoNeX takes the sign from the tag of the source.
 */
export const CurrentCoefficient = defineBehavior({
  name: "currentCoefficient",
  doc: "Synapses transmit their weight times a coefficient.",
  source: "CoNeX 0.1.5, behaviors/synapses/dendrites.py: current_coef of SimpleDendriticInput and its kin",
  scope: "instance",
  requires: onlyOnProjections,
  parameters: { current_coef: { default: 1, doc: "input of the target per unit of w" } },
  options: { is_inhibitory: false as boolean },
  build: ({ is_inhibitory }) => ({ onPre: `efficacy = ${is_inhibitory ? "-" : ""}current_coef` }),
});
