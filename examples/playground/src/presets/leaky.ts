import { fileOf, type Preset } from "./preset.ts";

const currents = [1, 3, 4, 8];
const cell = { R: 5, tau: 10, threshold: -45, v_reset: -70, v_rest: -65 };
const upstroke = { delta: 2, theta_rh: -55 };
const adaptation = { alpha: 0.1, beta: 0.5, w_tau: 100 };
const driven = (use: string, values: Readonly<Record<string, number>>) => ({
  name: use,
  n: currents.length,
  behaviors: [
    { use, values },
    { use: "ConstantCurrent", values: { amplitude: currents } },
  ],
});
const labels = currents.map((amplitude) => `${amplitude} nA`);

const spread = (from: number, to: number, n: number): number[] =>
  Array.from({ length: n }, (_, k) => Number((from + ((to - from) * k) / (n - 1)).toPrecision(6)));

export const leakyPresets: readonly Preset[] = [
  {
    id: "lif-family",
    group: "Leaky integrate-and-fire",
    title: "LIF, ELIF, AELIF",
    labels: { LIF: labels, ELIF: labels, AELIF: labels },
    look: { population: "AELIF", neuron: 1, window: 200, speed: 0.1 },
    file: fileOf(
      "LIF, ELIF, AELIF",
      "One behavior more each time: an exponential upstroke, then adaptation. Four neurons of each get the same four currents.",
      {
        network: { dt: 0.1, seed: 7 },
        populations: [
          driven("LIF", cell),
          driven("ELIF", { ...cell, ...upstroke }),
          driven("AELIF", { ...cell, ...upstroke, ...adaptation }),
        ],
      },
    ),
  },
  {
    id: "rates",
    group: "Leaky integrate-and-fire",
    title: "Rate against current",
    look: { neuron: 20, window: 200, speed: 1 },
    file: fileOf(
      "Rate against current",
      "Sixty-four neurons, each with its own current. Their rates lie on the curve of the closed form, which is drawn beside them.",
      {
        network: { dt: 0.05, seed: 1 },
        populations: [
          {
            name: "cells",
            n: 64,
            behaviors: [
              { use: "LIF", values: { R: 1, tau: 10, v_rest: 0, threshold: 10, v_reset: 0 } },
              { use: "Refractory", values: { tau_ref: 5 } },
              { use: "ConstantCurrent", values: { amplitude: spread(8, 24, 64) } },
            ],
          },
        ],
      },
    ),
  },
  {
    id: "siegert",
    group: "Leaky integrate-and-fire",
    title: "Rate under noise",
    look: { neuron: 20, window: 200, speed: 0.5 },
    file: fileOf(
      "Rate under noise",
      "Sixty-four neurons with noisy input: they fire below the threshold of the noiseless ones too. Siegert's formula is drawn beside them.",
      {
        network: { dt: 0.02, seed: 1 },
        populations: [
          {
            name: "cells",
            n: 64,
            behaviors: [
              { use: "LIF", values: { R: 1, tau: 20, v_rest: 0, threshold: 20, v_reset: 10 } },
              { use: "Refractory", values: { tau_ref: 2 } },
              { use: "MembraneNoise", values: { sigma: 1.2 } },
              { use: "ConstantCurrent", values: { amplitude: spread(10, 30, 64) } },
            ],
          },
        ],
      },
    ),
  },
];
