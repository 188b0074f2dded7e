import { NeuroweaveError } from "@neuroweave/equations";
import { erfcx, expOfSquare } from "./erfcx.ts";
import { integrate } from "./gauss-legendre.ts";

/**
 * A leaky integrate-and-fire neuron, τ dV/dt = −V + μ + σ √τ ξ(t) with ⟨ξ(t) ξ(t')⟩ = δ(t − t'), that fires at the
 * threshold and is then held at the reset. Without a threshold V has the mean μ and the variance σ²/2 (the σ of Brunel
 * 2000, not the standard deviation of V). Potentials in one unit (mV), times in ms.
 */
export interface DrivenNeuron {
  /** μ (mV): where V would go on average. */
  readonly mu: number;
  /** σ (mV): √2 times the standard deviation that V would have. 0 is a constant input. */
  readonly sigma: number;
  /** τ (ms): the membrane time constant. */
  readonly tau: number;
  /** θ (mV). */
  readonly threshold: number;
  /** V_r (mV), below the threshold. */
  readonly reset: number;
  /** τ_rp (ms), 0 or more. */
  readonly refractory: number;
}

const millisecondsPerSecond = 1000;

/**
 * Stationary firing rate in Hz of a leaky integrate-and-fire neuron with delta-correlated Gaussian input:
 *
 *     1/ν = τ_rp + τ √π ∫ e^(u²) (1 + erf u) du,  u from (V_r − μ)/σ to (θ − μ)/σ
 *
 * (Siegert 1951, Phys. Rev. 81:617; Ricciardi 1977; in this form Brunel 2000, J. Comput. Neurosci. 8:183, and
 * Fourcaud & Brunel 2002, Neural Comput. 14:2057, for synapses without time constant). The integrand is erfcx(−u), so
 * nothing overflows however strong the input. The relative error is below 10⁻¹⁴ for limits below 5, and below 10⁻¹² up
 * to 26, where the rounding of the limit itself tells. For (θ − μ)/σ > 26, a rate below about 10⁻²⁹⁰ Hz, the answer is 0.
 *
 * Throws `out-of-range` and `not-finite` for parameters that describe no neuron.
 */
export function siegertRate(neuron: DrivenNeuron): number {
  checkNeuron(neuron);
  const { tau, refractory } = neuron;
  return millisecondsPerSecond / (refractory + tau * meanPassage(neuron));
}

/**
 * Coefficient of variation of the intervals of the same neuron:
 *
 *     CV² = 2π (ντ)² ∫ e^(x²) ∫ e^(y²) (1 + erf y)² dy dx,  y from −∞ to x, x from (V_r − μ)/σ to (θ − μ)/σ
 *
 * (Brunel 2000, appendix). The relative error is below 10⁻¹⁴. NaN where `siegertRate` is 0.
 *
 * Throws `out-of-range` and `not-finite` for parameters that describe no neuron.
 */
export function siegertVariability(neuron: DrivenNeuron): number {
  const rate = siegertRate(neuron);
  if (rate === 0) return Number.NaN;
  return neuron.sigma === 0 ? 0 : passageVariability(neuron);
}

/** Mean time from reset to threshold over τ: √π ∫ erfcx(−u) du, and its limit ln((μ − V_r)/(μ − θ)) for σ = 0. */
function meanPassage(neuron: DrivenNeuron): number {
  const { mu, sigma, threshold, reset } = neuron;
  if (sigma === 0) return mu > threshold ? Math.log1p((threshold - reset) / (mu - threshold)) : Infinity;
  const [from, to] = limitsOf(neuron);
  if (to > largestLimit) return Infinity;
  let sum = 0;
  for (const [a, b] of panels(from, to)) sum += integrate((u) => erfcx(-u), a, b);
  return Math.sqrt(Math.PI) * sum;
}

/** The variance of the passage over its square mean, everything scaled by e^(−2u²) of the upper limit u > 0. */
function passageVariability(neuron: DrivenNeuron): number {
  const [from, to] = limitsOf(neuron);
  const scale = Math.max(0, to) ** 2;
  let outer = 0;
  for (const [a, b] of panels(from, Math.min(0, to))) outer += integrate(innerBelow, a, b) * Math.exp(-2 * scale);
  let inner = innerBelow(0);
  for (const [a, b] of panels(0, Math.min(from, to))) inner += integrate(innerIntegrand, a, b);
  for (const [a, b] of panels(Math.max(0, from), to)) {
    const start = inner;
    outer += integrate((x) => Math.exp(x * x - 2 * scale) * (start + integrate(innerIntegrand, a, x)), a, b);
    inner += integrate(innerIntegrand, a, b);
  }
  const mean = (neuron.refractory / neuron.tau + meanPassage(neuron)) / Math.sqrt(Math.PI);
  return Math.sqrt(2 * outer) / (Math.exp(-scale) * mean);
}

/** e^(y²) (1 + erf y)², for y ≥ 0. */
function innerIntegrand(y: number): number {
  return expOfSquare(y) * (2 - Math.exp(-y * y) * erfcx(y)) ** 2;
}

/**
 * e^(x²) ∫ e^(y²) (1 + erf y)² dy over y < x, for x ≤ 0: with y = x − s it is ∫ e^(2xs − s²) erfcx(s − x)² ds over s > 0,
 * cut where the exponent is −40.
 */
function innerBelow(x: number): number {
  const quarter = 10 / (Math.hypot(x, Math.sqrt(40)) - x);
  let sum = 0;
  for (let k = 0; k < 4; k++) {
    sum += integrate((s) => Math.exp((2 * x - s) * s) * erfcx(s - x) ** 2, k * quarter, (k + 1) * quarter);
  }
  return sum;
}

/** Upper limit beyond which a threshold is never reached in double precision: e^(26²) is 10²⁹⁴. */
const largestLimit = 26;

function limitsOf({ mu, sigma, threshold, reset }: DrivenNeuron): readonly [number, number] {
  return [(reset - mu) / sigma, (threshold - mu) / sigma];
}

/** Widest panel above 0, where integrands grow up to e^(2u²). */
const widestAbove = 0.25;

/** [from, to] in pieces on which the integrands are smooth: below 0 they vary on the scale of 1 + |u|, above it on 1/u. */
function panels(from: number, to: number): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let a = from; a < to;) {
    const b = Math.min(to, a < 0 ? borderAbove(a) : a + widestAbove);
    found.push([a, b]);
    a = b;
  }
  return found;
}

/** The next of the borders … −4, −2, −1, 0 above u < 0. */
function borderAbove(u: number): number {
  if (u >= -1) return 0;
  const border = -(2 ** Math.floor(Math.log2(-u)));
  return border > u ? border : border / 2;
}

function checkNeuron(neuron: DrivenNeuron): void {
  for (const name of ["mu", "sigma", "tau", "threshold", "reset", "refractory"] as const) {
    if (Number.isFinite(neuron[name])) continue;
    throw new NeuroweaveError("not-finite", `${name} is ${neuron[name]}`, {
      remedy: "give potentials in mV and times in ms as finite numbers",
    });
  }
  const { sigma, tau, threshold, reset, refractory } = neuron;
  const refuse = (message: string, remedy: string): never => {
    throw new NeuroweaveError("out-of-range", message, { remedy });
  };
  if (sigma < 0) refuse(`sigma is ${sigma}`, "give a standard deviation, 0 or more");
  if (tau <= 0) refuse(`tau is ${tau} ms`, "give a positive time constant");
  if (refractory < 0) refuse(`the refractory period is ${refractory} ms`, "give a duration, 0 ms or more");
  if (reset >= threshold) {
    refuse(`the reset ${reset} is not below the threshold ${threshold}`, "choose a reset below the threshold");
  }
}
