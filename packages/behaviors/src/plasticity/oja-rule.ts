import { defineBehavior, Phase } from "@neuroweave/model";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { eta, ofEnds } from "./rate-rule.ts";

/**
 * Oja's rule, dw/dt = eta y (x − y w) with x = pre.r and y = post.r. The weights of a linear neuron go to the leading eigenvector of
 * E[x xᵀ], of norm 1. Stable for eta y² dt well below 1. `of` names the variable.
 */
export const OjaRule = defineBehavior({
  name: "ojaRule",
  doc: "Hebb's rule with a decay that keeps the norm of the weights of a neuron at 1.",
  source: "Oja 1982, J. Math. Biol. 15:267, eq. 6",
  priority: Phase.Learning,
  adaptive: true,
  requires: [...onlyOnProjections, "w"],
  parameters: { eta },
  options: { of: "r" as string },
  build: ({ of }) => ofEnds(of, (x, y) => `w += dt * eta * ${y} * (${x} - ${y} * w)`),
});
