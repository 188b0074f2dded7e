import { defineBehavior, Phase } from "@neuroweave/model";

/**
 * Silence after a spike, for exactly round(tau_ref / dt) steps after the spike's own, counted in whole steps. The derivatives
 * of what `hold` names stand still meanwhile: `"v"`, a list of variables, or `"all"` of the model's own equations.
 */
export const Refractory = defineBehavior({
  name: "refractory",
  doc: "After a spike the neuron is silent and what is held stands still.",
  source: 'hold "v": BrainPy 2; hold "all": ANNarchy 5',
  priority: Phase.Firing + 1,
  parameters: { tau_ref: { default: 2, unit: "ms", min: 0, onGrid: true, doc: "refractory time" } },
  state: { refractory: { init: 0, unit: "1", doc: "steps that are left of the refractory time" } },
  options: { hold: "v" as string | readonly string[] },
  build: ({ hold }) => ({
    hold: { variables: hold, while: "refractory > 0" },
    spikeRequires: "not (refractory > 0)",
    // The step of the spike counts down once itself.
    onSpike: "refractory = round(tau_ref / dt) + 1",
    equations: "refractory = max(refractory - 1, 0)",
  }),
});
