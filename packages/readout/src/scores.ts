import { refusal } from "@neuroweave/equations";
import { checkLabels, checkList } from "./checks.ts";
import { checkClasses } from "./labels.ts";
import type { ClassOptions } from "./labels.ts";
import { zeros } from "./matrix.ts";
import type { DenseMatrix } from "./matrix.ts";

/** How often each class was taken for each other one. */
export interface Confusion {
  /**
   * Classes × (classes + 1): rows are true classes, columns predicted ones; the last column counts what was left
   * unassigned (−1).
   */
  readonly counts: DenseMatrix;
  /** Part of the samples that were predicted rightly; what is unassigned is wrong. */
  readonly accuracy: number;
  /** For each class, the part of what was predicted as it that is of it; NaN for a class that was never predicted. */
  readonly precision: Float64Array;
  /** For each class, the part of its samples that were predicted as it; NaN for a class without samples. */
  readonly recall: Float64Array;
}

/**
 * Who was taken for whom. `labels` are true classes, 0 … classes − 1; `predicted` has as many, where −1 says that none
 * was found.
 *
 * Throws `wrong-length` for lists of no or of unequal length, `out-of-range` for labels that are not among the classes.
 */
export function confusion(labels: ArrayLike<number>, predicted: ArrayLike<number>, options: ClassOptions): Confusion {
  const call = "confusion";
  const classes = checkClasses(call, options);
  const [truth, found] = checkPairs(call, labels, predicted, classes);
  const counts = zeros(call, classes, classes + 1);
  const columns = classes + 1;
  for (const [k, label] of truth.entries())
    counts.values[label * columns + (found[k] === -1 ? classes : found[k]!)]! += 1;

  const right = Float64Array.from({ length: classes }, (_, label) => counts.values[label * columns + label]!);
  const ofClass = new Float64Array(classes);
  const asClass = new Float64Array(classes);
  for (const label of truth) ofClass[label]! += 1;
  for (const label of found) if (label >= 0) asClass[label]! += 1;
  return {
    counts,
    accuracy: right.reduce((sum, count) => sum + count, 0) / truth.length,
    precision: right.map((count, label) => count / asClass[label]!),
    recall: right.map((count, label) => count / ofClass[label]!),
  };
}

/**
 * Part of the predictions that are the label; −1, unassigned, is none. Labels are whole numbers ≥ 0.
 *
 * Throws what `confusion` throws.
 */
export function accuracy(labels: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const [truth, found] = checkPairs("accuracy", labels, predicted, 2 ** 31);
  return truth.filter((label, k) => label === found[k]).length / truth.length;
}

function checkPairs(
  call: string,
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): readonly [Int32Array, Int32Array] {
  const { length } = checkList(`${call}: labels`, labels);
  if (length === 0) throw refusal("wrong-length", `${call}: there are no labels`, "Give one or more.");
  return [
    checkLabels(`${call}: labels`, labels, length, classes),
    checkLabels(`${call}: predicted`, predicted, length, classes, -1),
  ];
}
