import { defineReceptor } from "./define-receptor.ts";
import { alphaKernel, rise, shortest } from "./rise-and-decay.ts";

/** A current (t/tau) · e^(1 − t/tau) after each spike, times the weight: its peak, after tau, is the weight. Solved exactly. */
export const AlphaCurrent = defineReceptor({
  name: "alphaCurrent",
  doc: "A current that rises and decays with one time constant; its peak is the weight.",
  source: "Rotter & Diesmann 1999, Biol. Cybern. 81:381; default of NEST's iaf_psc_alpha",
  parameters: { tau: { default: 2, unit: "ms", min: shortest, doc: "time from a spike to the peak of its current" } },
  state: { rise, current: { init: 0, doc: "current, in the unit of the weights" } },
  equations: alphaKernel("current"),
  onArrival: "rise += arriving",
  current: "current",
});
