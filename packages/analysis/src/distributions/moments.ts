/** Arithmetic mean; NaN for nothing. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]!;
  return sum / values.length;
}

/**
 * Mean of (x − mean)^order, for order 2 the variance with divisor n. Two passes, so a large mean costs no digits. NaN
 * for nothing.
 */
export function centralMoment(values: ArrayLike<number>, order: number): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += (values[k]! - mean) ** order;
  return sum / values.length;
}
