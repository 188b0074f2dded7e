import { defineBehavior, Phase } from "@neuroweave/model";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";

/**
 * Weights are clipped once in a step, behind learning and normalization, as CoNeX does; in between they may lie outside. `WeightBounds`
 * holds at every write, and is what rules with dependence read.
 */
export const WeightClip = defineBehavior({
  name: "weightClip",
  doc: "Weights are clipped at the end of each step.",
  source: "CoNeX 0.1.5, behaviors/synapses/specs.py: WeightClip",
  scope: "instance",
  priority: Phase.Bounds,
  adaptive: true,
  requires: [...onlyOnProjections, "w"],
  parameters: {
    w_min: { default: 0, doc: "smallest weight" },
    w_max: { default: 1, doc: "largest weight" },
  },
  equations: "w = min(max(w, w_min), w_max)",
});
