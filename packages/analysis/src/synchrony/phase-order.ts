import { checkOptions, refusal } from "@neuroweave/equations";
import { checkAscending, checkWindow } from "../spike-list.ts";
import { checkStep, sampleTimes } from "../rates/sample-times.ts";
import type { SampleOptions } from "../rates/sample-times.ts";

/** Phase coherence of a population over time. */
export interface PhaseOrder {
  /** Moments in ms. */
  readonly times: Float64Array;
  /** R(t), between 0 and 1; NaN where no train has a phase. */
  readonly order: Float64Array;
  /** How many trains have a phase at that moment. */
  readonly trains: Float64Array;
  /** Mean of R over the moments at which it is defined. */
  readonly mean: number;
}

/**
 * Kuramoto's order parameter R(t) = |⟨e^(iφ)⟩| over the trains of a population, where the phase of a train goes in a
 * straight line from 0 at one spike to 2π at the next (Kuramoto 1984; phases of spike trains as in Pikovsky, Rosenblum
 * & Kurths 2001). 1 where all trains are at the same point of their cycle, about √(π/4N) for N independent ones. Before
 * its first spike and from its last one on a train has no phase and is left out. Moments are from, from + step, … ≤ to.
 *
 * Throws `out-of-range` for a window or step without length and times that do not ascend, `wrong-length` for no trains,
 * `not-finite`, `unknown-name` for an unknown option.
 */
export function phaseOrder(trains: ArrayLike<ArrayLike<number>>, options: SampleOptions): PhaseOrder {
  checkOptions("phaseOrder", options, ["from", "to", "step"]);
  checkWindow(options);
  checkStep("phaseOrder", options);
  if (trains.length === 0) throw refusal("wrong-length", "phaseOrder: there are no trains", "Give one train or more.");
  const times = sampleTimes(options);
  const cosines = new Float64Array(times.length);
  const sines = new Float64Array(times.length);
  const counts = new Float64Array(times.length);
  for (let i = 0; i < trains.length; i++) {
    const train = trains[i]!;
    checkAscending(train);
    let next = 0;
    for (let k = 0; k < times.length; k++) {
      while (next < train.length && train[next]! <= times[k]!) next++;
      if (next === 0 || next === train.length) continue;
      const phase = (2 * Math.PI * (times[k]! - train[next - 1]!)) / (train[next]! - train[next - 1]!);
      cosines[k]! += Math.cos(phase);
      sines[k]! += Math.sin(phase);
      counts[k]! += 1;
    }
  }
  const order = counts.map((count, k) => Math.hypot(cosines[k]!, sines[k]!) / count);
  const defined = order.filter((value) => !Number.isNaN(value));
  return { times, order, trains: counts, mean: defined.reduce((sum, value) => sum + value, 0) / defined.length };
}
