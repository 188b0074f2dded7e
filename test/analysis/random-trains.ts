/**
 * A stream of uniform numbers in (0, 1): mulberry32, whose 2³² states are enough for tests and depend on the seed
 * alone.
 */
export function uniformStream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return (((bits ^ (bits >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

/** Intervals of a gamma process: the sum of `order` exponential ones; order 1 is a Poisson process. Mean `mean` ms. */
export function gammaIntervals(seed: number, count: number, mean: number, order = 1): Float64Array {
  const uniform = uniformStream(seed);
  return Float64Array.from({ length: count }, () => {
    let interval = 0;
    for (let k = 0; k < order; k++) interval -= (mean / order) * Math.log(uniform());
    return interval;
  });
}

/** Spike times from intervals: the first interval is the latency. */
export function timesOf(intervals: Float64Array): Float64Array {
  let time = 0;
  return intervals.map((interval) => (time += interval));
}
