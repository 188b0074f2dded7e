import { refusal } from "@neuroweave/equations";
import { checkAscending } from "../spike-list.ts";

/**
 * Van Rossum distance: the Euclidean distance of the trains after each spike has become e^(−t/τ) for t ≥ 0 (van Rossum
 * 2001, Neural Comput. 13:751),
 *
 *     D² = (2/τ) ∫ (f_a − f_b)² dt = Σᵢⱼ sᵢ sⱼ e^(−|tᵢ − tⱼ|/τ),   s = 1 for spikes of a and −1 for those of b.
 *
 * The norm is that of Elephant: one spike against an empty train is 1 (√2 times that of the paper). τ in ms; for τ = ∞
 * it is |n_a − n_b|, and for τ → 0 the root of the number of spikes that are not shared. A metric.
 *
 *     vanRossumDistance([0], [10], 10)   // 1.124384773…
 *
 * Takes time n_a + n_b: between events f = f_a − f_b only decays, so the integral is Σ fₖ² (1 − e^(−2Δₖ/τ)) over the
 * gaps Δₖ of the merged trains. All terms are positive, so near trains lose no digits, as they do where large sums are
 * subtracted (compare the running sums of Houghton & Kreuz 2012, Network 23:48).
 *
 * Throws `out-of-range` for τ ≤ 0 and times that do not ascend, `not-finite` for times that are not finite and a τ that
 * is no number.
 */
export function vanRossumDistance(a: ArrayLike<number>, b: ArrayLike<number>, tau: number): number {
  checkAscending(a);
  checkAscending(b);
  if (!(tau > 0))
    throw refusal(
      Number.isNaN(tau) ? "not-finite" : "out-of-range",
      `vanRossumDistance: tau is ${tau}`,
      "Give a positive time constant in milliseconds; Infinity is allowed.",
    );
  let [i, j] = [0, 0];
  let [difference, squared] = [0, 0];
  while (i < a.length || j < b.length) {
    const now = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    let step = 0;
    for (; i < a.length && a[i] === now; i++) step++;
    for (; j < b.length && b[j] === now; j++) step--;
    difference += step;
    const gap = Math.min(a[i] ?? Infinity, b[j] ?? Infinity) - now;
    const decay = gap === Infinity ? Infinity : gap / tau;
    squared -= difference * difference * Math.expm1(-2 * decay);
    difference *= Math.exp(-decay);
  }
  return Math.sqrt(squared);
}
