import { defineBehavior, Phase } from "@neuroweave/model";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";

/**
 * Weights are clipped once in every step, behind learning and normalization, as CoNeX does: a spike that comes between may find one
 * outside, and weights may begin there. `WeightBounds` holds at every write instead. Its w_min and w_max are its own: CoNeX's rules have others.
 */
export const WeightClip = defineBehavior({
  name: "weightClip",
  doc: "At the end of each step weights are clipped to a range.",
  source: "CoNeX 0.1.5, WeightClip",
  scope: "instance",
  adaptive: true,
  priority: Phase.Bounds,
  requires: [...onlyOnProjections, "w"],
  parameters: {
    w_min: { default: 0, doc: "smallest weight" },
    w_max: { default: 1, doc: "largest weight" },
  },
  equations: "w = clip(w, w_min, w_max)",
});
