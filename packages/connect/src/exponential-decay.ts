import type { Connector } from "@neuroweave/model";
import { decayChance } from "./decay.ts";
import { distanceOptions, distanceRule, type DistanceOptions } from "./distance-rule.ts";
import { millionth } from "./gaussian.ts";
import { checkLength, checkOptions, checkProbability } from "./options.ts";

/** How fast the probability falls with distance. */
export interface ExponentialDecayOptions extends DistanceOptions {
  /** Probability at distance zero, 0 to 1. */
  readonly p: number;
  /** Distance in which the probability falls to 1/e, in the unit of positions, > 0. */
  readonly lambda: number;
  /** No synapse beyond this distance; 13.8155·lambda by default, where the probability has fallen to p/10⁶. */
  readonly cutoff?: number;
}

/**
 * A pair at distance d with probability p·exp(−d/lambda), independently of all others; d is Euclidean, over positions in one to
 * three dimensions. Time: the pairs within the cutoff. Refuses ends without positions in the same dimensions (structure).
 * NEST's `pairwise_bernoulli` with `spatial_distributions.exponential` (Nordlie, Gewaltig and Plesser 2009).
 */
export function exponentialDecay(options: ExponentialDecayOptions): Connector {
  const name = "exponentialDecay";
  checkOptions(name, options, ["p", "lambda", "cutoff", ...distanceOptions]);
  const { p, lambda, cutoff = lambda * millionth } = options;
  checkProbability(name, p);
  checkLength(name, "lambda", lambda);
  checkLength(name, "cutoff", cutoff);
  return distanceRule({
    name,
    options,
    reach: cutoff,
    chance: (math) => decayChance(p, (squared) => Math.sqrt(squared) / lambda, cutoff / lambda, math),
  });
}
