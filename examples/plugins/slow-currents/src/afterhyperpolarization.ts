import { defineBehavior } from "neuroweave";

/** A potassium current that every spike opens a little further: `I += −g_ahp q (v − E_ahp)`, where q rises by `opening` (1 − q) and decays with tau_q. */
export const Afterhyperpolarization = defineBehavior({
  name: "afterhyperpolarization",
  doc: "A slow potassium current that spikes open.",
  source: "Baldissera & Gustafsson 1974, Acta Physiol. Scand. 91:528; opening of the share that is closed, as there",
  parameters: {
    g_ahp: { default: 20, unit: "nS", min: 0, doc: "conductance with all channels open" },
    E_ahp: { default: -90, unit: "mV", max: 0, doc: "reversal potential of potassium" },
    opening: { default: 0.2, unit: "1", min: 0, max: 1, doc: "share of the closed channels that a spike opens" },
    tau_q: { default: 100, unit: "ms", min: 0.1, doc: "time constant of their closing" },
  },
  state: { q: { init: 0, unit: "1", doc: "share of the channels that are open" } },
  requires: ["v", "I"],
  equations: `
    tau_q * dq/dt = -q
    I += -g_ahp * q * (v - E_ahp)
  `,
  onSpike: "q += opening * (1 - q)",
});
