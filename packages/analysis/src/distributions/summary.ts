import { centralMoment, meanOf } from "./moments.ts";
import { quantiles } from "./quantiles.ts";

/** What a sample of values looks like. All but `count` are NaN for no values. */
export interface DistributionSummary {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation of the values at hand (divisor n). */
  readonly standardDeviation: number;
  readonly min: number;
  readonly max: number;
  /** Quantiles of 5, 25, 50, 75 and 95 %. */
  readonly quantiles: {
    readonly q05: number;
    readonly q25: number;
    readonly median: number;
    readonly q75: number;
    readonly q95: number;
  };
  /** m₃ / m₂^(3/2) of the central moments: positive for a long tail of large values. NaN where values do not vary. */
  readonly skewness: number;
  /** m₄ / m₂² − 3: 0 for a normal distribution. NaN where values do not vary. */
  readonly excessKurtosis: number;
  /**
   * Bimodality coefficient (G² + 1) / (K + 3(n − 1)² / ((n − 2)(n − 3))) with the skewness G and the excess kurtosis K
   * corrected for the size of the sample (SAS; Pfister, Schwarz, Janczyk, Dale & Freeman 2013, Front. Psychol. 4:700).
   * Above 5/9, its value for a uniform distribution, it speaks for two modes or one at a border. NaN for fewer than
   * four values and where they do not vary.
   */
  readonly bimodality: number;
}

/** Throws `not-finite` for values that are not finite. */
export function summarizeDistribution(values: ArrayLike<number>): DistributionSummary {
  const n = values.length;
  const [min, q05, q25, median, q75, q95, max] = quantiles(values, [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]);
  const variance = min === max ? 0 : centralMoment(values, 2);
  const skewness = centralMoment(values, 3) / variance ** 1.5;
  const excessKurtosis = centralMoment(values, 4) / variance ** 2 - 3;
  return {
    count: n,
    mean: meanOf(values),
    standardDeviation: n === 0 ? Number.NaN : Math.sqrt(variance),
    min: min!,
    max: max!,
    quantiles: { q05: q05!, q25: q25!, median: median!, q75: q75!, q95: q95! },
    skewness: variance === 0 ? Number.NaN : skewness,
    excessKurtosis: variance === 0 ? Number.NaN : excessKurtosis,
    bimodality: variance === 0 || n < 4 ? Number.NaN : bimodality(skewness, excessKurtosis, n),
  };
}

function bimodality(skewness: number, excessKurtosis: number, n: number): number {
  const g = (skewness * Math.sqrt(n * (n - 1))) / (n - 2);
  const k = ((n - 1) * ((n + 1) * excessKurtosis + 6)) / ((n - 2) * (n - 3));
  return (g * g + 1) / (k + (3 * (n - 1) ** 2) / ((n - 2) * (n - 3)));
}
