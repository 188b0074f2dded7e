/** The spike response neuron of the paper, as two exponentials of its past. */
import { defineBehavior } from "neuroweave";

/** Brings the largest value of a postsynaptic potential, e^(−s/10) − e^(−s/2.5), to 1. */
const K = 1 / (4 ** (-1 / 3) - 4 ** (-4 / 3));

/**
 * A postsynaptic potential is w K (e^(−s/tau_m) − e^(−s/tau_s)). A spike erases all potentials and begins an afterpotential,
 * threshold (K_1 e^(−s/tau_m) − K_2 (e^(−s/tau_m) − e^(−s/tau_s))), which begins as the spike above the threshold and turns negative.
 */
export const ResponseNeuron = defineBehavior({
  name: "responseNeuron",
  doc: "A sum of postsynaptic potentials, and an afterpotential in their place after each spike.",
  source: "Masquelier, Guyonneau & Thorpe 2008, PLoS ONE 3:e1377, methods; Gerstner, Ritz & van Hemmen 1993, Biol. Cybern. 69:503",
  parameters: {
    threshold: { default: 500, doc: "potential of a spike, in largest potentials of a synapse of weight 1" },
    tau_m: { default: 10, unit: "ms", doc: "time constant of the membrane" },
    tau_s: { default: 2.5, unit: "ms", doc: "time constant of the synapse" },
    K_1: { default: 2, doc: "height of the spike, in thresholds" },
    K_2: { default: 4, doc: "depth of what follows, in thresholds" },
  },
  state: {
    v: { init: 0, doc: "potential" },
    before: { init: 0, doc: "potential of the step before" },
    slow: { init: 0, doc: "part that decays with tau_m" },
    fast: { init: 0, doc: "part that decays with tau_s" },
  },
  onArrival: `
    slow += ${K} * arriving
    fast += -${K} * arriving
  `,
  equations: `
    let slower = slow * exp(-dt / tau_m)
    let faster = fast * exp(-dt / tau_s)
    slow = slower
    fast = faster
    before = v
    v = slower + faster
  `,
  spike: "v >= threshold and before < threshold",
  onSpike: `
    slow = threshold * (K_1 - K_2)
    fast = threshold * K_2
    v = threshold * K_1
  `,
}); // prettier-ignore
