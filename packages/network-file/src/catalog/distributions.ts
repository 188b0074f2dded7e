import { choice, exponential, lognormal, lorentzian, normal, uniform, type Distribution } from "@neuroweave/model";

/** Distributions by the names that a file calls them. */
export const distributions: Readonly<Record<string, (...args: never[]) => Distribution>> = {
  choice,
  exponential,
  lognormal,
  lorentzian,
  normal,
  uniform,
};
