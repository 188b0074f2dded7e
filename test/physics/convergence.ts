/** How fast errors vanish with the step size. */

/** Slope of the straight line through (log dt, log error) by least squares. */
export function slope(steps: readonly number[], errors: readonly number[]): number {
  const x = steps.map(Math.log);
  const y = errors.map(Math.log);
  const mean = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0) / list.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, each, i) => sum + (each - mx) * (y[i]! - my), 0);
  return covariance / x.reduce((sum, each) => sum + (each - mx) ** 2, 0);
}

/** Largest relative difference of two lists, each measured by the larger of 1 and the number itself. */
export function distance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  return Math.max(...Array.from(actual, (x, i) => Math.abs(x - expected[i]!) / Math.max(1, Math.abs(expected[i]!))));
}
