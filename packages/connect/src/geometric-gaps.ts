/**
 * Geometric skipping (Fan, Muller and Rezucha 1962; Batagelj and Brandes 2005): among candidates that are taken with
 * probability p each, the number passed over before the next one taken has P(gap ≥ j) = qʲ, q = 1 − p. So a sparse choice
 * costs one draw for each candidate taken, and none for the others.
 *
 * The usual ⌊log u / log q⌋ needs a logarithm for each draw. Here qʲ is a table made once by multiplication, j = 0 … L,
 * and the gap is found by inversion with a guide table (Chen and Asau 1974), in a bounded number of comparisons on average.
 * A gap has no memory: with probability q^L it is L and another gap. Where q^L is large (p below about 1/740) the number of
 * such blocks is itself geometric with q^L in place of q, so it is drawn in the same way: a table for each factor of L.
 */
import type { RandomSource } from "@neuroweave/model";

/** Candidates to be passed over before the next one that is taken. */
export type Gaps = (random: RandomSource) => number;

const longest = 512;

/** The last bits of a number that has 32 random bits. */
const finer = 2 ** -32;

/**
 * Gaps between candidates that are taken with probability p, 0 ≤ p ≤ 1. Each gap has its probability up to 2⁻³², and up to
 * about 2⁻⁵³ where p < 1/1024; what is taken has frequency p to within 2⁻³²·p. Below p = 2⁻⁵³ nothing is ever taken.
 */
export function geometricGaps(p: number): Gaps {
  if (p >= 1) return () => 0;
  return 1 - p === 1 ? () => Infinity : gapsOf(1 - p);
}

function gapsOf(q: number): Gaps {
  const survival = [1];
  while (survival.length <= longest && survival.at(-1)! > finer / 2) survival.push(survival.at(-1)! * q);
  const length = survival.length - 1;
  const tail = survival[length]!;
  const scale = 1 / (1 - tail);
  /** P(gap ≥ j | gap < L), from 1 at j = 0 to 0 at j = L. */
  const bounds = Float64Array.from(survival, (chance) => (chance - tail) * scale);
  bounds[0] = 1;
  const guide = guideOf(bounds, length);
  const cells = guide.length - 1;

  const inverse = (u: number): number => {
    let gap = guide[Math.floor(u * cells)]!;
    while (u < bounds[gap + 1]!) gap++;
    return gap;
  };
  if (tail > 0.5) {
    const blocks = gapsOf(tail);
    return (random) => blocks(random) * length + inverse(random() + random() * finer);
  }
  const fine = q > 1 - 1 / 1024;
  return (random) => {
    let passed = 0;
    let u = fine ? random() + random() * finer : random();
    while (u < tail) {
      passed += length;
      u = fine ? random() + random() * finer : random();
    }
    return passed + inverse((u - tail) * scale);
  };
}

/** For each cell [k, k + 1)/cells of u, the smallest gap that a u in it can mean: the largest j with bounds[j] ≥ (k + 1)/cells. */
function guideOf(bounds: Float64Array, length: number): Uint16Array {
  const cells = Math.max(64, length);
  const guide = new Uint16Array(cells + 1);
  let gap = 0;
  for (let k = cells - 1; k >= 0; k--) {
    while (gap + 1 < length && bounds[gap + 1]! >= (k + 1) / cells) gap++;
    guide[k] = gap;
  }
  return guide;
}
