import { checkMeanField } from "./quadratic-mean-field.ts";
import type { MeanFieldParameters } from "./quadratic-mean-field.ts";

/** A state in which r and v rest. */
export interface MeanFieldFixedPoint {
  /** Spikes per neuron and ms. */
  readonly r: number;
  /** The same in Hz, 1000 r. */
  readonly rate: number;
  /** Mean potential. */
  readonly v: number;
  /** True where all small deviations die out. */
  readonly stable: boolean;
  readonly kind: "node" | "focus" | "saddle";
}

/**
 * All fixed points, in ascending order of r: one, or three of which the middle one is a saddle. With x = τr they are
 * the positive roots of π²x⁴ − Jx³ − (η + I)x² − (Δ/2π)² = 0, and v = −Δ/(2πx). Good to 10⁻¹² of their value, except
 * where two of them meet.
 *
 * Throws `out-of-range` and `not-finite` for parameters that describe no population, `unknown-name` for an unknown one.
 */
export function meanFieldFixedPoints(field: MeanFieldParameters): MeanFieldFixedPoint[] {
  const { eta, delta, J, tau, input } = checkMeanField("meanFieldFixedPoints", field);
  const drive = eta + input;
  const width = delta / (2 * Math.PI);
  // Divided by x², it is f(x) = π²x² − Jx − (η + I) − (width/x)², which rises from −∞ to ∞.
  const f = (x: number): number => Math.PI ** 2 * x * x - J * x - drive - (width / x) ** 2;
  return positiveRoots(f, turningPoints(J, width), bound(J, drive, width)).map((x) => {
    const v = -delta / (2 * Math.PI * x);
    // Jacobian of τ d(x, v)/dt in (x, v): trace 4v, determinant 4v² − 2x (J − 2π²x).
    const determinant = 4 * v * v - 2 * x * (J - 2 * Math.PI ** 2 * x);
    const kind = determinant < 0 ? "saddle" : 4 * v * v >= determinant ? "node" : "focus";
    return { r: x / tau, rate: (1000 * x) / tau, v, stable: determinant > 0, kind };
  });
}

/** Where f′(x) = 2π²x − J + 2 width²/x³ is 0: on both sides of its own minimum, where it is below 0 there. */
function turningPoints(J: number, width: number): number[] {
  const slope = (x: number): number => 2 * Math.PI ** 2 * x - J + (2 * width * width) / x ** 3;
  const lowest = ((3 * width * width) / Math.PI ** 2) ** (1 / 4);
  if (slope(lowest) >= 0) return [];
  let left = lowest;
  while (slope(left) < 0) left /= 2;
  let right = lowest;
  while (slope(right) < 0) right *= 2;
  return [bisect(slope, left, lowest), bisect(slope, lowest, right)];
}

/** Beyond it f is positive: where each of the three terms is below a third of π²x². */
function bound(J: number, drive: number, width: number): number {
  return Math.max(
    (3 * Math.abs(J)) / Math.PI ** 2,
    Math.sqrt(3 * Math.abs(drive)) / Math.PI,
    Math.sqrt((Math.sqrt(3) * width) / Math.PI),
  );
}

function positiveRoots(f: (x: number) => number, turns: readonly number[], highest: number): number[] {
  const borders = [Math.min(highest, ...turns), ...turns, 2 * highest];
  while (f(borders[0]!) >= 0) borders[0]! /= 2;
  const roots: number[] = [];
  for (let k = 1; k < borders.length; k++) {
    const [a, b] = [borders[k - 1]!, borders[k]!];
    if (f(a) > 0 !== f(b) > 0) roots.push(bisect(f, a, b));
  }
  return roots;
}

/** Where f changes its sign between a and b, to the last digit. */
function bisect(f: (x: number) => number, a: number, b: number): number {
  const positiveAtA = f(a) > 0;
  let [low, high] = [a, b];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (f(middle) > 0 === positiveAtA) low = middle;
    else high = middle;
  }
}
