import { checkNumber, checkOptions } from "@neuroweave/equations";
import { borderTolerance, checkAscending, checkWindow } from "../spike-list.ts";
import type { TimeWindow } from "../spike-list.ts";

export interface TilingOptions extends TimeWindow {
  /** Δt in ms: how far apart spikes of the two trains may be. */
  readonly dt: number;
}

/**
 * Spike time tiling coefficient (Cutts & Eglen 2014, J. Neurosci. 34:14288):
 *
 *     STTC = ½ ((P_A − T_B) / (1 − P_A T_B) + (P_B − T_A) / (1 − P_B T_A))
 *
 * where T is the part of [from, to] within ±Δt of a spike of that train, and P the part of its spikes within ±Δt of a
 * spike of the other. Between −1 and 1; 1 for identical trains, near 0 for independent ones, whatever their rates. A
 * term 0/0, where both its P and T are 1, is 1 (as in Elephant). Spikes outside [from, to] are left out; NaN where a
 * train is then empty.
 *
 * Throws `out-of-range` for a window or Δt without length and times that do not ascend, `not-finite`, `unknown-name`
 * for an unknown option.
 */
export function spikeTimeTiling(a: ArrayLike<number>, b: ArrayLike<number>, options: TilingOptions): number {
  checkOptions("spikeTimeTiling", options, ["from", "to", "dt"]);
  const { from, to, dt } = options;
  checkWindow({ from, to });
  checkNumber("spikeTimeTiling: dt", dt, { above: 0 });
  checkAscending(a);
  checkAscending(b);
  const inside = (times: ArrayLike<number>): Float64Array =>
    Float64Array.from(times).filter((time) => time >= from - borderTolerance && time <= to + borderTolerance);
  const [timesA, timesB] = [inside(a), inside(b)];
  if (timesA.length === 0 || timesB.length === 0) return Number.NaN;
  const term = (p: number, t: number): number => (p * t === 1 ? 1 : (p - t) / (1 - p * t));
  return (
    (term(partNear(timesA, timesB, dt), partTiled(timesB, options)) +
      term(partNear(timesB, timesA, dt), partTiled(timesA, options))) /
    2
  );
}

/** Part of the spikes that are within ±dt (and the tolerance of borders) of one of the others. */
function partNear(times: Float64Array, others: Float64Array, dt: number): number {
  let [near, first] = [0, 0];
  for (const time of times) {
    while (first < others.length && others[first]! < time - dt - borderTolerance) first++;
    if (first < others.length && others[first]! <= time + dt + borderTolerance) near++;
  }
  return near / times.length;
}

/** Part of [from, to] that is covered by tiles of ±dt around the spikes. */
function partTiled(times: Float64Array, { from, to, dt }: TilingOptions): number {
  let [covered, reached] = [0, from];
  for (const time of times) {
    const start = Math.max(reached, time - dt);
    const end = Math.min(to, time + dt);
    if (end > start) covered += end - start;
    reached = Math.max(reached, end);
  }
  return covered / (to - from);
}
