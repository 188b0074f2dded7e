import { checkName } from "@neuroweave/equations";
import { defineBehavior } from "@neuroweave/model";
import { onlyOnProjections } from "./only-on-projections.ts";

/**
 * A variable of the source, times w, is what every synapse adds in every step: for populations that have rates instead of
 * spikes. `of` names the variable, which is read at the beginning of the step. It ends in a `CouplingReceptor`.
 */
export const RateCoupling = defineBehavior({
  name: "rateCoupling",
  doc: "A variable of the source, such as its rate, is an input of the target in every step.",
  source: "Wilson & Cowan 1972, Biophys. J. 12:1",
  scope: "instance",
  requires: onlyOnProjections,
  options: { of: "r" as string },
  build({ of }) {
    checkName(of, "a variable");
    return { coupling: `w * pre.${of}` };
  },
});
