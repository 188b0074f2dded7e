import { checkNumber, checkOptions, refusal } from "@neuroweave/equations";
import { Matrix } from "ml-matrix";
import { checkColumns, checkMatrix, checkSame, zeros } from "./matrix.ts";
import type { DenseMatrix, MatrixLike } from "./matrix.ts";
import { solvePositive } from "./solve-positive.ts";

/** What ridge regression is told. */
export interface RidgeOptions {
  /**
   * Weight of the penalty on the squares of the weights, ≥ 0. In squared units of the inputs, and not scaled by the
   * number of rows.
   */
  readonly lambda: number;
  /** Whether each output has a constant of its own, which is not penalised; true unless given. */
  readonly intercept?: boolean;
}

/** A linear read-out: outputs = inputs · weights + intercept. */
export interface LinearReadout {
  /** Inputs × outputs. */
  readonly weights: DenseMatrix;
  /** One constant per output; zeros without an intercept. */
  readonly intercept: Float64Array;
  /**
   * The outputs, rows × outputs, for inputs of any number of rows. Throws `wrong-length` for another number of columns.
   */
  predict(inputs: MatrixLike): DenseMatrix;
}

/**
 * Ridge regression (Hoerl and Kennard 1970, Technometrics 12:55): the weights W and the intercept b that minimise
 * |X W + b − Y|² + λ |W|², for inputs X of T × n and targets Y of T × m, or a list of T numbers for one output.
 *
 *     const readout = ridge(filterSpikes(cells.spikes(), …), targets, { lambda: 0.1 });
 *     readout.predict(filterSpikes(others, …)).values;
 *
 * With an intercept the means of the columns are taken off first, and b makes up for them. Where there are as many rows
 * as columns (one more with an intercept) the normal equations (XᵀX + λ I) W = XᵀY are solved, of n × n; otherwise the
 * dual ones (XXᵀ + λ I) A = Y with W = XᵀA, of T × T, which for λ = 0 give the weights of least norm that meet all
 * targets. Both by Cholesky factors: time T n min(T, n), and the condition of X counts squared.
 *
 * Throws `out-of-range` for a negative λ, and for inputs whose columns (rows in the dual form) depend on each other
 * linearly, as far as double precision can tell, where λ is 0 or too small to make up for it; `wrong-length` for
 * matrices that do not match; `not-finite` for entries that are not finite; `invalid-value` and `unknown-name` for
 * options of another form.
 */
export function ridge(
  inputs: MatrixLike,
  targets: MatrixLike | ArrayLike<number>,
  options: RidgeOptions,
): LinearReadout {
  checkOptions("ridge", options, ["lambda", "intercept"]);
  const { lambda, intercept = true } = options;
  checkNumber("ridge: lambda", lambda, { min: 0 });
  if (typeof intercept !== "boolean")
    throw refusal("invalid-value", `ridge: intercept is ${String(intercept)}`, "Give true or false.");
  const x = toMatrix(checkMatrix("ridge: inputs", inputs));
  const y = toMatrix(checkColumns("ridge: targets", targets));
  checkSame("ridge: inputs and targets", "rows", x.rows, y.rows);

  const inputMeans = intercept ? takeOffMeans(x) : new Float64Array(x.columns);
  const targetMeans = intercept ? takeOffMeans(y) : new Float64Array(y.columns);
  const freeRows = intercept ? x.rows - 1 : x.rows;
  const solved = freeRows >= x.columns ? normalEquations(x, y, lambda) : dualEquations(x, y, lambda, intercept);

  const weights = zeros("ridge", x.columns, y.columns);
  const constants = Float64Array.from(targetMeans);
  for (let input = 0; input < x.columns; input++)
    for (let output = 0; output < y.columns; output++) {
      const weight = solved.get(input, output);
      weights.values[input * y.columns + output] = weight;
      constants[output]! -= inputMeans[input]! * weight;
    }
  return { weights, intercept: constants, predict: (inputs) => predict(inputs, weights, constants) };
}

function normalEquations(x: Matrix, y: Matrix, lambda: number): Matrix {
  const gram = addToDiagonal(x.gram(), lambda);
  return solvePositive(gram, x.transposeMultiply(y), rounding(x), (column) => dependence(lambda, "column", column));
}

/**
 * Rows without their mean add up to 0, so that with an intercept XXᵀ has the null vector (1, …, 1). The targets,
 * without their mean too, are orthogonal to it: a multiple of 11ᵀ, which makes the matrix regular, changes nothing of
 * the solution.
 */
function dualEquations(x: Matrix, y: Matrix, lambda: number, intercept: boolean): Matrix {
  const gram = x.transpose().gram();
  if (intercept) gram.add(gram.trace() / x.rows ** 2);
  addToDiagonal(gram, lambda);
  return x.transposeMultiply(solvePositive(gram, y, rounding(x), (row) => dependence(lambda, "row", row)));
}

/** Relative error of a pivot: that of the sums in the Gram matrix and of its factors. */
function rounding({ rows, columns }: Matrix): number {
  return 4 * (rows + columns) * Number.EPSILON;
}

function dependence(lambda: number, what: "row" | "column", index: number): string {
  const why = lambda === 0 ? "lambda is 0" : `lambda = ${lambda} is too small`;
  return `ridge: ${why}, and ${what} ${index} of the inputs depends linearly on those before it`;
}

function addToDiagonal(square: Matrix, lambda: number): Matrix {
  for (let k = 0; k < square.rows; k++) square.set(k, k, square.get(k, k) + lambda);
  return square;
}

/** Takes off the means of the columns, in place. A column that is constant becomes 0 exactly. */
function takeOffMeans(matrix: Matrix): Float64Array {
  const means = Float64Array.from({ length: matrix.columns }, (_, column) => {
    const first = matrix.get(0, column);
    let sum = 0;
    for (let row = 1; row < matrix.rows; row++) sum += matrix.get(row, column) - first;
    return first + sum / matrix.rows;
  });
  matrix.subRowVector(means);
  return means;
}

function predict(inputs: MatrixLike, weights: DenseMatrix, constants: Float64Array): DenseMatrix {
  const { values, shape } = checkMatrix("predict: inputs", inputs);
  const [rows, columns] = shape;
  const [expected, outputs] = weights.shape;
  checkSame("predict: inputs and weights", "columns", columns, expected);
  const predicted = zeros("predict", rows, outputs);
  for (let row = 0; row < rows; row++) {
    const sums = predicted.values.subarray(row * outputs, (row + 1) * outputs);
    sums.set(constants);
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column]!;
      if (value === 0) continue;
      for (let output = 0; output < outputs; output++)
        sums[output]! += value * weights.values[column * outputs + output]!;
    }
  }
  return predicted;
}

function toMatrix({ values, shape: [rows, columns] }: MatrixLike): Matrix {
  return Matrix.from1DArray(rows, columns, values);
}
