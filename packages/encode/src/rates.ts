import { checkNumber, checkOptions } from "@neuroweave/equations";
import { checkValues } from "./checks.ts";

/** Rates of the values 0 and 1, in Hz. */
export interface RateOptions {
  /** Rate of the value 0, in Hz, ≥ 0. 0 by default. */
  readonly minRate?: number;
  /** Rate of the value 1, in Hz, ≥ `minRate`. */
  readonly maxRate: number;
}

/**
 * Rates in Hz from values in [0, 1], as `PoissonSource({ rate })` takes them: minRate + (maxRate − minRate) · x.
 *
 * Throws `not-finite` and `out-of-range` for values outside [0, 1] and rates outside their ranges.
 */
export function ratesOf(values: ArrayLike<number>, options: RateOptions, call = "ratesOf"): Float64Array {
  checkOptions(call, options, ["minRate", "maxRate"]);
  const minRate = checkNumber(`${call}: minRate`, options.minRate ?? 0, { min: 0 });
  const maxRate = checkNumber(`${call}: maxRate`, options.maxRate, { min: minRate });
  return Float64Array.from(
    checkValues(`${call}: values`, values, { min: 0, max: 1 }),
    (x) => minRate + (maxRate - minRate) * x,
  );
}
