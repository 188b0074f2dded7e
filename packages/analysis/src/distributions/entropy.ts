import { checkNumber, refusal } from "@neuroweave/equations";

/**
 * Shannon entropy −Σ pₖ log₂ pₖ in bits of the distribution that the counts (or weights, 0 or more) are proportional to
 * (Shannon 1948, Bell Syst. Tech. J. 27:379). Between 0, for one bin, and log₂ of the number of bins. The plug-in
 * estimate: for few counts it is too low, by about (bins − 1) / (2 n ln 2).
 *
 * NaN where all counts are 0. Throws `out-of-range` and `not-finite` for counts that are negative or not finite.
 */
export function entropy(counts: ArrayLike<number>): number {
  const total = totalOf("entropy", counts);
  let sum = 0;
  for (let k = 0; k < counts.length; k++) {
    const p = counts[k]! / total;
    if (p > 0) sum -= p * Math.log2(p);
  }
  return total === 0 ? Number.NaN : sum;
}

/**
 * Kullback–Leibler divergence Σ pₖ log₂(pₖ / qₖ) in bits, of the distributions that two histograms over the same bins
 * are proportional to (Kullback & Leibler 1951, Ann. Math. Stat. 22:79): 0 for equal ones, ∞ where p is not 0 and q is.
 *
 * NaN where one of them is 0 everywhere. Throws `wrong-length` for unequal numbers of bins, and as `entropy`.
 */
export function kullbackLeiblerDivergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [totalP, totalQ] = bothTotals("kullbackLeiblerDivergence", p, q);
  let sum = 0;
  for (let k = 0; k < p.length; k++) {
    const share = p[k]! / totalP;
    if (share > 0) sum += share * Math.log2(share / (q[k]! / totalQ));
  }
  return totalP === 0 || totalQ === 0 ? Number.NaN : Math.max(0, sum);
}

/**
 * Jensen–Shannon distance: the root of the mean divergence, in bits, of two histograms from their mean (Endres &
 * Schindelin 2003, IEEE Trans. Inf. Theory 49:1858). A metric, between 0 for equal distributions and 1 for those
 * without a common bin.
 *
 * NaN and errors as `kullbackLeiblerDivergence`.
 */
export function jensenShannonDistance(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [totalP, totalQ] = bothTotals("jensenShannonDistance", p, q);
  const [a, b] = [Float64Array.from(p, (count) => count / totalP), Float64Array.from(q, (count) => count / totalQ)];
  if (totalP === 0 || totalQ === 0) return Number.NaN;
  const middle = a.map((share, k) => (share + b[k]!) / 2);
  return Math.sqrt((kullbackLeiblerDivergence(a, middle) + kullbackLeiblerDivergence(b, middle)) / 2);
}

function bothTotals(call: string, p: ArrayLike<number>, q: ArrayLike<number>): readonly [number, number] {
  if (p.length !== q.length)
    throw refusal(
      "wrong-length",
      `${call}: there are ${p.length} and ${q.length} bins`,
      "Count both in the same bins.",
    );
  return [totalOf(call, p), totalOf(call, q)];
}

function totalOf(call: string, counts: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < counts.length; k++) total += checkNumber(`${call}: count ${k}`, counts[k], { min: 0 });
  return total;
}
