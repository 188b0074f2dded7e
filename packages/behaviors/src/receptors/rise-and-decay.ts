/** Kernels that rise before they decay. Both are cascades of two decays, and the peak that a unit weight reaches is 1. */
import type { ParameterDeclaration } from "@neuroweave/model";

/** Shortest time constant of a cascade in ms: its exact solution needs steps of at most some thousand time constants. */
export const shortest = 1e-3;

/** The first stage of a cascade: what arrives is added to it. */
export const rise = { init: 0, doc: "first stage: jumps by what arrives and decays" } as const;

/** `x` after a unit weight: (t/tau) · e^(1 − t/tau). It peaks at t = tau with 1. */
export const alphaKernel = (x: string): string => `
  tau * drise/dt = -rise
  tau * d${x}/dt = exp(1) * rise - ${x}
`;

/** Time constants of a double exponential. */
export const riseAndDecay = (tau_rise: number, tau_decay: number) =>
  ({
    tau_rise: { default: tau_rise, unit: "ms", min: shortest, doc: "time constant of the rise" },
    tau_decay: { default: tau_decay, unit: "ms", min: shortest, doc: "time constant of the decay" },
  }) as const satisfies Readonly<Record<string, ParameterDeclaration>>;

/**
 * `x` after a unit weight: f · (e^(−t/tau_decay) − e^(−t/tau_rise)), which peaks at
 * t = ln(tau_decay/tau_rise) · tau_rise · tau_decay / (tau_decay − tau_rise) with 1.
 *
 * As a cascade, tau_decay · dx/dt = q · rise − x with q = s^(s / (s − 1)), s = tau_decay/tau_rise, and
 * f = q · tau_rise / (tau_decay − tau_rise). Where f and the difference of exponentials have no value, the cascade has: for equal
 * time constants q = e, and x is the alpha function. ln(s) / (s − 1) is accurate near s = 1 because the rounding of s stands in
 * both (Higham 2002, Accuracy and Stability of Numerical Algorithms, 1.14.1).
 */
export const doubleExponentialKernel = (x: string): string => `
  let s = tau_decay / tau_rise
  let q = exp(s == 1 ? 1 : s * (log(s) / (s - 1)))
  tau_rise * drise/dt = -rise
  tau_decay * d${x}/dt = q * rise - ${x}
`;
