import { defineBehavior, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";

/**
 * Every spike raises the neuron's `threshold` by `theta_plus`, and what spikes have added, `theta`, decays with `tau_theta`, exactly
 * whatever dt is. The threshold is that of `Fire`, moved by the changes of theta: it begins where it is given, so a theta that does not
 * begin at 0 is to be part of it. While nothing learns, theta stands, as in the paper's test runs.
 */
export const AdaptiveThreshold = defineBehavior({
  name: "adaptiveThreshold",
  doc: "Every spike raises the threshold, which comes back very slowly.",
  source: "Diehl & Cook 2015, Front. Comput. Neurosci. 9:99; values of their program",
  adaptive: true,
  priority: Phase.Homeostasis,
  requires: ["threshold"],
  parameters: {
    theta_plus: { default: 0.05, unit: "mV", doc: "what a spike adds to the threshold" },
    tau_theta: { default: 1e7, unit: "ms", min: positive, doc: "decay of what spikes have added" },
  },
  state: { theta: { init: 0, unit: "mV", doc: "what spikes have added to the threshold" } },
  // 1 − e^(−x) = x exprel(−x), which loses nothing where dt is a billionth of tau_theta.
  equations: `
    let elapsed = dt / tau_theta
    let change = (spike > 0 ? theta_plus : 0) - theta * elapsed * exprel(-elapsed)
    theta += change
    threshold += change
  `,
});
