import { defineBehavior, defineModel } from "@neuroweave/model";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { boundFactor, conexPairParameters, meanOver, type ConexBound } from "./conex-bounds.ts";
import { ConexPostTrace, ConexPreTrace } from "./conex-traces.ts";

const source =
  "CoNeX 0.1.5, behaviors/synapses/learning.py: SimpleSTDP, SparseSTDP, One2OneSTDP, Conv2dSTDP, Local2dSTDP";

/*
 * Both terms are of one W. Bounds therefore read the weight as it was before the step: synapses whose source spiked too have kept it
 * when their target's spike comes to them, and where weights are shared every synapse has kept it.
 */
const ConexPairs = defineBehavior({
  name: "conexPairs",
  doc: "Presynaptic spikes depress by the trace of postsynaptic ones, and the reverse potentiates, both from one weight.",
  source,
  adaptive: true,
  requires: [...onlyOnProjections, "w", "pre_trace", "post_trace", "caught_pre"],
  parameters: conexPairParameters,
  state: { w_before: { init: 0, doc: "the weight before the changes of a step, where bounds need it" } },
  options: { positive_bound: "no_bound" as ConexBound, negative_bound: "no_bound" as ConexBound, positions: 1 as number },
  build({ positive_bound, negative_bound, positions }) {
    const mean = meanOver(positions);
    const isShared = positions > 1;
    const bounded = positive_bound !== "no_bound" || negative_bound !== "no_bound";
    const down = `a_minus * post_trace${boundFactor(negative_bound, isShared ? "w_before" : "w")}`;
    const up = `a_plus * pre_trace${boundFactor(positive_bound, isShared ? "w_before" : "W")}`;
    if (isShared)
      return { ...(bounded ? { equations: "w_before = w" } : {}), onPre: `w += -(${down})${mean}`, onPost: `w += ${up}${mean}` };
    return {
      onPre: positive_bound === "no_bound" ? `w += -(${down})` : `w_before = w\nw += -(${down})`,
      onPost: positive_bound === "no_bound" ? `w += ${up}` : `let W = caught_pre == t ? w_before : w\nw += ${up}`,
    };
  },
}); // prettier-ignore

/**
 * STDP as CoNeX computes it, with CoNeX's names: ΔW = pre_trace · post_spike · a_plus · pb(W) − pre_spike · post_trace · a_minus · nb(W), in
 * steps, with traces that have the spikes of the step and decay by Euler's method (`tau_s`, or `tau_pre` and `tau_post`; `spike_scale`).
 * `positive_bound` and `negative_bound` are `no_bound`, `hard_bound` or `soft_bound`, with w_min and w_max; nothing else keeps weights
 * there: see `WeightClip`. CoNeX's delays of sources and destinations are `axonal` and `dendritic` of the projection. A dialect: results
 * depend on dt. `PairSTDP` is the rule whose results do not.
 *
 * On a projection whose synapses share weights (a convolution), changes of all positions add up; CoNeX's Conv2dSTDP takes their mean
 * over the positions: give `positions`, height times width of the target.
 */
export const STDP = defineModel("STDP", [ConexPreTrace, ConexPostTrace, ConexPairs], {
  doc: "Spike-timing dependent plasticity as CoNeX computes it.",
  source,
});
