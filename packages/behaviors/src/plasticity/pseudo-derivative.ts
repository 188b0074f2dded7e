import { defineBehavior, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";

/**
 * How much more a neuron would spike if its voltage were higher: psi = gamma / width · max(0, 1 − |v − threshold| / width), a triangle
 * around the threshold, of the voltage before a reset. The source counts spikes for each step of 1 ms; psi counts them for each
 * ms, whatever dt, so that gamma keeps its value. Width is the distance from rest to the threshold there: then psi is 0 at rest and below,
 * so also while `Refractory` holds a voltage that was reset to there.
 */
export const PseudoDerivative = defineBehavior({
  name: "pseudoDerivative",
  doc: "A derivative of spiking by the voltage, for rules that follow a gradient.",
  source: "Bellec, Scherr, Subramoney, Hajek, Salaj, Legenstein & Maass 2020, Nat. Commun. 11:3625, methods",
  priority: Phase.Firing - 10,
  requires: ["v", "threshold"],
  parameters: {
    width: { default: 15, unit: "mV", min: positive, doc: "distance from the threshold at which it vanishes; that of rest in LIF" },
    gamma: { default: 0.3, unit: "1/ms", min: 0, doc: "height at the threshold, times the width" },
  },
  state: { psi: { init: 0, unit: "1/mV/ms", doc: "spikes for each mV and ms" } },
  equations: "psi = gamma / width * max(0, 1 - abs(v - threshold) / width)",
}); // prettier-ignore
