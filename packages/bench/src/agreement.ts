/** Whether two programs do the same, before they are timed. */
import { NeuroweaveError } from "@neuroweave/equations";

export interface Counts {
  readonly name: string;
  /** Spikes of the plain loop. */
  readonly expected: number;
  /** Spikes of the network. */
  readonly counted: number;
  /** Largest accepted difference, relative to `expected`; 0 demands the same count. */
  readonly tolerance: number;
}

/** A sentence that states the counts. Refuses counts that differ by more than the tolerance, and silence. */
export function agreement({ name, expected, counted, tolerance }: Counts): string {
  const difference = Math.abs(counted - expected);
  if (expected === 0 || !(difference <= tolerance * expected))
    throw new NeuroweaveError("internal", `${name} spikes ${counted} times, the plain loop ${expected} times`, {
      remedy: "Times of programs that do not do the same say nothing. Find out which of the two is wrong.",
    });
  if (difference === 0) return `${name}: ${group(expected)} spikes, as many as the plain loop`;
  const share = `${((100 * difference) / expected).toPrecision(1)} %`;
  return `${name}: ${group(counted)} spikes, plain loop ${group(expected)} (${share} apart, accepted ${100 * tolerance} %)`;
}

const group = (count: number): string => count.toLocaleString("en-US");
