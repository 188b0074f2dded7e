/** Spike trains whose rates walk at random. */
export interface Spikes {
  readonly times: number[];
  readonly ids: number[];
}

/** Highest chance of a spike in a ms: 90 Hz. */
const highest = 0.09;
/** Longest silence in ms. */
const silence = 50;
/** How much a rate changes in a ms at most: one longest silence takes it from 0 to the highest. */
const steepest = highest / silence;

/**
 * The process of Masquelier, Guyonneau & Thorpe 2008, PLoS ONE 3:e1377, in the details that Hathway & Goodman 2018 give: each ms has a spike,
 * anywhere in it, with the chance of the rate, and also if there was none for 50 ms. Then the rate changes by a slope, and the slope by up to a
 * fifth of the steepest; both stop at their bounds, 0 and 90 Hz and ±1800 Hz/s. The first values are uniform, as is the time since the last spike.
 * Returns what goes on by so many ms, with times from their start. `random` gives uniform numbers in [0, 1).
 */
export function walkingTrains(n: number, random: () => number): (duration: number) => Spikes {
  const uniform = (low: number, high: number) => Float64Array.from({ length: n }, () => low + (high - low) * random());
  const rates = uniform(0, highest);
  const slopes = uniform(-steepest, steepest);
  const last = uniform(-silence, 0);
  return (duration) => {
    const times: number[] = [];
    const ids: number[] = [];
    for (let id = 0; id < n; id++) {
      let [rate, slope, latest] = [rates[id]!, slopes[id]!, last[id]!];
      for (let ms = 0; ms < duration; ms++) {
        if (random() < rate || ms + 1 - latest > silence) {
          latest = ms + random();
          times.push(latest);
          ids.push(id);
        }
        rate = Math.max(0, Math.min(highest, rate + slope));
        slope = Math.max(-steepest, Math.min(steepest, slope + 0.2 * steepest * (2 * random() - 1)));
      }
      [rates[id], slopes[id], last[id]] = [rate, slope, latest - duration];
    }
    return { times, ids };
  };
}
