import { refusal } from "@neuroweave/equations";
import { CholeskyDecomposition } from "ml-matrix";
import type { Matrix } from "ml-matrix";

/**
 * The X of A X = B for a symmetric positive definite A, by Cholesky factors. Where a squared pivot has lost all but
 * `rounding` of its diagonal entry, that row is, as far as double precision can tell, a combination of those before it:
 * `dependent` names it for the refusal (`out-of-range`). Entries that overflowed are refused too (`not-finite`).
 */
export function solvePositive(a: Matrix, b: Matrix, rounding: number, dependent: (row: number) => string): Matrix {
  for (let k = 0; k < a.rows; k++)
    if (!Number.isFinite(a.get(k, k)))
      throw refusal("not-finite", "ridge: the squares of the inputs overflow", "Scale the inputs down.");
  const factors = new CholeskyDecomposition(a);
  const lower = factors.lowerTriangularMatrix;
  for (let k = 0; k < a.rows; k++)
    if (!(lower.get(k, k) ** 2 > rounding * a.get(k, k)))
      throw refusal("out-of-range", dependent(k), "Give a larger lambda, or leave out what depends on the rest.");
  return factors.solve(b);
}
