import { defineBehavior, Phase } from "@neuroweave/model";

/**
 * What a neuron is told about the error of the network: L, the sum of all that adds to the input `error` in this step. A
 * `CouplingReceptor` with `into: "error"` takes it from a population that computes it, weighted as the projection says; code sets `error`
 * between steps.
 */
export const LearningSignal = defineBehavior({
  name: "learningSignal",
  doc: "A neuron takes the weighted errors that are broadcast to it.",
  source: "Bellec, Scherr, Subramoney, Hajek, Salaj, Legenstein & Maass 2020, Nat. Commun. 11:3625, eq. 4",
  priority: Phase.Trace,
  inputs: { error: { default: 0, doc: "errors that reach the neuron; set as a parameter, a constant part of the sum" } },
  state: { L: { init: 0, doc: "learning signal of this step" } },
  equations: "L = error",
}); // prettier-ignore
