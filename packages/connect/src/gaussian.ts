import type { Connector } from "@neuroweave/model";
import { decayChance } from "./decay.ts";
import { distanceOptions, distanceRule, type DistanceOptions } from "./distance-rule.ts";
import { checkLength, checkOptions, checkProbability } from "./options.ts";

/** Width and height of the probability around each neuron. */
export interface GaussianOptions extends DistanceOptions {
  /** Probability at distance zero, 0 to 1. */
  readonly p: number;
  /** Width, in the unit of positions, > 0. */
  readonly sigma: number;
  /** No synapse beyond this distance; 5.2565·sigma by default, where the probability has fallen to p/10⁶. */
  readonly cutoff?: number;
}

/** ln 10⁶ */
export const millionth = 13.815510557964274;

/**
 * A pair at distance d with probability p·exp(−d²/(2·sigma²)), independently of all others; d is Euclidean, over positions in one
 * to three dimensions. Time: the pairs within the cutoff. Refuses ends without positions in the same dimensions (structure).
 * NEST's `pairwise_bernoulli` with `spatial_distributions.gaussian` (Nordlie, Gewaltig and Plesser 2009).
 */
export function gaussian(options: GaussianOptions): Connector {
  const name = "gaussian";
  checkOptions(name, options, ["p", "sigma", "cutoff", ...distanceOptions]);
  const { p, sigma, cutoff = sigma * Math.sqrt(2 * millionth) } = options;
  checkProbability(name, p);
  checkLength(name, "sigma", sigma);
  checkLength(name, "cutoff", cutoff);
  const exponent = (squared: number): number => (0.5 * (squared / sigma)) / sigma;
  return distanceRule({
    name,
    options,
    reach: cutoff,
    chance: (math) => decayChance(p, exponent, exponent(cutoff * cutoff), math),
  });
}
