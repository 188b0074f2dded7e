import { defineBehavior, Phase } from "@neuroweave/model";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { eta, ofEnds } from "./rate-rule.ts";

/**
 * Hebb's rule for rates, dw/dt = eta (post.r − theta_post) (pre.r − theta_pre). With both thresholds 0 it is the plain product, which
 * grows without end; with the mean rates it is the covariance rule, which can depress too. `of` names the variable. Weights add up what
 * each step brings, with the rates at its end.
 */
export const HebbianRule = defineBehavior({
  name: "hebbianRule",
  doc: "A weight grows with the product of the rates of its ends.",
  source: "Hebb 1949, The Organization of Behavior; Sejnowski 1977, J. Math. Biol. 4:303; Dayan & Abbott 2001, Theoretical Neuroscience, eqs. 8.2 and 8.8",
  priority: Phase.Learning,
  adaptive: true,
  requires: [...onlyOnProjections, "w"],
  parameters: {
    eta,
    theta_pre: { default: 0, per: "source", doc: "presynaptic rate that does not change weights" },
    theta_post: { default: 0, per: "target", doc: "postsynaptic rate that does not change weights" },
  },
  options: { of: "r" as string },
  build: ({ of }) => ofEnds(of, (pre, post) => `w += dt * eta * (${post} - theta_post) * (${pre} - theta_pre)`),
}); // prettier-ignore
