import { defineBehavior, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";

/**
 * Weights of each target sum to `norm`: in each step, behind learning, w *= norm / Σw. A target whose weights sum to 0 has them times
 * `norm`, as in CoNeX. Where sums may pass through 0, as with weights of either sign, there is no such scale; keep weights ≥ 0. For weights
 * that synapses share, the sum is none of a target's: refused.
 */
export const WeightNormalization = defineBehavior({
  name: "weightNormalization",
  doc: "The weights of each target are scaled to a sum, in every step.",
  source: "CoNeX 0.1.5, behaviors/synapses/specs.py: WeightNormalization; Malsburg 1973, Kybernetik 14:85",
  priority: Phase.Normalization,
  adaptive: true,
  requires: [...onlyOnProjections, "w"],
  parameters: { norm: { default: 1, min: positive, per: "target", doc: "sum of the weights of a target" } },
  signals: { total: { of: "w", by: "sum", per: "target" } },
  equations: "w = w * (norm / (total == 0 ? 1 : total))",
});
