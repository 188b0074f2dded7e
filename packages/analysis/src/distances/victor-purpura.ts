import { refusal } from "@neuroweave/equations";
import { checkAscending } from "../spike-list.ts";

/**
 * Victor–Purpura distance: the least cost of turning one train into the other, where to add or delete a spike costs 1
 * and to move it by Δt ms costs `cost` · |Δt| (Victor & Purpura 1996, J. Neurophysiol. 76:1310). `cost` in 1/ms: 0
 * counts spikes only, |n_a − n_b|; ∞ only lets identical times be the same spike. A metric; between |n_a − n_b| and n_a
 * + n_b.
 *
 *     victorPurpuraDistance([12], [20, 20], 0.1)   // 1.8
 *
 * Takes time n_a · n_b and memory min(n_a, n_b). Throws `out-of-range` for a negative cost and times that do not
 * ascend, `not-finite` for times that are not finite and a cost that is no number.
 */
export function victorPurpuraDistance(a: ArrayLike<number>, b: ArrayLike<number>, cost: number): number {
  checkAscending(a);
  checkAscending(b);
  if (!(cost >= 0))
    throw refusal(
      Number.isNaN(cost) ? "not-finite" : "out-of-range",
      `victorPurpuraDistance: the cost is ${cost}`,
      "Give the cost of moving a spike by one millisecond, 0 or more; Infinity is allowed.",
    );
  const [long, short] = a.length < b.length ? [b, a] : [a, b];
  // Entry j: the distance between the spikes of `long` so far and the first j of `short`.
  const costs = Float64Array.from({ length: short.length + 1 }, (_, j) => j);
  for (let i = 0; i < long.length; i++) {
    let diagonal = costs[0]!;
    costs[0] = i + 1;
    for (let j = 0; j < short.length; j++) {
      const apart = Math.abs(long[i]! - short[j]!);
      const moved = diagonal + (apart === 0 ? 0 : cost * apart);
      diagonal = costs[j + 1]!;
      costs[j + 1] = Math.min(diagonal + 1, costs[j]! + 1, moved);
    }
  }
  return costs[short.length]!;
}
