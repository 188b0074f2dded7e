/** Nodes of the rule on [-1, 1]. */
const order = 20;

/** Nodes xₖ and weights 2 / ((1 − xₖ²) Pₙ'(xₖ)²) of the Gauss–Legendre rule of `order` points on [-1, 1]. */
const rule = Array.from({ length: order }, (_, k) => {
  let x = Math.cos((Math.PI * (k + 0.75)) / (order + 0.5));
  let slope = 0;
  // Newton's steps from Tricomi's estimate; the fourth changes nothing more.
  for (let step = 0; step < 5; step++) {
    let before = 1;
    let last = x;
    for (let n = 2; n <= order; n++) [before, last] = [last, ((2 * n - 1) * x * last - (n - 1) * before) / n];
    slope = (order * (before - x * last)) / (1 - x * x);
    if (step < 4) x -= last / slope;
  }
  return { x, weight: 2 / ((1 - x * x) * slope * slope) };
});

/**
 * ∫ f over [from, to] by the Gauss–Legendre rule of 20 points. Exact for polynomials of degree 39; for f = e^(cx) on an
 * interval of half width h the relative error is below 4 · 10⁻¹⁵ while |c| h ≤ 13 (the remainder is
 * h⁴¹ 2⁴¹ (20!)⁴ / (41 (40!)³) · f⁽⁴⁰⁾, and what is left is the rounding of nodes and terms).
 */
export function integrate(f: (x: number) => number, from: number, to: number): number {
  const half = (to - from) / 2;
  const middle = from + half;
  let sum = 0;
  for (const { x, weight } of rule) sum += weight * f(middle + half * x);
  return half * sum;
}
