/** Synaptic scaling: all weights of a neuron grow and shrink together, so that it comes to an activity. */
import { defineBehavior, defineModel, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";

const source =
  "van Rossum, Bi & Turrigiano 2000, J. Neurosci. 20:8812, eqs. 4 and 5; Turrigiano et al. 1998, Nature 391:892";

/** A slow estimate of the rate of each target. It is a trace: it goes on while nothing learns. */
const PostActivity = defineBehavior({
  name: "postActivity",
  doc: "A slow estimate of the rate of each target, from its spikes.",
  source,
  priority: Phase.Trace,
  requires: onlyOnProjections,
  parameters: { tau_activity: { default: 1e5, unit: "ms", min: positive, per: "target", doc: "time over which activity is averaged" } },
  state: { activity: { init: 0, unit: "Hz", per: "target", doc: "rate of the target, averaged over tau_activity" } },
  equations: "activity = activity * exp(-dt / tau_activity)",
  onPost: "activity += 1000 / tau_activity",
}); // prettier-ignore

const ScalingRule = defineBehavior({
  name: "scalingRule",
  doc: "Weights change in proportion to themselves, to what is missing in activity and to what has been missing so far.",
  source,
  adaptive: true,
  priority: Phase.Learning,
  requires: [...onlyOnProjections, "w", "activity"],
  parameters: {
    activity_goal: { default: 10, unit: "Hz", min: 0, per: "target", doc: "rate that is wanted; own choice" },
    beta_scaling: { default: 4e-5, min: 0, doc: "relative change for each second and Hz that is missing" },
    gamma_scaling: {
      default: 1e-7,
      min: 0,
      doc: "relative change for each second and each Hz · s that has been missing",
    },
  },
  state: { deficit: { init: 0, per: "target", doc: "what has been missing in activity so far, in Hz · s" } },
  equations: `
    let missing = activity_goal - activity
    let growth = (beta_scaling * missing + gamma_scaling * deficit) * dt / 1000
    deficit += missing * dt / 1000
    w += w * growth * exprel(growth)
  `,
});

/**
 * dw/dt = β w (a_goal − a) + γ w ∫ (a_goal − a) dt, for all synapses of a target: a is the rate of the target, averaged over
 * tau_activity. Ratios and signs of weights stay. β and γ are per second; a step is exact for an activity that stands.
 */
export const SynapticScaling = defineModel("SynapticScaling", [PostActivity, ScalingRule], {
  doc: "Synaptic scaling by a slow estimate of activity.",
  source,
});
