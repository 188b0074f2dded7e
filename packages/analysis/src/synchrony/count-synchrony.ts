import { checkOptions, refusal } from "@neuroweave/equations";
import { centralMoment, meanOf } from "../distributions/moments.ts";
import { binnedCounts } from "../time-bins.ts";
import type { BinOptions } from "../time-bins.ts";

/** How strongly the trains of a population fire together, from counts in bins. */
export interface CountSynchrony {
  /**
   * Golomb's χ of the counts: the root of the variance of the mean count over the mean variance. 1 for equal trains,
   * about 1/√N for independent ones.
   */
  readonly chi: number;
  /** Variance over mean of the count of the whole population: 1 for independent Poisson trains, N for N equal ones. */
  readonly fano: number;
  /**
   * (N χ² − 1) / (N − 1), the mean correlation of a pair where all variances are equal: 0 for independent trains, 1 for
   * equal ones, negative where they alternate. NaN for one train.
   */
  readonly correlation: number;
}

/**
 * Population synchrony from spike counts in successive bins of `bin` ms (χ: Golomb 2007, Scholarpedia 2:1347; the other
 * two follow from the variance of a sum). NaN where no count varies. A last bin that `to` cuts short is left out.
 *
 * Throws `wrong-length` for no trains, `out-of-range` for a window without length and a bin that does not fit,
 * `not-finite`, `unknown-name` for an unknown option.
 */
export function countSynchrony(trains: ArrayLike<ArrayLike<number>>, bins: BinOptions): CountSynchrony {
  checkOptions("countSynchrony", bins, ["from", "to", "bin"]);
  const n = trains.length;
  if (n === 0) throw refusal("wrong-length", "countSynchrony: there are no trains", "Give one train or more.");
  let sum: Float64Array = new Float64Array(0);
  let single = 0;
  for (let i = 0; i < n; i++) {
    const counts = binnedCounts(trains[i]!, bins);
    single += centralMoment(counts, 2);
    sum = i === 0 ? counts : sum.map((value, k) => value + counts[k]!);
  }
  const variance = centralMoment(sum, 2);
  return {
    chi: Math.sqrt(variance / (n * single)),
    fano: variance / meanOf(sum),
    correlation: n < 2 ? Number.NaN : (variance / single - 1) / (n - 1),
  };
}
