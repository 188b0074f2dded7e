import type { DenseMatrix, MatrixLike } from "@neuroweave/readout";
import fc from "fast-check";

/** A matrix from its rows. */
export function matrixOf(rows: readonly (readonly number[])[]): DenseMatrix {
  return { values: Float64Array.from(rows.flat()), shape: [rows.length, rows[0]!.length] };
}

export function rowsOf({ values, shape: [rows, columns] }: MatrixLike): number[][] {
  return Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => values[r * columns + c]!));
}

/** Solves A x = b by Gaussian elimination with row pivots, written for nothing but to be read. */
export function eliminate(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]!]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  const x = Array.from({ length: n }, () => 0);
  for (let k = n - 1; k >= 0; k--) {
    let sum = rows[k]![n]!;
    for (let j = k + 1; j < n; j++) sum -= rows[k]![j]! * x[j]!;
    x[k] = sum / rows[k]![k]!;
  }
  return x;
}

const entry = fc.integer({ min: -40, max: 40 }).map((value) => value / 8);

/** Inputs of T × n and targets of T × m, wide as well as tall. */
export const regression = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }))
  .chain(([rows, inputs, outputs]) => {
    const matrix = (columns: number) =>
      fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
    return fc.record({ x: matrix(inputs), y: matrix(outputs) });
  });

/** The largest difference between two lists of numbers. */
export function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  return Array.from(a).reduce((most, value, k) => Math.max(most, Math.abs(value - b[k]!)), 0);
}
