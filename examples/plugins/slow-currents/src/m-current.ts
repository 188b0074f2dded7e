import { defineBehavior } from "neuroweave";

/**
 * A potassium current that opens below threshold and closes slowly: it works against whatever keeps the voltage up. `I += −g_m p (v − E_K)` with
 * tau_p dp/dt = p_inf(v) − p, p_inf = 1 / (1 + e^(−(v − v_half) / k)).
 */
export const MCurrent = defineBehavior({
  name: "mCurrent",
  doc: "A slow potassium current that depolarization opens.",
  source: "Adams, Brown & Constanti 1982, J. Physiol. 330:537; as one gate of first order, with one time constant",
  parameters: {
    g_m: { default: 10, unit: "nS", min: 0, doc: "conductance with all gates open" },
    E_K: { default: -90, unit: "mV", max: 0, doc: "reversal potential of potassium" },
    v_half: { default: -45, unit: "mV", doc: "voltage at which half of the gates are open" },
    k: { default: 5, unit: "mV", min: 0.1, doc: "steepness of the opening" },
    tau_p: { default: 80, unit: "ms", min: 0.1, doc: "time constant of the gates" },
  },
  state: { p: { init: 0, unit: "1", doc: "share of the gates that are open" } },
  requires: ["v", "I"],
  equations: `
    tau_p * dp/dt = 1 / (1 + exp(-(v - v_half) / k)) - p
    I += -g_m * p * (v - E_K)
  `,
});
