import { defineBehavior, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { eta, ofEnds } from "./rate-rule.ts";

/**
 * The rule of Bienenstock, Cooper and Munro in the form of Intrator and Cooper: dw/dt = eta x y (y − theta), tau_theta dtheta/dt =
 * y² / r_0 − theta, with x = pre.r and y = post.r. Rates above the threshold potentiate, rates below depress; the threshold slides
 * fast enough to keep y finite where eta tau_theta x² y is small against 1. A neuron that sees one of K orthogonal patterns at a time,
 * each with the probability p, ends up selective: it answers to one of them with r_0 / p, to the others with 0. `of` names the variable.
 */
export const BCMRule = defineBehavior({
  name: "bCMRule",
  doc: "Rates above a sliding threshold potentiate, rates below depress.",
  source: "Bienenstock, Cooper & Munro 1982, J. Neurosci. 2:32; Intrator & Cooper 1992, Neural Netw. 5:3",
  priority: Phase.Learning,
  adaptive: true,
  requires: [...onlyOnProjections, "w"],
  parameters: {
    eta,
    tau_theta: { default: 1000, unit: "ms", min: positive, per: "target", doc: "time over which the threshold averages; own choice" },
    r_0: { default: 1, min: positive, per: "target", doc: "rate at which the threshold is as large as the rate itself, in the unit of the rate" },
  },
  state: { theta: { init: 0, per: "target", doc: "threshold between depression and potentiation, in the unit of the rate" } },
  options: { of: "r" as string },
  build: ({ of }) =>
    ofEnds(of, (x, y) => `
      let square = ${y} * ${y} / r_0
      theta = square + (theta - square) * exp(-dt / tau_theta)
      w += dt * eta * ${x} * ${y} * (${y} - theta)
    `),
}); // prettier-ignore
