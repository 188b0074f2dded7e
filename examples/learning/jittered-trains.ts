/** Spike trains at a given distance from one another, and trains that are jittered copies of templates. */
import type { RandomSource } from "neuroweave";

/** Width of the kernel that trains are compared under, in ms. */
const width = 5;

/** Spikes of a Poisson source of `rate` Hz between `from` and `to` ms, on a grid of 0.1 ms. */
export function poissonTrain(random: RandomSource, rate: number, from: number, to: number): number[] {
  const times: number[] = [];
  for (let t = from; ;) {
    t -= (1000 / rate) * Math.log(1 - random());
    if (t >= to) return times;
    times.push(onGrid(t));
  }
}

const onGrid = (t: number): number => Math.floor(t * 10) / 10;

/**
 * The distance of two trains of `duration` ms: the root mean square over time of their difference under e^(−(t / 5 ms)²), as in Maass,
 * Natschläger & Markram 2002. The integral of the product of two such kernels is 5 ms · √(π/2) e^(−(Δ / 5 ms)² / 2).
 */
export function trainDistance(a: readonly number[], b: readonly number[], duration: number): number {
  const signed = [...a.map((t) => [t, 1] as const), ...b.map((t) => [t, -1] as const)];
  let sum = 0;
  for (const [s, x] of signed) for (const [t, y] of signed) sum += x * y * Math.exp(-(((s - t) / width) ** 2) / 2);
  return Math.sqrt((Math.max(0, sum) * width * Math.sqrt(Math.PI / 2)) / duration);
}

/** A train whose distance from the given one is `distance` ± 0.02: single spikes are taken out, put in and moved at random. */
export function trainAt(random: RandomSource, train: readonly number[], distance: number, duration: number): number[] {
  for (;;) {
    const changed = [...train];
    for (let edits = 0; edits < 40; edits++) {
      const now = trainDistance(train, changed, duration);
      if (Math.abs(now - distance) <= 0.02) return changed.toSorted((a, b) => a - b);
      if (now > distance) break;
      const choice = random();
      if (choice < 2 / 3 && changed.length > 0) changed.splice(Math.floor(random() * changed.length), 1);
      if (choice > 1 / 3) changed.push(onGrid(random() * duration));
    }
  }
}

/** The train with every spike moved by a normal deviate of `sd` ms, within [0, duration). */
export function jittered(random: RandomSource, train: readonly number[], sd: number, duration: number): number[] {
  const deviate = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return train.map((t) => onGrid(Math.min(duration - 0.1, Math.max(0, t + sd * deviate())))).toSorted((a, b) => a - b);
}
