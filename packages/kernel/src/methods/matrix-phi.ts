/**
 * e^A and φ₁(A) = Σ Aᵏ/(k+1)! of a small matrix of values, by scaling and doubling: φ₁ of A/2^s by its Taylor series, then
 * φ₁(2X) = φ₁(X)·(I + ½·X·φ₁(X)) s times, and e^A = I + A·φ₁(A). Working on φ₁ keeps small entries of e^A − I accurate.
 *
 * With s = 8 and 14 terms the series is exact to rounding for ‖A‖ ≤ 128; the doublings lose at most 2⁸ roundings.
 * (Higham 2008, Functions of Matrices, ch. 10; Skaflestad & Wright 2009, Appl. Numer. Math. 59:783.)
 */
import type { Builder } from "../builder.ts";
import type { Value } from "../ir.ts";

/**
 * Entries that are zero by the form of the equations are null and cost nothing. A coefficient that happens to be zero is
 * none of these: it takes part like any number, so that setting it later never changes the route.
 */
type Matrix = readonly (readonly (Value | null)[])[];

const doublings = 8;
const terms = 14;

/** e^A and φ₁(A) of a square matrix. */
export function matrixPhi(b: Builder, a: Matrix): { readonly exponential: Matrix; readonly phi: Matrix } {
  const identity = a.map((_, i) => a.map((__, j) => (i === j ? b.constant(1) : null)));
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

const scale = (b: Builder, a: Matrix, by: number): Matrix =>
  a.map((row) => row.map((value) => (value === null ? null : b.apply("mul", value, b.constant(by)))));

const plus = (b: Builder, x: Value | null, y: Value | null): Value | null =>
  x === null ? y : y === null ? x : b.apply("add", x, y);

const times = (b: Builder, x: Value | null, y: Value | null): Value | null =>
  x === null || y === null ? null : b.apply("mul", x, y);

const sum = (b: Builder, x: Matrix, y: Matrix): Matrix =>
  x.map((row, i) => row.map((value, j) => plus(b, value, y[i]![j]!)));

const product = (b: Builder, x: Matrix, y: Matrix): Matrix =>
  x.map((row) =>
    row.map((_, j) => row.reduce<Value | null>((total, value, k) => plus(b, total, times(b, value, y[k]![j]!)), null)),
  );
