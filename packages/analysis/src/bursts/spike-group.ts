/** Successive spikes of one train that belong together. */
export interface Burst {
  /** Indices of the first and the last spike. */
  readonly first: number;
  readonly last: number;
  /** Their times in ms. */
  readonly start: number;
  readonly end: number;
  /** Spikes from first to last. */
  readonly spikes: number;
  /** end − start in ms. */
  readonly duration: number;
}

export function burstFrom(times: ArrayLike<number>, first: number, last: number): Burst {
  const [start, end] = [times[first]!, times[last]!];
  return { first, last, start, end, spikes: last - first + 1, duration: end - start };
}

/** What the bursts of a train amount to. */
export interface BurstSummary {
  readonly bursts: number;
  /** Spikes inside bursts, as a part of all; NaN for an empty train. */
  readonly spikeFraction: number;
  /** NaN without bursts. */
  readonly meanSpikes: number;
  readonly meanDuration: number;
  /** Mean rate inside bursts, (spikes − 1) / duration pooled over bursts, in Hz. */
  readonly meanRateInside: number;
  /** Mean time from the end of a burst to the start of the next, in ms; NaN for fewer than two bursts. */
  readonly meanPause: number;
}

/** Means over the bursts of a train with `spikes` spikes in all. */
export function summarizeBursts(bursts: readonly Burst[], spikes: number): BurstSummary {
  const n = bursts.length;
  const inside = bursts.reduce((sum, burst) => sum + burst.spikes, 0);
  const duration = bursts.reduce((sum, burst) => sum + burst.duration, 0);
  const pauses = bursts.slice(1).reduce((sum, burst, k) => sum + burst.start - bursts[k]!.end, 0);
  return {
    bursts: n,
    spikeFraction: inside / spikes,
    meanSpikes: inside / n,
    meanDuration: duration / n,
    meanRateInside: (1000 * (inside - n)) / duration,
    meanPause: n < 2 ? Number.NaN : pauses / (n - 1),
  };
}
