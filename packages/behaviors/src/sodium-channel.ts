import { defineBehavior } from "@neuroweave/model";
import { gate, gatingParameters } from "./gating.ts";

/** 0.1 (25 − x) / (exp((25 − x) / 10) − 1) is 1 / exprel((25 − x) / 10), which is finite at x = 25. */
const m = gate("m", "1 / exprel((25 - x) / 10)", "4 * exp(-x / 18)");
const h = gate("h", "0.07 * exp(-x / 20)", "1 / (exp((30 - x) / 10) + 1)");

/** The sodium channel of the squid giant axon. */
export const SodiumChannel = defineBehavior({
  name: "sodiumChannel",
  doc: "Sodium conductance with three fast activating gates and one slow inactivating gate.",
  source: "Hodgkin & Huxley 1952, J. Physiol. 117:500, eqs. 20, 21, 23, 24; voltages with the modern sign",
  parameters: {
    ...gatingParameters,
    g_Na: { default: 120, unit: "mS/cm^2", min: 0, doc: "maximal sodium conductance per area" },
    E_Na: { default: 50, unit: "mV", doc: "reversal potential of sodium" },
  },
  state: {
    m: { init: m.init, unit: "1", doc: "sodium activation" },
    h: { init: h.init, unit: "1", doc: "sodium inactivation; 1 is not inactivated" },
  },
  requires: ["v"],
  equations: `
    ${m.equation}
    ${h.equation}
    C * dv/dt += -g_Na * m * m * m * h * (v - E_Na)
  `,
});
