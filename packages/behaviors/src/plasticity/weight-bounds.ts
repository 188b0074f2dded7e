import { defineBehavior, Phase, type ParameterValue } from "@neuroweave/model";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";

/**
 * Weights stay between `min` and `max`, one number or one for each synapse, whatever behavior writes them: at every write, and from the
 * beginning. `null` leaves a side open. Rules whose steps depend on the distance from a bound read them as w_min and w_max.
 */
export const WeightBounds = defineBehavior({
  name: "weightBounds",
  doc: "Weights stay between two bounds, at every write.",
  source: "Song, Miller & Abbott 2000, Nat. Neurosci. 3:919",
  priority: Phase.Bounds,
  requires: onlyOnProjections,
  parameters: {
    w_min: { default: 0, doc: "smallest weight" },
    w_max: { default: 1, doc: "largest weight" },
  },
  options: { min: 0 as ParameterValue | null, max: 1 as ParameterValue | null },
  build: ({ min, max }) => ({
    defaults: { ...(min === null ? {} : { w_min: min }), ...(max === null ? {} : { w_max: max }) },
    bounds: { w: { ...(min === null ? {} : { min: "w_min" }), ...(max === null ? {} : { max: "w_max" }) } },
  }),
});
