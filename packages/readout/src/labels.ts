import { checkOptions, checkWhole } from "@neuroweave/equations";
import { checkLabels, checkList } from "./checks.ts";
import { checkMatrix, zeros } from "./matrix.ts";
import type { DenseMatrix, MatrixLike } from "./matrix.ts";

/** How many classes there are. */
export interface ClassOptions {
  /** Number of classes; labels are 0 … classes − 1. */
  readonly classes: number;
}

export function checkClasses(call: string, options: ClassOptions): number {
  checkOptions(call, options, ["classes"]);
  return checkWhole(`${call}: classes`, options.classes, 1);
}

/**
 * Targets for a classifying regression: a row per label, 1 in the column of its class and 0 elsewhere.
 *
 *     const readout = ridge(states, oneHot(labels, { classes: 10 }), { lambda: 1 });
 *     const predicted = argmax(readout.predict(others));
 *
 * Throws `wrong-length` for no labels, `out-of-range` for labels that are not among the classes.
 */
export function oneHot(labels: ArrayLike<number>, options: ClassOptions): DenseMatrix {
  const classes = checkClasses("oneHot", options);
  const checked = checkLabels("oneHot: labels", labels, checkList("oneHot: labels", labels).length, classes);
  const targets = zeros("oneHot", checked.length, classes);
  for (const [row, label] of checked.entries()) targets.values[row * classes + label] = 1;
  return targets;
}

/**
 * The column of the largest value of each row; the lowest of them where several are equal. Throws for what is no matrix
 * of finite numbers.
 */
export function argmax(matrix: MatrixLike): Int32Array {
  const { values, shape } = checkMatrix("argmax: matrix", matrix);
  const [rows, columns] = shape;
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let column = 1; column < columns; column++)
      if (values[row * columns + column]! > values[row * columns + best]!) best = column;
    return best;
  });
}

/**
 * To each neuron the class to which it responds most, on the mean over the samples of that class (Diehl and Cook 2015,
 * Frontiers in Computational Neuroscience 9:99). `responses` is samples × neurons, counts or rates ≥ 0; `labels` has
 * one class per sample. A neuron that responds to nothing gets −1; among equal means the lowest class wins. Classes
 * without samples get no neurons.
 *
 *     const assignment = assignLabels(spikeCounts(cells.spikes(), { n: cells.n, windows: shown.schedule }), labels, { classes: 10 });
 *
 * Throws `wrong-length` for labels that do not match the samples; `out-of-range` for labels that are not among the
 * classes and for negative responses.
 */
export function assignLabels(responses: MatrixLike, labels: ArrayLike<number>, options: ClassOptions): Int32Array {
  const call = "assignLabels";
  const classes = checkClasses(call, options);
  const { values, shape } = checkMatrix(`${call}: responses`, responses, 0);
  const [samples, n] = shape;
  const checked = checkLabels(`${call}: labels`, labels, samples, classes);
  const members = new Float64Array(classes);
  const sums = new Float64Array(classes * n);
  for (const [sample, label] of checked.entries()) {
    members[label]! += 1;
    for (let i = 0; i < n; i++) sums[label * n + i]! += values[sample * n + i]!;
  }
  const assignment = new Int32Array(n).fill(-1);
  const highest = new Float64Array(n);
  for (let label = 0; label < classes; label++) {
    if (members[label] === 0) continue;
    for (let i = 0; i < n; i++) {
      const mean = sums[label * n + i]! / members[label]!;
      if (mean <= highest[i]!) continue;
      highest[i] = mean;
      assignment[i] = label;
    }
  }
  return assignment;
}

/**
 * To each sample the class whose neurons respond most, on their mean (Diehl and Cook 2015). `responses` is samples ×
 * neurons, `assignment` what `assignLabels` gave. A sample to which no neuron with a class responds gets −1; among
 * equal means the lowest class wins. Classes without neurons are never chosen.
 *
 * Throws `wrong-length` for an assignment of another number of neurons; `out-of-range` for classes that are none and
 * for negative responses.
 */
export function predictLabels(responses: MatrixLike, assignment: ArrayLike<number>, options: ClassOptions): Int32Array {
  const call = "predictLabels";
  const classes = checkClasses(call, options);
  const { values, shape } = checkMatrix(`${call}: responses`, responses, 0);
  const [samples, n] = shape;
  const labels = checkLabels(`${call}: assignment`, assignment, n, classes, -1);
  const members = new Float64Array(classes);
  for (const label of labels) if (label >= 0) members[label]! += 1;
  return Int32Array.from({ length: samples }, (_, sample) => {
    const sums = new Float64Array(classes);
    for (let i = 0; i < n; i++) if (labels[i]! >= 0) sums[labels[i]!]! += values[sample * n + i]!;
    let best = -1;
    let highest = 0;
    for (let label = 0; label < classes; label++) {
      const mean = members[label]! > 0 ? sums[label]! / members[label]! : 0;
      if (mean <= highest) continue;
      highest = mean;
      best = label;
    }
    return best;
  });
}
