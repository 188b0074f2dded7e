import { siegertRate } from "./siegert.ts";
import type { DrivenNeuron } from "./siegert.ts";

/**
 * Firing rate in Hz of a leaky integrate-and-fire neuron, τ dV/dt = −V + μ, at constant input:
 *
 *     1/f = τ_rp + τ ln((μ − V_r) / (μ − θ)) for μ > θ, and f = 0 below
 *
 * (Gerstner, Kistler, Naud & Paninski 2014, Neuronal Dynamics, section 1.3.4). `siegertRate` without noise.
 *
 *     lifRate({ mu: 15, tau: 10, threshold: 10, reset: 0, refractory: 5 })   // 62.554255…
 *
 * Throws `out-of-range` and `not-finite` for parameters that describe no neuron.
 */
export function lifRate(neuron: Omit<DrivenNeuron, "sigma">): number {
  return siegertRate({ ...neuron, sigma: 0 });
}

/**
 * The f–I curve to draw under data: rates in Hz at the mean inputs `mu`, under white noise of amplitude `sigma` (see
 * `siegertRate`), or without noise where sigma is 0 or left out.
 *
 * Throws `out-of-range` and `not-finite` for parameters that describe no neuron.
 */
export function lifFiringCurve(
  mu: ArrayLike<number>,
  neuron: Omit<DrivenNeuron, "mu" | "sigma"> & Partial<Pick<DrivenNeuron, "sigma">>,
): Float64Array {
  return Float64Array.from(mu, (input) => siegertRate({ sigma: 0, ...neuron, mu: input }));
}
