/** Spike-timing dependent plasticity that waits for a reward. */
import { checkName } from "@neuroweave/equations";
import { defineBehavior, defineModel, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { pairChanges, pairParameters, type WeightDependence } from "./pair-stdp.ts";
import type { Pairing, Tie } from "./pairing.ts";
import { PostTrace, PreTrace } from "./spike-traces.ts";

const EligiblePairs = defineBehavior({
  name: "eligiblePairs",
  doc: "What pairs of spikes would change is kept as the eligibility of a synapse.",
  source: "Izhikevich 2007, Cereb. Cortex 17:2443, eqs. 1 and 2",
  adaptive: true,
  requires: [...onlyOnProjections, "w", "c"],
  parameters: pairParameters,
  options: { pairing: "all" as Pairing, tie: "none" as Tie, dependence: "additive" as WeightDependence },
  build(options) {
    const { up, down } = pairChanges(options);
    return { onPre: `c += -${down}`, onPost: `c += ${up}` };
  },
});

/*
 * Behind the pairs of its step, so that c is that of the beginning of the step, at which spikes are. Over a step, or over `every`, the
 * eligibility decays exactly, and its mean is c exprel(−Δ/tau_c). The product with the mean of the signal differs from the integral of
 * the product by the part dt²/(12 tau_c tau) at most where the signal decays with tau.
 */
const Reinforcement = defineBehavior({
  name: "reinforcement",
  doc: "A network-wide signal turns eligibility, which decays, into changes of weights.",
  source: "Izhikevich 2007, Cereb. Cortex 17:2443, eqs. 1 and 2",
  priority: Phase.Learning + 15,
  adaptive: true,
  requires: [...onlyOnProjections, "w"],
  parameters: {
    tau_c: { default: 1000, unit: "ms", min: positive, doc: "decay of eligibility" },
    interval: { default: 10, unit: "ms", min: positive, doc: "the time that `every` says, which it is to stay" },
  },
  state: { c: { init: 0, per: "weight", doc: "eligibility: the change of w per ms and unit of the signal" } },
  options: { signal: "dopamine" as string, every: undefined as number | undefined },
  build({ signal, every }) {
    checkName(signal, "a signal");
    const [span, level] = every === undefined ? ["dt", `${signal}.mean`] : ["interval", signal];
    return {
      equations: `
        w += c * exprel(-${span} / tau_c) * ${level} * ${span}
        c = c * exp(-${span} / tau_c)
      `,
      ...(every === undefined ? {} : { every, defaults: { interval: every } }),
    };
  },
}); // prettier-ignore

/**
 * Reward-modulated STDP: dw/dt = c · dopamine, tau_c dc/dt = −c, and pairs of spikes change c as they change w in `PairSTDP`, by A_plus
 * and A_minus per ms and unit of the signal. `signal` names the signal of the network, "dopamine" unless given, such as
 * `net.signal("dopamine", { tau: 200 })`; negative values reverse what was learnt. Defaults of tau_c and tau of the paper.
 *
 * With `every`, in ms, weights and eligibility are brought up to date only each so many ms, which saves most of the work: the signal counts
 * with its value at those times, and what spikes leave decays from the next of them on. That differs by the part every/tau of the
 * shorter time constant, and not on average; the paper's program takes 10 ms.
 */
export const RewardSTDP = defineModel("RewardSTDP", [PreTrace, PostTrace, EligiblePairs, Reinforcement], {
  doc: "Spike-timing dependent plasticity whose changes a reward that comes later decides.",
  source: "Izhikevich 2007, Cereb. Cortex 17:2443",
});
