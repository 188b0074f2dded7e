/** Rules for which the order of spikes does not matter. */
import { defineBehavior, defineModel } from "@neuroweave/model";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { PostTrace, PreTrace } from "./spike-traces.ts";

const SymmetricRule = defineBehavior({
  name: "symmetricRule",
  doc: "Two spikes near each other in time potentiate in either order; every presynaptic spike depresses by a constant.",
  source: "Vogels, Sprekeler, Zenke, Clopath & Gerstner 2011, Science 334:1569, supplement eqs. 8 and 9",
  adaptive: true,
  requires: [...onlyOnProjections, "w", "x_pre", "x_post"],
  parameters: {
    A: { default: 0.01, doc: "potentiation by a pair without delay, in the unit of w" },
    alpha: { default: 0, unit: "1", doc: "depression by a presynaptic spike, in units of A" },
  },
  onPre: "w += A * (x_post - alpha)",
  onPost: "w += A * x_pre",
});

/**
 * Symmetric STDP: two spikes Δt apart change w by +A e^(−|Δt|/tau), with tau_plus where the presynaptic one comes first and tau_minus where
 * it comes last (20 ms each), and every presynaptic spike by −A · alpha. With alpha = 0 weights only grow: give `WeightBounds` or a
 * normalization. Two spikes of one step are one pair unless `tie` says otherwise; `pairing` as for `PairSTDP`, without `reduced`, which is
 * about order.
 */
export const SymmetricSTDP = defineModel("SymmetricSTDP", [PreTrace, PostTrace, SymmetricRule], {
  defaults: { tie: "potentiation" },
  doc: "Spike-timing dependent plasticity that ignores the order of spikes.",
  source: "Woodin, Ganguly & Poo 2003, Neuron 39:807; Vogels et al. 2011, Science 334:1569",
});

const InhibitoryRule = defineBehavior({
  name: "inhibitoryRule",
  doc: "Two spikes near each other in time potentiate in either order; a presynaptic spike depresses by what balances that at the target rate.",
  source: "Vogels, Sprekeler, Zenke, Clopath & Gerstner 2011, Science 334:1569, supplement eqs. 8 and 9",
  adaptive: true,
  requires: [...onlyOnProjections, "w", "x_pre", "x_post", "tau_plus", "tau_minus"],
  parameters: {
    eta: { default: 0.01, doc: "potentiation by a pair without delay, in the unit of w" },
    rho0: { default: 3, unit: "Hz", min: 0, doc: "rate of the targets at which weights stay" },
  },
  onPre: "w += eta * (x_post - rho0 * (tau_plus + tau_minus) / 1000)",
  onPost: "w += eta * x_pre",
});

/**
 * Inhibitory plasticity that keeps postsynaptic neurons at a rate: Δw = eta (x_post − alpha) at a presynaptic spike and eta x_pre at a
 * postsynaptic one, with alpha = rho0 (tau_plus + tau_minus), which is 2 rho0 tau for one time constant. At independent spikes the mean
 * change vanishes where the target spikes at rho0 (Hz). eta is in the unit of w. Weights are conductances, 0 or more: give
 * `WeightBounds({ min: 0 })`.
 */
export const InhibitorySTDP = defineModel("InhibitorySTDP", [PreTrace, PostTrace, InhibitoryRule], {
  defaults: { tie: "potentiation" },
  doc: "Inhibitory plasticity that balances excitation.",
  source: "Vogels, Sprekeler, Zenke, Clopath & Gerstner 2011, Science 334:1569; eta and rho0 of Zenke's network for Brian 1 (examples/twister)",
}); // prettier-ignore
