/**
 * What tests count of what they tried, for the table at the end of a run: runs killed, inputs tried, bits compared. A test tallies once
 * the outcome is known and before it asserts it, so that what was lost is in the table even where the test then fails.
 */

/** The rows of the table, in its order, with what the loss of one would be. */
export const tallied = {
  "faults injected": "a fault that was not refused, or that changed what it should not",
  "runs killed": "a run that ended in other bits than the one that was never stopped",
  "snapshots forged": "a snapshot that was neither refused without a trace nor restored to what runs",
  "inputs tried": "an input that broke, hung or changed what it must not",
  "numbers compared to the bit": "a number of which two devices, thread counts or runs gave different bits",
} as const;
export type Tallied = keyof typeof tallied;

export interface Tally {
  tried: number;
  lost: number;
}

/** What this file of tests has counted so far. */
export const tallies = new Map<Tallied, Tally>();

/** Counts so many more that were tried, and how many of them were lost. */
export function tally(what: Tallied, tried = 1, lost = 0): void {
  const row = tallies.get(what) ?? { tried: 0, lost: 0 };
  row.tried += tried;
  row.lost += lost;
  tallies.set(what, row);
}
