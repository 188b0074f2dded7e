/** Where the mean field of quadratic integrate-and-fire neurons stands still. */

export interface MeanField {
  /** Membrane time constant in ms. */
  readonly tau: number;
  /** Centre of the excitabilities, constant input included. */
  readonly eta: number;
  /** Their half-width. */
  readonly delta: number;
  readonly J: number;
}

export interface FixedPoint {
  /** Spikes per ms. */
  readonly r: number;
  readonly v: number;
  readonly stable: boolean;
}

/**
 * Fixed points by rising rate (Montbrió, Pazó & Roxin 2015, eq. 12): with x = τ r, v = −Δ / (2π x) and
 * v² + η + J x − π² x² = 0. Roots are bracketed on a fine grid in log x and bisected. A point is stable where the
 * trace 4v / τ of the Jacobian is negative and its determinant positive.
 */
export function fixedPoints({ tau, eta, delta, J }: MeanField): FixedPoint[] {
  const voltage = (x: number): number => -delta / (2 * Math.PI * x);
  const excess = (x: number): number => voltage(x) ** 2 + eta + J * x - (Math.PI * x) ** 2;
  const grid = Array.from({ length: 4001 }, (_, k) => 10 ** (-6 + (9 * k) / 4000));
  const roots = grid.slice(1).flatMap((high, k) => {
    const low = grid[k]!;
    return excess(low) > 0 !== excess(high) > 0 ? [bisect(excess, low, high)] : [];
  });
  return roots.map((x) => {
    const v = voltage(x);
    // d/dr and d/dv of both right-hand sides, times τ: [[2v, 2x], [J − 2π²x, 2v]].
    const determinant = 4 * v * v - 2 * x * (J - 2 * Math.PI ** 2 * x);
    return { r: x / tau, v, stable: v < 0 && determinant > 0 };
  });
}

function bisect(f: (x: number) => number, low: number, high: number): number {
  const below = f(low) > 0;
  for (let k = 0; k < 80; k++) {
    const middle = (low + high) / 2;
    if (f(middle) > 0 === below) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
