/** Ranges of a phase plane that hold what has been seen, in round numbers. */
import { niceStep } from "../numbers.ts";

export interface PlaneScale {
  /** Takes values in; tells whether the range has grown. */
  take(values: readonly number[]): boolean;
  readonly low: number;
  readonly high: number;
}

/** A range to begin with, for the unit of a variable. */
const usual = (unit: string): readonly [number, number] =>
  unit === "mV" ? [-80, -40] : unit === "pA" ? [-50, 150] : [-0.5, 0.5];

export function planeScale(unit: string): PlaneScale {
  let [low, high] = usual(unit);
  let seen = false;
  return {
    take(values) {
      if (values.length === 0) return false;
      let [least, most] = [Infinity, -Infinity];
      for (const x of values) {
        if (x < least) least = x;
        if (x > most) most = x;
      }
      if (!(least >= low && most <= high) || !seen) {
        if (!seen && unit === "mV") [least, most] = [Math.min(least, low), Math.max(most, high)];
        const start = seen ? [Math.min(low, least), Math.max(high, most)] : [least, most];
        seen = true;
        const room = Math.max((start[1]! - start[0]!) * 0.12, 1e-6, Math.abs(start[1]!) * 0.01);
        const step = niceStep(start[1]! - start[0]! + 2 * room, 8);
        const [nextLow, nextHigh] = [Math.floor((start[0]! - room) / step) * step, Math.ceil((start[1]! + room) / step) * step];
        const grown = nextLow !== low || nextHigh !== high;
        [low, high] = [nextLow, nextHigh];
        return grown;
      }
      return false;
    },
    get low() {
      return low;
    },
    get high() {
      return high;
    },
  };
} // prettier-ignore
