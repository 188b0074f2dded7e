import { defineBehavior, Phase } from "@neuroweave/model";

/**
 * The rate at which the neurons of the population spike, the same number for all of them: spikes per neuron and step, divided
 * by dt; with `tau` > 0 averaged over the past by an exponential window of that length, which keeps a constant rate as it is
 * whatever dt.
 */
export const PopulationRate = defineBehavior({
  name: "populationRate",
  doc: "The mean firing rate of the population, at this moment or averaged by a decaying window.",
  source: "Gerstner, Kistler, Naud & Paninski 2014, Neuronal Dynamics, eq. 7.11 (population activity)",
  scope: "instance",
  priority: Phase.Firing + 1,
  parameters: { tau: { default: 0, unit: "ms", min: 0, doc: "length of the window; 0 for the rate of this step" } },
  state: { rate: { init: 0, unit: "Hz", doc: "spikes per neuron and second" } },
  signals: { active: { of: "spike", by: "mean" } },
  equations: `
    let now = 1000 * active / dt
    rate = now + (rate - now) * exp(-dt / tau)
  `,
});
