/** Chebyshev coefficients of (1 + 2x) e^(x²) erfc(x) in t = (x − 3.75) / (x + 3.75), from values of 40 digits. */
const coefficients: readonly number[] = [
  1.1775789345674017, -0.004590054580646478, -0.08424913336651792, 0.05920993999819189, -0.026658668435305753,
  0.009074997670705265, -0.002413163540417608, 0.0004907758365258086, -6.916973302501207e-5, 4.13902798607301e-6,
  7.74038306619849e-7, -2.1886401049234397e-7, 1.076499946567091e-8, 4.521959811218287e-9, -7.754400208831351e-10,
  -6.318088340886684e-11, 2.86879501093067e-11, 1.9455868545777347e-13, -9.65469674843344e-13, 3.25254814814874e-14,
  3.3478119482868056e-14, -1.864562880419313e-15, -1.2507950530688648e-15, 7.418235256624044e-17, 5.068148904796111e-17,
  -2.2370566594359995e-18, -2.187342944303018e-18, 2.6766327399258762e-20,
];

/**
 * The scaled complementary error function, erfcx(x) = e^(x²) erfc(x) = e^(x²) · 2/√π ∫ₓ^∞ e^(−y²) dy, for any x.
 *
 * One Chebyshev series for all x ≥ 0 (the form of Shepherd & Laframboise 1981, Math. Comp. 36:249), and
 * 2e^(x²) − erfcx(−x) below 0, which overflows to ∞ for x < −26.6. The relative error is below 10⁻¹⁵.
 */
export function erfcx(x: number): number {
  if (x < 0) return 2 * expOfSquare(x) - erfcx(-x);
  if (x === Number.POSITIVE_INFINITY) return 0;
  const t = (x - 3.75) / (x + 3.75);
  let next = 0;
  let afterNext = 0;
  for (let k = coefficients.length - 1; k > 0; k--) {
    [next, afterNext] = [2 * t * next - afterNext + coefficients[k]!, next];
  }
  return (t * next - afterNext + coefficients[0]!) / (1 + 2 * x);
}

/** e^(x²), the square in two parts, of which the first is exact: the rounding of x² would cost x² units in the last place. */
export function expOfSquare(x: number): number {
  const head = Math.round(x * 1024) / 1024;
  return Math.abs(x) > 27 ? Number.POSITIVE_INFINITY : Math.exp(head * head) * Math.exp((x - head) * (x + head));
}
