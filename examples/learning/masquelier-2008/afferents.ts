/** Afferents that spike at random, and in which a pattern of 50 ms returns at random. */
import { hostStream } from "@neuroweave/model";
import { walkingTrains, type Spikes } from "./walking-trains.ts";

export interface AfferentOptions {
  readonly n: number;
  readonly seed: number;
  /** Afferents 0 to this one take part in the pattern. */
  readonly inPattern: number;
}

/** Length of the pattern, and of the segments that time is made of, in ms. */
export const segment = 50;
/** After so many ms rates and silences have forgotten how they began: the pattern then has as many spikes as the rest. */
const settling = 500;
/** Hz that every afferent has beside, also during the pattern. */
const spontaneous = 10;
/** Standard deviation of the spikes of a repeated pattern, in ms. */
const jitter = 1;

export interface Afferents {
  /** Spikes of [from, to) in ms. */
  readonly stream: (from: number, to: number) => Spikes;
  /** Whether the pattern stands in a segment. */
  shows(index: number): boolean;
  /** The spikes that return, by afferent, with times from the start of the pattern. */
  readonly pattern: Spikes;
}

/**
 * The stimulus of Masquelier, Guyonneau & Thorpe 2008, PLoS ONE 3:e1377: trains that walk at random and a pattern that is cut from them once and stands
 * in their place in a quarter of all segments, never in two that follow one another. Nothing but the repetition tells it from the rest.
 */
export function afferents({ n, seed, inPattern }: AfferentOptions): Afferents {
  const schedule = hostStream(seed, "afferents", "schedule");
  const shown: boolean[] = [];
  const shows = (index: number): boolean => {
    // A chance of 1/3 after each segment without the pattern makes it a quarter of all.
    while (shown.length <= index) shown.push(shown.at(-1) === true ? false : schedule() < 1 / 3);
    return shown[index]!;
  };
  const trains = walkingTrains(n, hostStream(seed, "afferents", "rates"));
  trains(settling);
  const pattern = trains(segment);
  const noise = hostStream(seed, "afferents", "noise");
  const made: Spikes[] = [];
  const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - noise())) * Math.cos(2 * Math.PI * noise());
  const make = (index: number): Spikes => {
    const { times, ids } = trains(segment);
    const all: Spikes = { times: [], ids: [] };
    const here = shows(index);
    const start = index * segment;
    const add = (time: number, id: number): void => {
      all.times.push(Math.max(0, start + time));
      all.ids.push(id);
    };
    ids.forEach((id, k) => (here && id < inPattern ? undefined : add(times[k]!, id)));
    if (here) pattern.ids.forEach((id, k) => id < inPattern && add(pattern.times[k]! + jitter * gaussian(), id));
    const expected = (spontaneous * segment) / 1000;
    const waiting = (): number => -Math.log(1 - noise());
    for (let at = waiting(); at < n * expected; at += waiting())
      add((segment * (at % expected)) / expected, Math.floor(at / expected));
    return all;
  };
  const stream = (from: number, to: number): Spikes => {
    const found: Spikes = { times: [], ids: [] };
    // A jittered spike may stand in the segment beside.
    const [first, last] = [Math.max(0, Math.floor(from / segment) - 1), Math.floor(to / segment) + 1];
    for (let index = first; index <= last; index++) {
      while (made.length <= index) {
        made.push(make(made.length));
        // Runs go forward: what lies far behind is not asked for again.
        if (made.length > 100) made[made.length - 101] = { times: [], ids: [] };
      }
      const { times, ids } = made[index]!;
      for (let k = 0; k < times.length; k++)
        if (times[k]! >= from && times[k]! < to) {
          found.times.push(times[k]!);
          found.ids.push(ids[k]!);
        }
    }
    return found;
  };
  return { stream, shows, pattern };
}
