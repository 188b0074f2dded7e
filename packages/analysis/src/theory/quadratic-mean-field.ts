import { checkNumber, checkOptions } from "@neuroweave/equations";

/**
 * The exact mean field of infinitely many quadratic integrate-and-fire neurons, all connected with strength J, whose
 * excitabilities are Lorentzian with center η and half-width Δ (Montbrió, Pazó & Roxin 2015, Phys. Rev. X 5:021028):
 *
 *     τ dr/dt = Δ/(πτ) + 2rv,   τ dv/dt = v² + η + I + Jτr − (πτr)²
 */
export interface MeanFieldParameters {
  /** Center of the excitabilities. */
  readonly eta: number;
  /** Δ, half of their width at half of their height; positive. */
  readonly delta: number;
  /** J, the strength of the coupling. */
  readonly J: number;
  /** τ in ms. 1 by default. */
  readonly tau?: number;
  /** I, a constant input to all neurons. 0 by default. */
  readonly input?: number;
}

/** The parameters with their defaults; refuses those that describe no population. */
export function checkMeanField(call: string, field: MeanFieldParameters): Required<MeanFieldParameters> {
  checkOptions(call, field, ["eta", "delta", "J", "tau", "input"]);
  return {
    eta: checkNumber(`${call}: eta`, field.eta),
    delta: checkNumber(`${call}: delta`, field.delta, { above: 0 }),
    J: checkNumber(`${call}: J`, field.J),
    tau: checkNumber(`${call}: tau`, field.tau ?? 1, { above: 0 }),
    input: checkNumber(`${call}: input`, field.input ?? 0),
  };
}
