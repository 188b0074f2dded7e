/**
 * Probabilities that fall with distance, and draws from them by thinning (Lewis and Shedler 1979): among candidates for which the
 * probability is at most p/2ˡ, some are proposed with that, skipping the others; one that is proposed is taken with the rest
 * of its probability, f(d)·2ˡ/p. Far candidates so cost next to nothing.
 *
 * Whether u·p/2ˡ < p·e⁻ˣ is decided by the portable exponential, which costs about a microsecond, only where cheaper bounds
 * leave it open: e⁻ˣ lies between its values at the two neighbouring multiples of 1/64, which are tabulated. The decision is
 * that of the formula in every case; fewer than 4 % of those proposed need the exponential.
 */
import type { PortableMath, RandomSource } from "@neuroweave/model";

export interface Chance {
  /** The most that the probability is, at distance zero. */
  readonly p: number;
  /** The probability at a distance, by interpolation, to within 1/30,000 of itself, for counts to be expected. */
  near(squaredDistance: number): number;
  /** A level l such that the probability at this distance, and farther away, is at most p/2ˡ; 0 ≤ l ≤ 30. */
  level(squaredDistance: number): number;
  /** Whether a candidate proposed with p/2ˡ is taken. */
  taken(squaredDistance: number, level: number, random: RandomSource): boolean;
}

const perUnit = 64;
/** Beyond this, e⁻ˣ is not told from 0 by the tables. */
const farthest = 32;
const lastBit = 2 ** -32;
/** More than the rounding of the table, some 2000 products, and of the exponential. */
const slack = 4e-12;
const highest = 30;
const halvings = Float64Array.from({ length: highest + 1 }, (_, level) => 1 / 2 ** level);

/** p·e^(−x(d²)), where x is not negative, does not fall with d², and is `most` at the greatest distance. */
export function decayChance(
  p: number,
  exponent: (squaredDistance: number) => number,
  most: number,
  math: PortableMath,
): Chance {
  const intervals = Math.ceil(Math.min(most, farthest) * perUnit) + 1;
  const factor = math.exp(-1 / perUnit);
  const value = new Float64Array(intervals + 1).fill(1);
  for (let k = 1; k <= intervals; k++) value[k] = value[k - 1]! * factor;
  const upper = value.map((each) => each * (1 + slack));
  const lower = value.map((each) => each * (1 - slack));
  return {
    p,
    near(squaredDistance) {
      const place = Math.min(exponent(squaredDistance) * perUnit, intervals);
      const k = Math.min(Math.floor(place), intervals - 1);
      return p * (value[k]! + (place - k) * (value[k + 1]! - value[k]!));
    },
    level: (squaredDistance) => Math.min(highest, Math.floor(exponent(squaredDistance) * (Math.LOG2E * (1 - slack)))),
    taken(squaredDistance, level, random) {
      const x = exponent(squaredDistance);
      const bound = halvings[level]!;
      const u = random() * bound;
      if (x < farthest) {
        const k = Math.floor(x * perUnit);
        if (u >= upper[k]!) return false;
        if (u + lastBit * bound < lower[k + 1]!) return true;
      }
      return u + random() * (lastBit * bound) < math.exp(-x);
    },
  };
}

/** The same p at every distance. */
export function evenChance(p: number): Chance {
  return { p, near: () => p, level: () => 0, taken: () => true };
}
