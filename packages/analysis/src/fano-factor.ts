/**
 * Fano factor of spike counts: variance / mean, the variance with divisor n (Fano 1947, Phys. Rev. 72:26). Counts of one
 * neuron over trials, or of successive windows. 0 for counts that never change, 1 on average for a Poisson process.
 *
 * NaN where there are no counts or all of them are 0.
 */
export function fanoFactor(counts: ArrayLike<number>): number {
  const n = counts.length;
  let sum = 0;
  for (let k = 0; k < n; k++) sum += counts[k]!;
  const mean = sum / n;
  let squares = 0;
  for (let k = 0; k < n; k++) squares += (counts[k]! - mean) ** 2;
  return squares / n / mean;
}
