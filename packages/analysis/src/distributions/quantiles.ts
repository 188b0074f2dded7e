import { checkNumber } from "@neuroweave/equations";

/**
 * Quantiles by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996, Am. Stat. 50:361; the
 * default of R and NumPy): entry j is the quantile of `probabilities[j]`, each from 0 to 1. NaN for no values.
 *
 * Throws `out-of-range` and `not-finite` for a probability outside 0 … 1, `not-finite` for values that are not finite.
 */
export function quantiles(values: ArrayLike<number>, probabilities: ArrayLike<number>): Float64Array {
  for (let k = 0; k < values.length; k++) checkNumber(`quantiles: value ${k}`, values[k]);
  const sorted = Float64Array.from(values).sort();
  return Float64Array.from(probabilities, (probability, j) => {
    checkNumber(`quantiles: probability ${j}`, probability, { min: 0, max: 1 });
    if (sorted.length === 0) return Number.NaN;
    const place = probability * (sorted.length - 1);
    const below = Math.floor(place);
    const [left, right] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
    return left + (place - below) * (right - left);
  });
}
