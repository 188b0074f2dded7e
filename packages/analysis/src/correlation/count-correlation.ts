import { checkOptions, checkWhole, refusal } from "@neuroweave/equations";
import { meanOf } from "../distributions/moments.ts";
import { pearson } from "../intervals/irregularity.ts";
import { binnedCounts } from "../time-bins.ts";
import type { BinOptions } from "../time-bins.ts";

/** Values of all pairs of n trains. */
export interface PairMatrix {
  readonly n: number;
  /** n × n, row after row; symmetric. */
  readonly values: Float64Array;
}

/**
 * Spike-count correlations: Pearson's coefficient of the counts of every two trains in successive bins of `bin` ms
 * (Cohen & Kohn 2011, Nat. Neurosci. 14:811). A last bin that `to` cuts short is left out. Between −1 and 1, 1 on the
 * diagonal; NaN, on the diagonal too, for trains whose counts do not vary.
 *
 * Throws `out-of-range` for a window without length and a bin that does not fit, `not-finite`, `unknown-name` for an
 * unknown option.
 */
export function countCorrelations(trains: ArrayLike<ArrayLike<number>>, bins: BinOptions): PairMatrix {
  checkOptions("countCorrelations", bins, ["from", "to", "bin"]);
  const counts = Array.from(trains, (times) => binnedCounts(times, bins));
  const n = counts.length;
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) values[i * n + j] = values[j * n + i] = pearson(counts[i]!, counts[j]!);
  }
  return { n, values };
}

/**
 * Mean over all pairs of different trains, the diagonal left out; pairs whose value is NaN are left out too. NaN where
 * no pair is left.
 */
export function meanOverPairs({ n, values }: PairMatrix): number {
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (Number.isNaN(values[i * n + j])) continue;
      sum += values[i * n + j]!;
      pairs++;
    }
  }
  return sum / pairs;
}

/**
 * Cross-correlation coefficient of two lists of counts by lag, −maxLag … maxLag in bins:
 *
 *     r(k) = Σⱼ (aⱼ − ā) (bⱼ₊ₖ − b̄) / √(Σ (aⱼ − ā)² Σ (bⱼ − b̄)²)
 *
 * with the means and sums of squares of the whole lists, so that sums of fewer terms tend to 0 (the biased estimate;
 * Box & Jenkins 1970). r(0) is Pearson's coefficient. Between −1 and 1; NaN where a list does not vary.
 *
 * Throws `wrong-length` for lists of unequal length, `out-of-range` for a maxLag that is not below it.
 */
export function crossCorrelation(a: ArrayLike<number>, b: ArrayLike<number>, maxLag: number): Float64Array {
  if (a.length !== b.length)
    throw refusal(
      "wrong-length",
      `crossCorrelation: the lists have ${a.length} and ${b.length} entries`,
      "Count both trains in the same bins.",
    );
  checkWhole("crossCorrelation: maxLag", maxLag, 0, Math.max(0, a.length - 1));
  const deviations = (list: ArrayLike<number>): Float64Array => {
    const mean = meanOf(list);
    return Float64Array.from(list, (value) => value - mean);
  };
  const [x, y] = [deviations(a), deviations(b)];
  const norm = Math.sqrt(x.reduce((sum, dx) => sum + dx * dx, 0) * y.reduce((sum, dy) => sum + dy * dy, 0));
  return Float64Array.from({ length: 2 * maxLag + 1 }, (_, k) => {
    const lag = k - maxLag;
    let sum = 0;
    for (let j = Math.max(0, -lag); j < Math.min(x.length, x.length - lag); j++) sum += x[j]! * y[j + lag]!;
    return sum / norm;
  });
}
