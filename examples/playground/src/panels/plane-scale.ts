/** Ranges of a phase plane that hold what has been seen, in round numbers. */
import { niceStep } from "../numbers.ts";

export interface PlaneScale {
  /** Takes values in; tells whether the range has grown. */
  take(values: readonly number[]): boolean;
  /** Takes in a value that is good to see too, unless the range would become so wide that what has been taken looks small. */
  reach(value: number): boolean;
  readonly low: number;
  readonly high: number;
}

/** How many times as wide as for what has been taken alone a range becomes at most. */
const mostRoom = 4;

/** A range to begin with, for the unit of a variable. */
const usual = (unit: string): readonly [number, number] =>
  unit === "mV" ? [-80, -40] : unit === "pA" ? [-50, 150] : [-0.5, 0.5];

export function planeScale(unit: string): PlaneScale {
  let [low, high] = usual(unit);
  let seen = false;
  /** What has been taken, and nothing that has only been reached for. */
  let taken: [number, number] = [Infinity, -Infinity];
  /** Grows, in round numbers, to hold values and a little more. */
  const grow = (least: number, most: number): boolean => {
    const room = Math.max((most - least) * 0.12, 1e-6, Math.abs(most) * 0.01);
    const step = niceStep(most - least + 2 * room, 8);
    const [nextLow, nextHigh] = [Math.floor((least - room) / step) * step, Math.ceil((most + room) / step) * step];
    const grown = nextLow !== low || nextHigh !== high;
    [low, high] = [nextLow, nextHigh];
    return grown;
  };
  return {
    take(values) {
      if (values.length === 0) return false;
      let [least, most] = [Infinity, -Infinity];
      for (const x of values) {
        if (x < least) least = x;
        if (x > most) most = x;
      }
      taken = [Math.min(taken[0], least), Math.max(taken[1], most)];
      if (seen && least >= low && most <= high) return false;
      // Voltages that begin within the usual range are known to move there; the rest begins with what it is.
      const isUsual = !seen && unit === "mV" && least >= low && most <= high;
      if (isUsual) taken = [low, high];
      const isKnown = seen || isUsual;
      seen = true;
      return isKnown ? grow(Math.min(low, least), Math.max(high, most)) : grow(least, most);
    },
    reach(value) {
      if (!seen || !Number.isFinite(value) || (value >= low && value <= high)) return false;
      const [least, most] = [Math.min(low, value), Math.max(high, value)];
      return most - least <= mostRoom * (taken[1] - taken[0]) && grow(least, most);
    },
    get low() {
      return low;
    },
    get high() {
      return high;
    },
  };
}
