/** How many steps are done for a moment of real time. */
import type { Network } from "neuroweave";

/** Real time in ms that one call may take: what is left of a frame is for the page. */
const budget = 11;

/** Longest time between two calls that is caught up with. */
const longestGap = 60;

export interface Wish {
  /** Real time since the call before, in ms. */
  readonly elapsed: number;
  /** Simulated over real time; Infinity for as fast as can be. */
  readonly speed: number;
  /** Steps after which the run ends. */
  readonly left: number;
}

export function createPace() {
  /** Simulated time in ms that is owed. */
  let owed = 0;
  /** Real time of a step in ms, measured. */
  let cost = 0.05;
  let factor = 0;
  return {
    /** Simulated over real time, lately. */
    factor: () => factor,
    restart(): void {
      owed = 0;
    },
    /** Runs what is owed, as far as there is time; tells whether the run has come to its end. */
    async advance(net: Network, wish: Wish | null, after: () => void): Promise<boolean> {
      if (wish === null) {
        owed = factor = 0;
        return false;
      }
      const elapsed = Math.min(wish.elapsed, longestGap);
      owed += wish.speed === Infinity ? Infinity : elapsed * wish.speed;
      const wanted = Math.min(Math.floor(owed / net.dt + 1e-9), wish.left);
      const started = performance.now();
      let done = 0;
      while (done < wanted) {
        const before = performance.now();
        const time = budget - (before - started);
        if (done > 0 && time <= cost) break;
        const steps = Math.max(1, Math.min(wanted - done, Math.floor(time / 2 / cost), 20_000));
        await net.step(steps);
        done += steps;
        const measured = (performance.now() - before) / steps;
        // The first steps after a change have compiled as well.
        cost = Math.max(1e-5, measured < 4 * cost || done > steps ? (cost + measured) / 2 : cost * 1.5);
      }
      after();
      owed = done < wanted || wish.speed === Infinity ? 0 : owed - done * net.dt;
      const now = elapsed > 0 ? (done * net.dt) / elapsed : 0;
      factor += 0.1 * (now - factor);
      return done > 0 && done >= wish.left;
    },
  };
}
