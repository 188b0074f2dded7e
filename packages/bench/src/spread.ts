/** Several measurements of one quantity. */
export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  /** In the order in which they were taken. */
  readonly values: readonly number[];
}

/** Median and range of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  return { median, lowest: sorted[0]!, highest: sorted.at(-1)!, values };
}

/** The same in another unit. */
export const scaled = ({ values }: Spread, factor: number): Spread => spreadOf(values.map((x) => x * factor));

/** What is left of the whole without a part, pair by pair. */
export const without = (whole: Spread, part: Spread): Spread =>
  spreadOf(whole.values.map((x, round) => x - part.values[round]!));

/**
 * How many times faster than the reference: reference / measured, pair by pair. Pairs come from the same round, so what
 * slows a whole round down does not show.
 */
export function speedup(reference: Spread, measured: Spread): Spread {
  return spreadOf(measured.values.map((time, round) => reference.values[round]! / time));
}
