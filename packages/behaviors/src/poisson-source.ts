import { defineBehavior } from "@neuroweave/model";

/**
 * Neurons that spike at random, independently of each other and of the past. A step of length dt holds a spike with the
 * probability 1 − e^(−rate·dt) that a Poisson process has an event in it: at most one, so the rate of spikes lies below
 * `rate` by a fraction of rate·dt/2 (0.05 % at 10 Hz and 0.1 ms). x · exprel(−x) is 1 − e^(−x) without cancellation.
 */
export const PoissonSource = defineBehavior({
  name: "poissonSource",
  doc: "Independent Poisson spikes of a given rate, at most one per step.",
  source: "Heeger 2000, Poisson model of spike generation; Bernoulli probability of an event within dt",
  scope: "instance",
  parameters: { rate: { default: 10, unit: "Hz", min: 0, doc: "expected events per second" } },
  spike: "uniform(0, 1) < rate * dt / 1000 * exprel(-rate * dt / 1000)",
});
