import { checkWhole, refusal } from "@neuroweave/equations";
import { checkList, checkValues } from "./checks.ts";

/**
 * What read-outs take: numbers row by row, with `shape` [rows, columns]. A row is a moment or a sample, a column a
 * neuron, an output or a class. What `population.recorded(name)` gives is one.
 */
export interface MatrixLike {
  /** Row after row. */
  readonly values: ArrayLike<number>;
  /** [rows, columns] */
  readonly shape: readonly [number, number];
}

/** What read-outs give: entry (r, c) is `values[r * columns + c]`, with `shape` [rows, columns]. */
export interface DenseMatrix extends MatrixLike {
  /** Row after row. */
  readonly values: Float64Array;
}

/** More entries than this (32 GiB of them) are an error of units more often than a wish. */
const mostEntries = 2 ** 32;

export function zeros(what: string, rows: number, columns: number): DenseMatrix {
  if (rows * columns > mostEntries)
    throw refusal(
      "out-of-range",
      `${what} would have ${rows} × ${columns} entries`,
      "Times are in ms: give a longer interval, a shorter duration or fewer neurons.",
    );
  return { values: new Float64Array(rows * columns), shape: [rows, columns] };
}

/** A matrix of finite numbers that are at least `min`, with one row and one column or more. */
export function checkMatrix(what: string, matrix: unknown, min = -Infinity): MatrixLike {
  if (!hasShape(matrix))
    throw refusal(
      "invalid-value",
      `${what} has no values with a shape`,
      "Give { values, shape: [rows, columns] }, such as what recorded(…), filterSpikes or spikeCounts give.",
    );
  const [rows, columns] = matrix.shape;
  checkWhole(`${what}: rows of the shape`, rows, 1);
  checkWhole(`${what}: columns of the shape`, columns, 1);
  const { values } = matrix;
  if (checkList(`${what}: values`, values).length !== rows * columns)
    throw refusal(
      "wrong-length",
      `${what} has ${values.length} values for ${rows} rows of ${columns}`,
      "Give as many values as rows times columns, row by row.",
    );
  checkValues(`${what}: values`, values, min);
  return matrix;
}

/** A matrix, or a list of one number per row: a matrix of one column. */
export function checkColumns(what: string, matrix: MatrixLike | ArrayLike<number>): MatrixLike {
  if (hasShape(matrix)) return checkMatrix(what, matrix);
  const { length } = checkList(what, matrix);
  return checkMatrix(what, { values: matrix, shape: [length, 1] });
}

/** Refuses two matrices that do not have the same number of rows or columns. */
export function checkSame(what: string, of: "rows" | "columns", a: number, b: number): void {
  if (a !== b)
    throw refusal("wrong-length", `${what}: ${a} ${of} meet ${b}`, `Give matrices of the same number of ${of}.`);
}

function hasShape(matrix: unknown): matrix is MatrixLike {
  if (typeof matrix !== "object" || matrix === null) return false;
  return "values" in matrix && "shape" in matrix && Array.isArray(matrix.shape) && matrix.shape.length === 2;
}
