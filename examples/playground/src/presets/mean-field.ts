import { fileOf, type Preset } from "./preset.ts";

const [eta, delta, J, tau] = [-5, 1, 15, 10];
const n = 2000;
/** Quantiles of a Lorentzian. */
const excitabilities = Array.from({ length: n }, (_, j) =>
  Number((eta + delta * Math.tan((Math.PI / 2) * ((2 * j + 1 - n) / (n + 1)))).toPrecision(6)),
);
const input = { use: "StepCurrent", values: { amplitude: 3, start: 200, stop: 500 } };

export const meanFieldPreset: Preset = {
  id: "mean-field",
  group: "Networks",
  title: "Spiking neurons and their mean field",
  look: { population: "field", window: 1000, speed: 0.25 },
  file: fileOf(
    "Spiking neurons and their mean field",
    "Two thousand quadratic integrate-and-fire neurons that excite each other, beside the two equations for infinitely many of them. A step of input from 200 to 500 ms moves both from the low to the high state, where they stay (Montbrió, Pazó and Roxin 2015).",
    {
      network: { dt: 0.05, seed: 1 },
      behaviors: {
        meanCoupling: {
          doc: "Every neuron receives J · tau · r, with the rate r of the population in spikes per ms.",
          source: "Montbrió, Pazó & Roxin 2015, Phys. Rev. X 5:021028, eqs. 2 and 3",
          priority: 240,
          parameters: {
            J: { default: J, unit: "1", doc: "strength of the coupling" },
            tau: { default: tau, unit: "ms", doc: "membrane time constant" },
          },
          requires: ["rate"],
          equations: "I += J * tau * rate / 1000",
        },
      },
      populations: [
        {
          name: "field",
          n: 1,
          behaviors: [{ use: "QIFMeanField", values: { tau, eta, delta, J, init_r: 0.008, init_v: -1.96 } }, input],
        },
        {
          name: "neurons",
          n,
          method: "rk4",
          behaviors: [
            { use: "QIF", values: { tau, eta: excitabilities, init_v: -2 } },
            input,
            { use: "PopulationRate", values: { tau: 1 }, as: "populationRate" },
            { use: "meanCoupling", values: { J, tau } },
          ],
        },
      ],
      run: { duration: 1000 },
    },
  ),
};
