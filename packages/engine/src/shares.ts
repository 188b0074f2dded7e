/** Which thread has which neurons. */
import { paddedLength, shareUnit } from "@neuroweave/kernel";

/** A population to be shared out, with what a step of one of its neurons costs, in any unit. */
export interface Load<P> {
  readonly population: P;
  readonly n: number;
  readonly perNeuron: number;
}

/** Thread t has neurons [bounds[t], bounds[t + 1]). */
export type Bounds = readonly number[];

/** Imbalance for which whole populations are preferred: what one thread may have above the mean, relative to it. */
const tolerated = 0.05;

/**
 * Bounds for each population. Where whole populations can be dealt out evenly they are, since then no row of synapses has to
 * be divided; otherwise all neurons are put in one line, which is cut into equal parts at multiples of `shareUnit`.
 */
export function shareOut<P>(loads: readonly Load<P>[], threads: number): Map<P, Bounds> {
  const total = loads.reduce((sum, { n, perNeuron }) => sum + n * perNeuron, 0);
  return dealt(loads, threads, ((1 + tolerated) * total) / threads) ?? cut(loads, threads, total);
}

/** The heaviest first, each to the thread with the least; null if one then has more than `most`. */
function dealt<P>(loads: readonly Load<P>[], threads: number, most: number): Map<P, Bounds> | null {
  const weights = Array.from({ length: threads }, () => 0);
  const result = new Map<P, Bounds>();
  for (const { population, n, perNeuron } of loads.toSorted((a, b) => b.n * b.perNeuron - a.n * a.perNeuron)) {
    const least = weights.indexOf(Math.min(...weights));
    weights[least]! += n * perNeuron;
    result.set(
      population,
      Array.from({ length: threads + 1 }, (_, t) => (t <= least ? 0 : paddedLength(n))),
    );
  }
  return Math.max(...weights) <= most ? result : null;
}

function cut<P>(loads: readonly Load<P>[], threads: number, total: number): Map<P, Bounds> {
  const result = new Map<P, Bounds>();
  let before = 0;
  for (const { population, n, perNeuron } of loads) {
    const bounds = Array.from({ length: threads + 1 }, (_, t) => {
      if (t === 0) return 0;
      if (t === threads) return paddedLength(n);
      const neurons = ((total * t) / threads - before) / perNeuron;
      return Math.min(paddedLength(n), Math.max(0, Math.round(neurons / shareUnit) * shareUnit));
    });
    result.set(population, bounds);
    before += n * perNeuron;
  }
  return result;
}
