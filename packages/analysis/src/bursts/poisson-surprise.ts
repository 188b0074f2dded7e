import { checkNumber, checkWhole } from "@neuroweave/equations";

/**
 * Poisson surprise of many spikes, S = −ln P(N ≥ n), where N is Poisson with mean m = rate · duration: how unlikely it
 * is that `duration` ms hold n spikes or more (Legéndy & Salcman 1985, J. Neurophysiol. 53:926). 0 for n = 0; the
 * relative error is below 10⁻¹².
 *
 * `rate` in Hz. Throws `out-of-range` and `not-finite` for a negative number of spikes, duration or rate.
 */
export function poissonSurprise(spikes: number, duration: number, rate: number): number {
  const mean = meanCount("poissonSurprise", spikes, duration, rate);
  if (spikes === 0) return 0;
  if (mean === 0) return Number.POSITIVE_INFINITY;
  return spikes > mean ? -logTailFrom(spikes, mean) : -Math.log1p(-Math.exp(logUpTo(spikes - 1, mean)));
}

/**
 * Poisson surprise of few spikes, S = −ln P(N ≤ n): how unlikely it is that `duration` ms hold n spikes or fewer, the
 * surprise of a pause. rate · duration for n = 0.
 *
 * Throws as `poissonSurprise`.
 */
export function pauseSurprise(spikes: number, duration: number, rate: number): number {
  const mean = meanCount("pauseSurprise", spikes, duration, rate);
  if (mean === 0) return 0;
  return spikes < mean ? -logUpTo(spikes, mean) : -Math.log1p(-Math.exp(logTailFrom(spikes + 1, mean)));
}

function meanCount(call: string, spikes: number, duration: number, rate: number): number {
  checkWhole(`${call}: spikes`, spikes, 0);
  checkNumber(`${call}: duration`, duration, { min: 0 });
  checkNumber(`${call}: rate`, rate, { min: 0 });
  return (duration * rate) / 1000;
}

/** ln P(N = n). */
function logProbability(n: number, mean: number): number {
  return n * Math.log(mean) - mean - logFactorial(n);
}

/** ln P(N ≥ n) for n > mean: the terms fall from the first on. */
function logTailFrom(n: number, mean: number): number {
  let [sum, term] = [1, 1];
  for (let k = n + 1; term > 1e-17 * sum; k++) {
    term *= mean / k;
    sum += term;
  }
  return logProbability(n, mean) + Math.log(sum);
}

/** ln P(N ≤ n) for n ≤ mean: the terms fall from the last on. */
function logUpTo(n: number, mean: number): number {
  let [sum, term] = [1, 1];
  for (let k = n; k > 0 && term > 1e-17 * sum; k--) {
    term *= k / mean;
    sum += term;
  }
  return logProbability(n, mean) + Math.log(sum);
}

/** ln n!, as a sum up to 256 and by Stirling's series with three corrections (below 10⁻¹⁷ there) beyond. */
export function logFactorial(n: number): number {
  if (n <= 256) {
    let sum = 0;
    for (let k = 2; k <= n; k++) sum += Math.log(k);
    return sum;
  }
  const x = n + 1;
  const correction = (1 / 12 - (1 / 360 - 1 / (1260 * x * x)) / (x * x)) / x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + correction;
}
