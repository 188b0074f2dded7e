import { defineBehavior, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";

/**
 * Weights decay exponentially to `w_inf` with `tau_w`, exactly whatever dt is, each step or each so many ms (`every`). It is an
 * increment at `Learning`, so that it stands beside rules that add at spikes.
 */
export const WeightDecay = defineBehavior({
  name: "weightDecay",
  doc: "Weights decay exponentially to a value.",
  source: "Gerstner & Kistler 2002, Biol. Cybern. 87:404, the decay term of section 2",
  scope: "instance",
  adaptive: true,
  priority: Phase.Learning,
  requires: [...onlyOnProjections, "w"],
  parameters: {
    tau_w: { default: 1e5, unit: "ms", min: positive, doc: "time constant of the decay; own choice" },
    w_inf: { default: 0, doc: "weight to which the others decay, in their unit" },
    ms: { default: 1, unit: "ms", min: 1, max: 1, doc: "one millisecond, for the interval" },
  },
  options: {
    /** Interval in ms, a whole number of steps; every step unless given. */
    every: undefined as number | undefined,
  },
  // 1 − e^(−x) = x exprel(−x), without cancellation for slow decays.
  build: ({ every }) => ({
    equations: `
      let elapsed = ${every === undefined ? "dt" : every === 1 ? "ms" : `${every} * ms`} / tau_w
      w += (w_inf - w) * elapsed * exprel(-elapsed)
    `,
    ...(every === undefined ? {} : { every }),
  }),
});
