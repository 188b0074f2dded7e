import { defineBehavior, uniform } from "@neuroweave/model";
import { tau } from "./membrane-parameters.ts";

/**
 * Rate and mean voltage of infinitely many quadratic integrate-and-fire neurons that are coupled all to all, their
 * excitabilities Lorentzian around eta with half-width delta. Exact in that limit. `I` acts on v, `I_y` on r.
 */
export const QuadraticMeanField = defineBehavior({
  name: "quadraticMeanField",
  doc: "Firing rate and mean voltage of a population of quadratic integrate-and-fire neurons.",
  source: "Montbrió, Pazó & Roxin 2015, Phys. Rev. X 5:021028, eq. 12; names and start of BrainPy's rates.QIF",
  parameters: {
    tau: { ...tau, default: 1 },
    eta: { default: -5, unit: "1", doc: "centre of the excitabilities" },
    delta: { default: 1, unit: "1", min: 0, doc: "half-width of the excitabilities" },
    J: { default: 15, unit: "1", doc: "strength of the coupling" },
  },
  state: {
    r: { init: uniform(0, 0.05), unit: "1/ms", doc: "firing rate" },
    v: { init: uniform(0, 0.05), unit: "1", doc: "mean voltage" },
  },
  inputs: {
    I: { default: 0, unit: "1", doc: "input to the voltage; set as a parameter, it is a constant part of the sum" },
    I_y: { default: 0, unit: "1/ms", doc: "input to the rate; set as a parameter, it is a constant part of the sum" },
  },
  equations: `
    tau * dr/dt = delta / (pi * tau) + 2 * r * v + I_y
    tau * dv/dt = v * v + eta + I + J * r * tau - (pi * r * tau) * (pi * r * tau)
  `,
});
