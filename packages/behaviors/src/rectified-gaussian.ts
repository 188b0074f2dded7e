/**
 * The Gaussian whose positive part has a given mean and variance. Made of sums, products and square roots alone, so that every
 * engine finds the same numbers.
 */
import { NeuroweaveError } from "@neuroweave/model";

/** e^x from its series at x / 1024, squared ten times; to 1e-12 for |x| < 50. */
function exponential(x: number): number {
  const z = x / 1024;
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 12; k++) sum += term *= z / k;
  for (let k = 0; k < 10; k++) sum *= sum;
  return sum;
}

const rootTwoPi = 2.5066282746310002;

/** Density and distribution function of the standard normal at z, |z| ≤ 9, by the series of Φ about 0 (Marsaglia 2004). */
function normalAt(z: number): { density: number; below: number } {
  const density = exponential((-z * z) / 2) / rootTwoPi;
  let term = z;
  let sum = z;
  for (let k = 3; k < 400 && Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) sum += term *= (z * z) / k;
  return { density, below: 0.5 + density * sum };
}

/** Mean and second moment of max(X, 0) for X of unit variance and mean z. */
function rectified(z: number): { mean: number; square: number } {
  const { density, below } = normalAt(z);
  return { mean: density + z * below, square: (z * z + 1) * below + z * density };
}

/**
 * Mean and standard deviation of X such that max(X, 0) has the given mean > 0 and variance > 0. The variance over the squared
 * mean falls as X moves upward, so the place is found by bisection. Refuses a variance above 100 squared means: its process
 * would be silent nearly always.
 */
export function rectifiedGaussian(mean: number, variance: number): { mean: number; sd: number } {
  const wanted = variance / (mean * mean);
  const ratio = (z: number): number => {
    const moments = rectified(z);
    return moments.square / (moments.mean * moments.mean) - 1;
  };
  let [low, high] = [-3, 9];
  if (wanted > ratio(low))
    throw new NeuroweaveError("out-of-range", "the rate would have to vary too much for that correlation", {
      remedy: "Give a lower correlation, a higher rate or a longer tau.",
    });
  // Far above 0 nothing is cut off.
  if (wanted < ratio(high)) return { mean, sd: Math.sqrt(variance) };
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (ratio(middle) > wanted) low = middle;
    else high = middle;
  }
  const sd = mean / rectified(low).mean;
  return { mean: low * sd, sd };
}
