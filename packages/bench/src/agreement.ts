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

export interface Rate {
  readonly name: string;
  /** In Hz. */
  readonly rate: number;
  readonly lowest: number;
  readonly highest: number;
}

/** A sentence that states a rate. Refuses one that is not as other simulators have it. */
export function rateAsPublished({ name, rate, lowest, highest }: Rate): string {
  if (!(rate >= lowest && rate <= highest))
    throw new NeuroweaveError("internal", `${name} fires at ${rate.toFixed(2)} Hz, not at ${lowest} to ${highest} Hz`, {
      remedy: "A network at another rate is another network. Find out what is different.",
    });
  return `${name}: ${rate.toFixed(1)} Hz (expected: ${lowest} to ${highest} Hz)`;
}

const group = (count: number): string => count.toLocaleString("en-US");
