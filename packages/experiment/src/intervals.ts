/** Confidence intervals of what was measured in independent repetitions. */
import jStat from "jstat";

/** A mean with its confidence interval. */
export interface Estimate {
  /** Repetitions. */
  readonly n: number;
  /** Mean of the repetitions. */
  readonly mean: number;
  /** Standard deviation with n − 1; NaN for one repetition. */
  readonly sd: number;
  /** Ends of the confidence interval of the mean. */
  readonly low: number;
  /** The upper end; `low` is the lower one. */
  readonly high: number;
}

/**
 * Mean and interval of numbers by Student's t: mean ± t(n − 1) · sd / √n, exact for normal values (Student 1908), the quantile to six digits. With one value
 * there is no interval: NaN. The order of the values does not matter, to the last bit.
 */
export function studentEstimate(values: readonly number[], confidence: number): Estimate {
  const n = values.length;
  // Sums depend on the order of their terms in the last bits.
  const sorted = values.toSorted((a, b) => a - b);
  const mean = sorted.reduce((sum, x) => sum + x, 0) / n;
  const squares = sorted.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const sd = n < 2 ? Number.NaN : Math.sqrt(squares / (n - 1));
  const half = n < 2 ? Number.NaN : (jStat.studentt.inv((1 + confidence) / 2, n - 1) * sd) / Math.sqrt(n);
  return { n, mean, sd, low: mean - half, high: mean + half };
}

/**
 * Proportion of true values and its interval by the score test (Wilson 1927): the proportions p that are not farther than z
 * standard errors √(p (1 − p) / n) from the one that was found. It stays within [0, 1] and is fit for few repetitions.
 */
export function wilsonEstimate(values: readonly boolean[], confidence: number): Estimate {
  const n = values.length;
  const mean = values.filter(Boolean).length / n;
  const sd = n < 2 ? Number.NaN : Math.sqrt((mean * (1 - mean) * n) / (n - 1));
  const z2 = jStat.normal.inv((1 + confidence) / 2, 0, 1) ** 2 / n;
  const half = Math.sqrt(z2 * mean * (1 - mean) + z2 ** 2 / 4);
  // Of 0 and 1 the ends are known exactly.
  const low = mean === 0 ? 0 : (mean + z2 / 2 - half) / (1 + z2);
  const high = mean === 1 ? 1 : (mean + z2 / 2 + half) / (1 + z2);
  return { n, mean, sd, low, high };
}
