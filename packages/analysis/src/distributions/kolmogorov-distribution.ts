import { logFactorial } from "../bursts/poisson-surprise.ts";

/** Most cells of the lattice that are counted. */
const mostCells = 1e7;
/** Most values for which the exact one-sample law is computed. */
const mostValues = 2000;

/**
 * P(D ≥ d / (n · m)) of two samples from one distribution: of all lattice paths from (0, 0) to (n, m), the part that
 * reach |i · m − j · n| ≥ d somewhere. Found from the probabilities that a path gets to a place without having reached
 * it.
 */
export function twoSampleSurvival(d: number, n: number, m: number): number {
  if (d === 0) return 1;
  if (n * m > mostCells) return kolmogorovSurvival((d / (n * m)) * Math.sqrt((n * m) / (n + m)));
  // reached[j]: the probability that a path that is at (i, j) has been there. Summing those is free of cancellation.
  const reached = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      if (Math.abs(i * m - j * n) >= d) reached[j] = 1;
      else if (i + j === 0) reached[j] = 0;
      // Of the paths to (i, j) the part i / (i + j) comes from (i − 1, j), the rest from (i, j − 1).
      else reached[j] = ((i === 0 ? 0 : i * reached[j]!) + (j === 0 ? 0 : j * reached[j - 1]!)) / (i + j);
    }
  }
  return reached[m]!;
}

/** P(D ≥ d) of n values against the distribution that they come from. */
export function oneSampleSurvival(d: number, n: number): number {
  if (d <= 0.5 / n) return 1;
  if (d >= 1) return 0;
  if (n > mostValues) return kolmogorovSurvival(d * Math.sqrt(n));
  // Twice the one-sided probability counts paths twice that deviate to both sides, about e^(−8nd²) of all; none for d ≥ ½.
  if (d >= 0.5 || n * d * d > 4) return Math.min(1, 2 * oneSidedSurvival(d, n));
  return 1 - distributionByMatrix(d, n);
}

/** P(D⁺ ≥ d) = d Σⱼ C(n, j) (d + j/n)^(j−1) (1 − d − j/n)^(n−j) over j ≤ n(1 − d) (Birnbaum & Tingey 1951). */
function oneSidedSurvival(d: number, n: number): number {
  let sum = 0;
  for (let j = 0; j <= n * (1 - d); j++) {
    const rest = 1 - d - j / n;
    const logRest = n === j ? 0 : (n - j) * Math.log(Math.max(0, rest));
    const logChoices = logFactorial(n) - logFactorial(j) - logFactorial(n - j);
    sum += Math.exp(logChoices + (j - 1) * Math.log(d + j / n) + logRest);
  }
  return d * sum;
}

/** P(D < d) as an entry of the n-th power of a matrix (Durbin 1973; Marsaglia, Tsang & Wang 2003). */
function distributionByMatrix(d: number, n: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  const h = k - n * d;
  let base = new Float64Array(size * size);
  const inverseFactorial = (order: number): number => Math.exp(-logFactorial(order));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= Math.min(size - 1, i + 1); j++) {
      let entry = 1;
      if (j === 0) entry -= h ** (i + 1);
      if (i === size - 1) entry -= h ** (size - j);
      if (i === size - 1 && j === 0 && h > 0.5) entry += (2 * h - 1) ** size;
      base[i * size + j] = entry * inverseFactorial(i - j + 1);
    }
  }
  // n! / nⁿ times the power; e^scale is taken out of the matrices so that nothing overflows.
  let power = Float64Array.from(base, (_, place) => (place % (size + 1) === 0 ? 1 : 0));
  let [scale, baseScale] = [0, 0];
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      power = product(power, base, size);
      scale += baseScale + normalize(power);
    }
    base = product(base, base, size);
    baseScale = 2 * baseScale + normalize(base);
  }
  const entry = power[(k - 1) * size + k - 1]!;
  return entry * Math.exp(scale + logFactorial(n) - n * Math.log(n));
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const c = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) c[i * size + j]! += factor * b[k * size + j]!;
    }
  }
  return c;
}

/** Divides by the largest entry and gives its logarithm. */
function normalize(matrix: Float64Array): number {
  const largest = matrix.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  for (let k = 0; k < matrix.length; k++) matrix[k]! /= largest;
  return Math.log(largest);
}

/**
 * The limit law: 2 Σ (−1)^(k−1) e^(−2k²x²), for small x in the form that converges there, 1 − √(2π)/x Σ
 * e^(−(2k−1)²π²/(8x²)).
 */
function kolmogorovSurvival(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  if (x < 1) {
    for (let k = 1; k < 20; k++) sum += Math.exp(-(((2 * k - 1) * Math.PI) ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 1; k < 20; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}
