import { defineBehavior, defineModel, type ParameterValue } from "@neuroweave/model";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { ConexPostTrace, ConexPreTrace } from "./conex-traces.ts";

const source =
  "CoNeX 0.1.5, behaviors/synapses/learning.py: SimpleiSTDP, SparseiSTDP, One2OneiSTDP; after Vogels et al. 2011, Science 334:1569";

const ConexSymmetricPairs = defineBehavior({
  name: "conexSymmetricPairs",
  doc: "Presynaptic spikes change weights by the distance of the postsynaptic trace from alpha, postsynaptic ones by the presynaptic trace.",
  source,
  adaptive: true,
  requires: [...onlyOnProjections, "w", "pre_trace", "post_trace", "tau_post"],
  parameters: {
    lr: { default: 1e-5, doc: "learning rate, in the unit of w" },
    rho: { default: 5, unit: "Hz", min: 0, doc: "rate of the target that the rule aims at; Vogels et al. 2011" },
    alpha: { default: 0, unit: "1", doc: "trace of the target that the rule aims at, where it is given" },
  },
  options: { alpha: undefined as ParameterValue | undefined, is_inhibitory: true as boolean },
  build: ({ alpha, is_inhibitory }) => ({
    onPre: `w += ${is_inhibitory ? "-" : ""}lr * (${alpha === undefined ? "2 * rho * tau_post / 1000" : "alpha"} - post_trace)`,
    onPost: "w += lr * pre_trace",
    ...(alpha === undefined ? {} : { defaults: { alpha } }),
  }),
}); // prettier-ignore

/**
 * Inhibitory STDP as CoNeX computes it: ΔW = lr · (± pre_spike · (alpha − post_trace) + pre_trace · post_spike), with minus where the
 * source `is_inhibitory`, as it is unless said otherwise: W ≥ 0 is then the size of an inhibition that keeps the target at its rate.
 * alpha is 2 · rho · tau / 1000 unless given, rho in Hz and tau in ms. A dialect: results depend on dt by its traces, those of `STDP`.
 */
export const ISTDP = defineModel("ISTDP", [ConexPreTrace, ConexPostTrace, ConexSymmetricPairs], {
  doc: "Symmetric spike-timing dependent plasticity of inhibition as CoNeX computes it.",
  source,
});
