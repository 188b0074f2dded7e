import { checkName } from "@neuroweave/equations";
import { defineBehavior, defineModel, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { boundFactor, conexPairParameters, meanOver, type ConexBound } from "./conex-bounds.ts";
import { ConexPostTrace, ConexPreTrace } from "./conex-traces.ts";

const source =
  "CoNeX 0.1.5, behaviors/synapses/learning.py: SimpleRSTDP; behaviors/network/neuromodulators.py: Dopamine";

const ConexEligibility = defineBehavior({
  name: "conexEligibility",
  doc: "What STDP would change joins an eligibility, which has lost its part of the step.",
  source,
  adaptive: true,
  requires: [...onlyOnProjections, "w", "pre_trace", "post_trace"],
  parameters: { ...conexPairParameters, tau_c: { default: 1000, unit: "1", min: positive, doc: "decay of eligibility, in steps" } },
  state: { c: { init: 0, per: "weight", doc: "eligibility" } },
  options: { positive_bound: "no_bound" as ConexBound, negative_bound: "no_bound" as ConexBound, positions: 1 as number },
  build: ({ positive_bound, negative_bound, positions }) => ({
    equations: "c = c - c / tau_c",
    onPre: `c += -(a_minus * post_trace${boundFactor(negative_bound, "w")})${meanOver(positions)}`,
    onPost: `c += a_plus * pre_trace${boundFactor(positive_bound, "w")}${meanOver(positions)}`,
  }),
}); // prettier-ignore

const ConexReinforcement = defineBehavior({
  name: "conexReinforcement",
  doc: "Dopamine turns eligibility into changes of weights, in each step.",
  source,
  priority: Phase.Learning + 5,
  adaptive: true,
  requires: [...onlyOnProjections, "w", "c"],
  options: { signal: "dopamine" as string },
  build({ signal }) {
    checkName(signal, "a signal");
    return { equations: `w += c * ${signal}` };
  },
});

/**
 * Reward-modulated STDP as CoNeX computes it: c += −c / tau_c + ΔW, then W += c · dopamine, without dt, ΔW being that of `STDP`. `signal`
 * names the signal of the network, "dopamine" unless given: one with the behavior `Dopamine`. A dialect: results depend on dt.
 * `RewardSTDP` is the rule whose results do not. On a projection whose synapses share weights (a convolution) they share eligibility too, and
 * `positions` is that of `STDP`.
 */
export const RSTDP = defineModel("RSTDP", [ConexPreTrace, ConexPostTrace, ConexEligibility, ConexReinforcement], {
  doc: "Reward-modulated spike-timing dependent plasticity as CoNeX computes it.",
  source,
});

/**
 * Dopamine of a signal as CoNeX computes it, in each step: d += −d / tau_dopamine + payoff, without dt. `payoff` names the signal of the
 * network that holds what is paid in this step. The signal itself has no tau: `net.signal("dopamine", { behaviors: [Dopamine()] })`.
 */
export const Dopamine = defineBehavior({
  name: "dopamine",
  doc: "A signal decays by a part of itself in each step, and grows by what is paid in it.",
  source,
  priority: Phase.Signal + 20,
  requires: ["value"],
  parameters: { tau_dopamine: { default: 200, unit: "1", min: positive, doc: "decay, in steps" } },
  options: { payoff: "payoff" as string },
  build({ payoff }) {
    checkName(payoff, "a signal");
    return { equations: `value = value - value / tau_dopamine + ${payoff}` };
  },
});
