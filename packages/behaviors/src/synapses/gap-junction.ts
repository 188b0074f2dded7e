import { defineBehavior } from "@neuroweave/model";
import { onlyOnProjections } from "./only-on-projections.ts";

/**
 * An electrical synapse: w · (v_source − v_target) flows into the target in every step, w its conductance, with the voltages at
 * the beginning of the step. One direction; a junction of two cells takes two synapses. It ends in a `CouplingReceptor`.
 */
export const GapJunction = defineBehavior({
  name: "gapJunction",
  doc: "A current proportional to the difference of two voltages flows into the target in every step.",
  source: "Bennett 1966, Ann. N.Y. Acad. Sci. 137:509",
  scope: "instance",
  requires: onlyOnProjections,
  coupling: "w * (pre.v - post.v)",
});
