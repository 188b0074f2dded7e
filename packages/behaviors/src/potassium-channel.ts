import { defineBehavior } from "@neuroweave/model";
import { gate, gatingParameters } from "./gating.ts";

/** 0.01 (10 − x) / (exp((10 − x) / 10) − 1) is 0.1 / exprel((10 − x) / 10), which is finite at x = 10. */
const n = gate("n_K", "0.1 / exprel((10 - x) / 10)", "0.125 * exp(-x / 80)");

/** The delayed rectifier of the squid giant axon. Its gate is called `n_K`, since `n` is the number of neurons. */
export const PotassiumChannel = defineBehavior({
  name: "potassiumChannel",
  doc: "Potassium conductance with four slow activating gates.",
  source: "Hodgkin & Huxley 1952, J. Physiol. 117:500, eqs. 6, 12, 13; voltages with the modern sign",
  parameters: {
    ...gatingParameters,
    g_K: { default: 36, unit: "mS/cm^2", min: 0, doc: "maximal potassium conductance per area" },
    E_K: { default: -77, unit: "mV", doc: "reversal potential of potassium" },
  },
  state: { n_K: { init: n.init, unit: "1", doc: "potassium activation" } },
  requires: ["v"],
  equations: `
    ${n.equation}
    C * dv/dt += -g_K * n_K * n_K * n_K * n_K * (v - E_K)
  `,
});
