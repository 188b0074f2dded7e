/** Values that Graupner & Brunel give for their rule. */
import { NeuroweaveError } from "@neuroweave/model";

/**
 * The shapes of STDP curves of fig. 2, by the order of depression (D) and potentiation (P) along Δt, and the fits to experiments of figs.
 * 3 and 4.
 */
export type CalciumFit =
  "DP" | "DPD" | "DPD'" | "P" | "D" | "D'" | "hippocampal-slices" | "hippocampal-cultures" | "cortical-slices";

type Row = readonly [
  tau_Ca: number,
  C_pre: number,
  C_post: number,
  theta_p: number,
  gamma_d: number,
  gamma_p: number,
  sigma: number,
  tau_rho: number,
  D: number,
  b: number,
];

/*
 * Graupner & Brunel 2012, PNAS 109:3991, tables S1 and S2, times in ms; digits beyond those are of the authors' program
 * (mgraupe/CalciumBasedPlasticityModel). theta_d = 1 and rho_star = 0.5 in all. D is rounded to 0.1 ms (18.8008 and 4.6098 there).
 */
const rows: Readonly<Record<CalciumFit, Row>> = {
  DP: [20, 1, 2, 1.3, 200, 321.808, 2.8284, 150e3, 13.7, 5],
  DPD: [20, 0.9, 0.9, 1.3, 250, 550, 2.8284, 150e3, 4.6, 5],
  "DPD'": [20, 1, 2, 2.5, 50, 600, 2.8284, 150e3, 2.2, 5],
  P: [20, 2, 2, 1.3, 160, 257.447, 2.8284, 150e3, 0, 5],
  D: [20, 0.6, 0.6, 1.3, 500, 550, 5.6568, 150e3, 0, 5],
  "D'": [20, 1, 2, 3.5, 60, 600, 2.8284, 150e3, 0, 5],
  "hippocampal-slices": [48.8373, 1, 0.275865, 1.3, 313.0965, 1645.59, 9.1844, 688.355e3, 18.8, 5.28145],
  "hippocampal-cultures": [11.9536, 0.58156, 1.76444, 1.3, 61.141, 113.6545, 2.5654, 33.7596e3, 10, 36.0263],
  "cortical-slices": [22.6936, 0.5617539, 1.23964, 1.3, 331.909, 725.085, 3.3501, 346.3615e3, 4.6, 5.40988],
};

/** The values of a fit by the names of parameters. Refuses one that does not exist. */
export function calciumValues(fit: CalciumFit) {
  if (!Object.hasOwn(rows, fit))
    throw new NeuroweaveError("invalid-value", `there is no fit ${String(fit)}`, {
      candidates: Object.keys(rows),
      remedy: `Choose one of ${Object.keys(rows).join(", ")}.`,
    });
  const [tau_Ca, C_pre, C_post, theta_p, gamma_d, gamma_p, sigma, tau_rho, D, b] = rows[fit];
  return { tau_Ca, C_pre, C_post, theta_p, gamma_d, gamma_p, sigma, tau_rho, D, b };
}
