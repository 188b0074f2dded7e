/** What a benchmark hands on. */
import type { Spread } from "./spread.ts";

/** A bound on the median of a time or of a speedup. */
export interface Goal {
  readonly of: "time" | "speedup";
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Row {
  readonly name: string;
  /** In the unit of its section. */
  readonly time: Spread;
  /** With whom it is compared, where every row has somebody else, and their median. */
  readonly against?: string;
  /** How many times faster than the reference of the section. */
  readonly speedup?: Spread;
  readonly goal?: Goal;
}

/** Rows that were measured together. */
export interface Section {
  readonly title: string;
  /** Unit of the times. */
  readonly unit: string;
  /** What speedups refer to. */
  readonly reference?: string;
  readonly rows: readonly Row[];
  /** What was checked, and what the numbers contain. */
  readonly notes: readonly string[];
}

/** Whether the median meets the goal; undefined where there is no goal. */
export function meets({ goal, time, speedup }: Row): boolean | undefined {
  const measured = goal?.of === "speedup" ? speedup : time;
  if (!goal || !measured) return undefined;
  return measured.median >= (goal.atLeast ?? -Infinity) && measured.median <= (goal.atMost ?? Infinity);
}
