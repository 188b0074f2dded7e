import { checkNumber, refusal } from "@neuroweave/equations";
import type { ExperimentRow, Measures, Parameters } from "./experiment.ts";
import { studentEstimate, wilsonEstimate } from "./intervals.ts";
import type { Estimate } from "./intervals.ts";

/** One measure of one parameter set over the seeds. */
export interface SummaryRow<P = Parameters, Measure extends string = string> extends Estimate {
  /** Its name. */
  readonly experiment: string;
  /** Place of the parameters in the list, from 0. */
  readonly set: number;
  /** The parameters. */
  readonly parameters: P;
  /** Of the experiment. */
  readonly phase: "warmUp" | "train" | "evaluate";
  /** Only of training: each epoch is summarized by itself, over the seeds that came so far. */
  readonly epoch?: number;
  /** Name of the measure. */
  readonly measure: Measure;
  /** Student's t for numbers, Wilson's for truth values. */
  readonly interval: "t" | "wilson";
}

/**
 * Mean, standard deviation and confidence interval of every measure over the seeds, for each parameter set, phase and epoch, in
 * the order in which the rows first have them. Failed seeds are not counted: `n` tells how many were. A measure that is not a
 * number (NaN) in one seed makes its mean NaN. One that is a number in one seed and a truth value in another is refused.
 */
export function summarize<P, M extends Measures>(
  rows: readonly ExperimentRow<P, M, Measures, Measures>[],
  options: { readonly confidence?: number } = {},
): readonly SummaryRow<P>[] {
  const confidence = checkConfidence("summarize", options.confidence ?? 0.95);
  const groups = new Map<string, { row: Omit<SummaryRow<P>, keyof Estimate | "interval">; values: unknown[] }>();
  for (const row of rows) {
    if (row.phase === "failed") continue;
    const { experiment, set, parameters, phase } = row;
    const epoch = row.phase === "train" ? { epoch: row.epoch } : {};
    for (const [measure, value] of Object.entries<unknown>(row.measures)) {
      const key = JSON.stringify([experiment, set, phase, epoch, measure]);
      const group = groups.get(key) ?? { row: { experiment, set, parameters, phase, ...epoch, measure }, values: [] };
      groups.set(key, group);
      group.values.push(value);
    }
  }
  return Array.from(groups.values(), ({ row, values }): SummaryRow<P> => {
    if (values.every((value) => typeof value === "boolean"))
      return { ...row, ...wilsonEstimate(values, confidence), interval: "wilson" };
    if (values.every((value) => typeof value === "number"))
      return { ...row, ...studentEstimate(values, confidence), interval: "t" };
    throw refusal(
      "invalid-value",
      `${row.measure} of ${row.experiment} is a number with one seed and a truth value with another`,
      "Return the same kind with every seed.",
    );
  });
}

export function checkConfidence(call: string, confidence: unknown): number {
  const number = checkNumber(`${call}: confidence`, confidence);
  if (number > 0 && number < 1) return number;
  throw refusal("out-of-range", `${call}: confidence is ${number}`, "Give a number between 0 and 1, such as 0.95.");
}
