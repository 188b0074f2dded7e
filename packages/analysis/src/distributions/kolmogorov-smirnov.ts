import { checkNumber, refusal } from "@neuroweave/equations";
import { oneSampleSurvival, twoSampleSurvival } from "./kolmogorov-distribution.ts";

/** A distance of distributions and how likely it is by chance. */
export interface KolmogorovSmirnov {
  /** D, the largest difference of the two distribution functions, between 0 and 1. */
  readonly distance: number;
  /** Probability of a distance at least as large where both come from one continuous distribution (two-sided). */
  readonly pValue: number;
}

/**
 * Two-sample Kolmogorov–Smirnov test: D = max |F_a − F_b| of the empirical distribution functions (Kolmogorov 1933;
 * Smirnov 1939). The p-value is exact (of the lattice paths from no value to all) up to n_a · n_b = 10⁷ and by the
 * limit law of √(n_a n_b / (n_a + n_b)) D beyond. Equal values are counted together; p is then too large rather than
 * too small.
 *
 * Throws `wrong-length` for an empty sample, `not-finite` for values that are not finite.
 */
export function kolmogorovSmirnov(a: ArrayLike<number>, b: ArrayLike<number>): KolmogorovSmirnov {
  const [x, y] = [sortedSample("kolmogorovSmirnov", "a", a), sortedSample("kolmogorovSmirnov", "b", b)];
  const [n, m] = [x.length, y.length];
  // Differences in whole numbers of 1 / (n · m), so that equal ones are equal.
  let [i, j, largest] = [0, 0, 0];
  while (i < n && j < m) {
    const value = Math.min(x[i]!, y[j]!);
    while (i < n && x[i] === value) i++;
    while (j < m && y[j] === value) j++;
    largest = Math.max(largest, Math.abs(i * m - j * n));
  }
  return { distance: largest / (n * m), pValue: twoSampleSurvival(largest, n, m) };
}

/**
 * One-sample Kolmogorov–Smirnov test of values against a continuous distribution function `cdf`: D = max |F − cdf|. The
 * p-value is that of the exact distribution of D (Marsaglia, Tsang & Wang 2003, J. Stat. Softw. 8(18)) up to 2000
 * values, and of its limit beyond, with an error of about 1/√n of its value.
 *
 *     kolmogorovSmirnovTest(intervals, (t) => 1 - Math.exp(-t / mean))
 *
 * Throws `wrong-length` for no values, `not-finite` for values that are not finite, `out-of-range` where `cdf` leaves 0
 * … 1.
 */
export function kolmogorovSmirnovTest(values: ArrayLike<number>, cdf: (value: number) => number): KolmogorovSmirnov {
  const sorted = sortedSample("kolmogorovSmirnovTest", "the sample", values);
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((value, k) => {
    const expected = checkNumber(`kolmogorovSmirnovTest: cdf(${value})`, cdf(value), { min: 0, max: 1 });
    distance = Math.max(distance, (k + 1) / n - expected, expected - k / n);
  });
  return { distance, pValue: oneSampleSurvival(distance, n) };
}

function sortedSample(call: string, name: string, values: ArrayLike<number>): Float64Array {
  if (values.length === 0) throw refusal("wrong-length", `${call}: ${name} is empty`, "Give one value or more.");
  for (let k = 0; k < values.length; k++) checkNumber(`${call}: value ${k} of ${name}`, values[k]);
  return Float64Array.from(values).sort();
}
