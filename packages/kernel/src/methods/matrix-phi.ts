/**
 * e^A and φ₁(A) = Σ Aᵏ/(k+1)! of a small matrix of values, by scaling and doubling: φ₁ of A/2^s by its Taylor series, then
 * φ₁(2X) = φ₁(X)·(I + ½·X·φ₁(X)) s times, and e^A = I + A·φ₁(A). Working on φ₁ keeps small entries of e^A − I accurate.
 *
 * With s = 8 and 14 terms the series is exact to rounding for ‖A‖ ≤ 128; the doublings lose at most 2⁸ roundings.
 * (Higham 2008, Functions of Matrices, ch. 10; Skaflestad & Wright 2009, Appl. Numer. Math. 59:783.)
 */
import type { Builder } from "../builder.ts";
import type { Value } from "../ir.ts";

type Matrix = readonly (readonly Value[])[];

const doublings = 8;
const terms = 14;

/** Entries that are structurally zero stay the constant 0. */
export function matrixPhi(b: Builder, a: Matrix): { readonly exponential: Matrix; readonly phi: Matrix } {
  const identity = a.map((_, i) => a.map((__, j) => b.constant(i === j ? 1 : 0)));
  let x = scale(b, a, 2 ** -doublings);
  // Horner: φ₁(X) = I + X/2·(I + X/3·(I + …)).
  let phi: Matrix = identity;
  for (let k = terms; k >= 2; k--) phi = sum(b, identity, product(b, scale(b, x, 1 / k), phi));
  for (let s = 0; s < doublings; s++) {
    phi = product(b, phi, sum(b, identity, scale(b, product(b, x, phi), 0.5)));
    x = scale(b, x, 2);
  }
  return { exponential: sum(b, identity, product(b, a, phi)), phi };
}

const isZero = (b: Builder, value: Value): boolean => b.constantOf(value) === 0;

const scale = (b: Builder, a: Matrix, by: number): Matrix =>
  a.map((row) => row.map((value) => (isZero(b, value) ? value : b.apply("mul", value, b.constant(by)))));

const plus = (b: Builder, x: Value, y: Value): Value =>
  isZero(b, x) ? y : isZero(b, y) ? x : b.apply("add", x, y);

const sum = (b: Builder, x: Matrix, y: Matrix): Matrix =>
  x.map((row, i) => row.map((value, j) => plus(b, value, y[i]![j]!)));

const product = (b: Builder, x: Matrix, y: Matrix): Matrix =>
  x.map((row) =>
    row.map((_, j) =>
      row.reduce(
        (total, value, k) =>
          isZero(b, value) || isZero(b, y[k]![j]!) ? total : plus(b, total, b.apply("mul", value, y[k]![j]!)),
        b.constant(0),
      ),
    ),
  );
