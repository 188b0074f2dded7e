import { defineBehavior } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";

/**
 * Averages of the voltage of a neuron that learning by `VoltageSTDP` reads: u_minus and u_plus, fast ones for depression and potentiation,
 * and u_mean, a slow one for homeostasis. `delay` (ms, a whole number of steps): rules see u_minus and u_plus as they were that long
 * before the present step. The paper does not mention it; the program that made its figures delays them (ModelDB 144566), so that a spike
 * does not see itself, by 4 ms for this neuron in NEST.
 */
export const VoltageTraces = defineBehavior({
  name: "voltageTraces",
  doc: "Low-pass filters of the voltage.",
  source: "Clopath, Büsing, Vasilaki & Gerstner 2010, Nat. Neurosci. 13:344, eqs. 1–3, table 1; delay: NEST 3, clopath_synapse",
  parameters: {
    tau_u_minus: { default: 10, unit: "ms", min: positive, doc: "time constant of u_minus" },
    tau_u_plus: { default: 7, unit: "ms", min: positive, doc: "time constant of u_plus" },
    tau_u_mean: { default: 1000, unit: "ms", min: positive, doc: "time constant of u_mean" },
  },
  state: {
    u_minus: { init: "v", unit: "mV", doc: "average of the voltage for depression" },
    u_plus: { init: "v", unit: "mV", doc: "average of the voltage for potentiation" },
    u_mean: { init: "v", unit: "mV", doc: "slow average of the voltage" },
    u_minus_late: { init: "v", unit: "mV", doc: "u_minus before the delay" },
    u_plus_late: { init: "v", unit: "mV", doc: "u_plus before the delay" },
  },
  requires: ["v"],
  options: { delay: 4 },
  build: ({ delay }) => ({
    equations: `
      tau_u_minus * du_minus/dt = v - u_minus
      tau_u_plus * du_plus/dt = v - u_plus
      tau_u_mean * du_mean/dt = v - u_mean
      u_minus_late = delayed(u_minus, ${delay})
      u_plus_late = delayed(u_plus, ${delay})
    `,
  }),
}); // prettier-ignore
