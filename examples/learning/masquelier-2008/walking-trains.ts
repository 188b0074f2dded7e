/** Spike trains whose rates walk at random. */
export interface Spikes {
  readonly times: number[];
  readonly ids: number[];
}

export interface TrainOptions {
  readonly n: number;
  /** Uniform numbers in [0, 1). */
  readonly random: () => number;
}

const highest = 90;
/** Longest silence in ms. */
const silence = 50;
/** Rates change by up to this many Hz in a ms: a silent afferent may need but one longest silence to reach the highest rate. */
const steepest = highest / silence;

/**
 * The process of Masquelier, Guyonneau & Thorpe 2008, PLoS ONE 3:e1377, methods. Spikes are Poisson with a rate that changes each ms by a slope, and the
 * slope by up to a fifth of the steepest; rate and slope stop at their bounds, 0 and 90 Hz and ±1800 Hz/s. An afferent that was silent for 50 ms spikes.
 * The first values are uniform, as is the time since the last spike. Returns what goes on by so many ms, with times from their start.
 */
export function walkingTrains({ n, random }: TrainOptions): (duration: number) => Spikes {
  const rates = Float64Array.from({ length: n }, () => (highest / 1000) * random());
  const slopes = Float64Array.from({ length: n }, () => (steepest / 1000) * (2 * random() - 1));
  const last = Float64Array.from({ length: n }, () => -silence * random());
  const exponential = (): number => -Math.log(1 - random());
  /** The integral of the rate until the next spike. */
  const waits = Float64Array.from({ length: n }, exponential);
  const [top, limit, most] = [highest / 1000, steepest / 1000, steepest / 5000];
  const walk = (id: number, duration: number, spike: (time: number, id: number) => void): void => {
    let [rate, slope, wait, latest] = [rates[id]!, slopes[id]!, waits[id]!, last[id]!];
    const spikes = (time: number): void => spike((latest = time), id);
    for (let ms = 0; ms < duration; ms++) {
      let left = 1;
      while (wait < rate * left) {
        left -= wait / rate;
        spikes(ms + 1 - left);
        wait = exponential();
      }
      wait -= rate * left;
      if (ms + 1 - latest > silence) spikes(Math.max(ms, latest + silence));
      rate = Math.max(0, Math.min(top, rate + slope));
      slope = Math.max(-limit, Math.min(limit, slope + most * (2 * random() - 1)));
    }
    [rates[id], slopes[id], waits[id], last[id]] = [rate, slope, wait, latest - duration];
  };
  return (duration) => {
    const found: Spikes = { times: [], ids: [] };
    for (let id = 0; id < n; id++)
      walk(id, duration, (time) => {
        found.times.push(time);
        found.ids.push(id);
      });
    return found;
  };
}
