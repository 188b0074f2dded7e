import { checkMatrix, checkSame } from "./matrix.ts";
import type { MatrixLike } from "./matrix.ts";

/**
 * How far two states of the same n neurons are apart over time: |a(t) − b(t)| / √n for each of T rows, the Euclidean
 * distance (Maass, Natschläger and Markram 2002, Neural Computation 14:2531), here divided by √n, so that it is the
 * root of the mean square over neurons and comparable between sizes.
 *
 *     const apart = stateSeparation(filterSpikes(ofOneInput, options), filterSpikes(ofTheOther, options));
 *
 * Throws `wrong-length` for states of unequal shape, `not-finite` for values that are not finite.
 */
export function stateSeparation(a: MatrixLike, b: MatrixLike): Float64Array {
  const call = "stateSeparation";
  checkMatrix(`${call}: a`, a);
  checkMatrix(`${call}: b`, b);
  checkSame(call, "rows", a.shape[0], b.shape[0]);
  checkSame(call, "columns", a.shape[1], b.shape[1]);
  const [rows, n] = a.shape;
  const distances = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let entry = row * n; entry < (row + 1) * n; entry++) squares += (a.values[entry]! - b.values[entry]!) ** 2;
    distances[row] = Math.sqrt(squares / n);
  }
  return distances;
}
