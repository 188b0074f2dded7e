import type { Connector } from "@neuroweave/model";
import { evenChance } from "./decay.ts";
import { distanceOptions, distanceRule, type DistanceOptions } from "./distance-rule.ts";
import { checkLength, checkOptions, checkProbability } from "./options.ts";

/** Radius of the disc, and the probability within it. */
export interface DiscOptions extends DistanceOptions {
  /** Greatest distance of a synapse, in the unit of positions, > 0. */
  readonly radius: number;
  /** Probability within the radius, 0 to 1; 1 by default. */
  readonly p?: number;
}

/**
 * A pair at distance d ≤ radius with probability p, independently of all others; d is Euclidean, over positions in one to three
 * dimensions. Time: the pairs within the radius. Refuses ends without positions in the same dimensions (structure).
 * NEST's circular and spherical masks (Nordlie, Gewaltig and Plesser 2009).
 */
export function disc(options: DiscOptions): Connector {
  const name = "disc";
  checkOptions(name, options, ["radius", "p", ...distanceOptions]);
  const { radius, p = 1 } = options;
  checkLength(name, "radius", radius);
  checkProbability(name, p);
  return distanceRule({ name, options, reach: radius, chance: () => evenChance(p) });
}
