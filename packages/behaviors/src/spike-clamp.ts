import { defineBehavior, Phase } from "@neuroweave/model";

/**
 * Keeps the voltage where a spike has put it for round(t_clamp / dt) steps, the spike's own among them, and resets it then: spikes that
 * have a width, for what reads the voltage. The derivatives of v and of what `hold` names stand still meanwhile.
 */
export const SpikeClamp = defineBehavior({
  name: "spikeClamp",
  doc: "The voltage of a spike is held for a while before it is reset.",
  source: "Clopath, Büsing, Vasilaki & Gerstner 2010, Nat. Neurosci. 13:344; NEST 3, aeif_psc_delta_clopath",
  priority: Phase.Firing + 1,
  parameters: {
    t_clamp: { default: 2, unit: "ms", min: 0, onGrid: true, doc: "width of a spike" },
    v_r: { default: -60, unit: "mV", doc: "voltage after a spike" },
  },
  state: { clamped: { init: 0, unit: "1", doc: "steps until the reset" } },
  requires: ["v"],
  options: { hold: ["v"] as readonly string[] },
  build: ({ hold }) => ({
    hold: { variables: hold, while: "clamped > 0" },
    spikeRequires: "not (clamped > 0)",
    // The step of the spike counts down once itself; the last one resets.
    onSpike: "clamped = round(t_clamp / dt) + 1",
    equations: `
      v = clamped == 1 ? v_r : v
      clamped = max(clamped - 1, 0)
    `,
  }),
});
