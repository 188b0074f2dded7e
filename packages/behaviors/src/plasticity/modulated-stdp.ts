/** Spike-timing dependent plasticity as the gradient of expected reward. */
import { checkName } from "@neuroweave/equations";
import { defineBehavior, defineModel, type ParameterDeclaration, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import type { Pairing, Tie } from "./pairing.ts";
import { PostTrace, PreTrace } from "./spike-traces.ts";

const source = "Florian 2007, Neural Comput. 19:1468, section 3.2";

const sizes = {
  gamma: { default: 0.1, doc: "learning rate, in the unit of w per unit of the reward" },
  A_post: { default: 1, unit: "1", doc: "what a pair in which the source is first makes eligible" },
  A_pre: { default: -1, unit: "1", doc: "what a pair in which the target is first makes eligible" },
} as const satisfies Readonly<Record<string, ParameterDeclaration>>;

/** Both traces have the spikes of their step, as the paper's P⁺ and P⁻ have. */
const ahead = { tie: "both" as Tie, pairing: "all" as Pairing };
const Pre = PreTrace(ahead);
const Post = PostTrace(ahead);

const ModulatedPairs = defineBehavior({
  name: "modulatedPairs",
  doc: "A reward turns what the spikes of the step before made eligible into changes of weights.",
  source,
  priority: Phase.Learning,
  adaptive: true,
  requires: [...onlyOnProjections, "w", "x_pre", "x_post"],
  parameters: sizes,
  state: { zeta: { init: 0, unit: "1", doc: "what the spikes of the last step made eligible" } },
  options: { signal: "reward" as string },
  build({ signal }) {
    checkName(signal, "a signal");
    return {
      equations: `
        w += gamma * ${signal} * zeta
        zeta = 0
      `,
      onPre: "zeta += A_pre * x_post",
      onPost: "zeta += A_post * x_pre",
    };
  },
});

const EligibilityTrace = defineBehavior({
  name: "eligibilityTrace",
  doc: "A reward turns a trace of what spikes made eligible into changes of weights.",
  source,
  priority: Phase.Learning,
  adaptive: true,
  requires: [...onlyOnProjections, "w", "x_pre", "x_post"],
  parameters: { ...sizes, tau_z: { default: 25, unit: "ms", min: positive, doc: "decay of the eligibility trace" } },
  state: { eligibility: { init: 0, unit: "1/ms", doc: "eligibility trace" } },
  options: { signal: "reward" as string },
  build({ signal }) {
    checkName(signal, "a signal");
    return {
      equations: `
        w += gamma * ${signal}.mean * eligibility * exprel(-dt / tau_z) * dt
        eligibility = eligibility * exp(-dt / tau_z)
      `,
      onPre: "eligibility += A_pre * x_post / tau_z",
      onPost: "eligibility += A_post * x_pre / tau_z",
    };
  },
});

/**
 * Modulated STDP, dw/dt = gamma r ζ: a pair changes w by gamma times its A times e^(−Δt/tau) times the reward at the time of its later spike,
 * which is that of the next step: a reward can answer the spikes that earned it. The reward is a value, such as +1 or −1 while
 * the output is right or wrong, in the signal that `signal` names, "reward" unless given. All pairs count, those of one step twice.
 */
export const MSTDP = defineModel("MSTDP", [Pre, Post, ModulatedPairs], {
  doc: "The product of spike-timing dependent plasticity with the reward at that time.",
  source,
});

/**
 * Modulated STDP with eligibility trace: dw/dt = gamma r z, tau_z dz/dt = −z + ζ, so that a reward counts for the pairs of the past tau_z.
 * A reward of area a (its value times ms) changes w by gamma a z; z is `eligibility`, of which a pair leaves A e^(−Δt/tau)/tau_z.
 */
export const MSTDPET = defineModel("MSTDPET", [Pre, Post, EligibilityTrace], {
  doc: "The product of a reward with a trace of what spike-timing dependent plasticity would have changed.",
  source,
});
