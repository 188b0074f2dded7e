import { erfcx } from "../theory/erfcx.ts";

/** A kernel of area 1 over s = t − t_spike in ms, in the unit of its width. */
export interface RateKernel {
  /** k(s) · width, for s in widths. */
  readonly density: (s: number) => number;
  /** ∫ k from −∞ to s. */
  readonly mass: (s: number) => number;
  /** Nothing lies outside (in widths) that a double could tell from 0 beside the peak. */
  readonly reach: readonly [number, number];
}

/** Φ(s), the normal distribution function. */
function normalMass(s: number): number {
  const x = Math.abs(s) / Math.SQRT2;
  const tail = (Math.exp(-x * x) * erfcx(x)) / 2;
  return s < 0 ? tail : 1 - tail;
}

/** The kernels of `kernelRate`. */
export const rateKernels = {
  /** e^(−s²/2) / √(2π): `width` is the standard deviation. */
  gaussian: {
    density: (s) => Math.exp((-s * s) / 2) / Math.sqrt(2 * Math.PI),
    mass: normalMass,
    reach: [-9, 9],
  },
  /** 1 for −½ ≤ s < ½: `width` is the whole width. */
  boxcar: {
    density: (s) => (s >= -0.5 && s < 0.5 ? 1 : 0),
    mass: (s) => Math.max(0, Math.min(1, s + 0.5)),
    reach: [-0.5, 0.5],
  },
  /** e^(−s) for s ≥ 0, causal: `width` is the time constant. */
  exponential: {
    density: (s) => (s < 0 ? 0 : Math.exp(-s)),
    mass: (s) => (s < 0 ? 0 : -Math.expm1(-s)),
    reach: [0, 40],
  },
  /** s e^(−s) for s ≥ 0, causal: `width` is the time constant, at which it peaks. */
  alpha: {
    density: (s) => (s < 0 ? 0 : s * Math.exp(-s)),
    mass: (s) => (s < 0 ? 0 : -Math.expm1(-s) - s * Math.exp(-s)),
    reach: [0, 45],
  },
} as const satisfies Readonly<Record<string, RateKernel>>;

/** A name of a kernel. */
export type RateKernelName = keyof typeof rateKernels;
