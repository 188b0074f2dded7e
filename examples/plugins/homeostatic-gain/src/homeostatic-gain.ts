import { defineBehavior, Phase } from "neuroweave";

/**
 * Keeps the rate of every neuron near `target`: an estimate of the rate follows the spikes with tau_rate, and the gain of the bias current moves against
 * the difference, between 0 and `largest`. Code and not equations, because the gain is moved only where the estimate has settled: once in `settle` ms.
 */
export const HomeostaticGain = defineBehavior({
  name: "homeostaticGain",
  doc: "A bias current whose gain keeps the rate of every neuron.",
  source: "Turrigiano 2008, Cell 135:422, for the principle; a rule of its own",
  priority: Phase.Homeostasis,
  adaptive: true,
  parameters: {
    target: { default: 20, unit: "Hz", min: 0, doc: "rate that is wanted" },
    tau_rate: { default: 50, unit: "ms", min: 1, doc: "time constant of the estimate of the rate" },
    speed: {
      default: 0.05,
      unit: "1",
      min: 0,
      max: 1,
      doc: "part of the relative difference by which the gain moves each time",
    },
    settle: {
      default: 5,
      unit: "ms",
      min: 0,
      onGrid: true,
      doc: "time between two moves of the gain; in every step for 0",
    },
    largest: { default: 4, unit: "1", min: 0, doc: "largest gain" },
  },
  state: {
    rate: { init: 0, unit: "Hz", doc: "estimate of the rate" },
    gain: { init: 1, unit: "1", doc: "gain of the bias current" },
  },
  step({ columns, parameters, spikes, n, t, dt, math, learning }) {
    if (!learning) return;
    const { rate, gain } = columns;
    for (let i = 0; i < n; i++) rate[i]! *= math.exp(-dt / parameters.tau_rate[i]!);
    for (const i of spikes) rate[i]! += 1000 / parameters.tau_rate[i]!;
    for (let i = 0; i < n; i++) {
      const { target, settle, speed, largest } = parameters;
      const pause = settle[i]!;
      const sinceMove = pause > 0 ? t - Math.round(t / pause) * pause : 0;
      if (Math.abs(sinceMove) > dt / 4) continue;
      const change = (speed[i]! * (target[i]! - rate[i]!)) / Math.max(target[i]!, 1);
      gain[i] = Math.min(Math.max(gain[i]! + change, 0), largest[i]!);
    }
  },
});
