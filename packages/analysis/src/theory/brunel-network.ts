import { NeuroweaveError } from "@neuroweave/equations";
import { siegertRate, siegertVariability } from "./siegert.ts";
import type { DrivenNeuron } from "./siegert.ts";

/**
 * The sparse network of Brunel 2000, model A: excitatory and inhibitory neurons alike, each with C_E excitatory,
 * γ C_E inhibitory and C_E external synapses, which move V by J, −gJ and J. Exactly one of `eta` and `externalRate`.
 */
export interface BrunelNetwork {
  /** C_E: recurrent excitatory synapses of a neuron, and as many external ones. */
  readonly excitatoryDegree: number;
  /** γ = C_I / C_E. */
  readonly gamma: number;
  /** J (mV): what an excitatory spike adds to V. */
  readonly weight: number;
  /** g: inhibition relative to excitation. */
  readonly g: number;
  /** η = ν_ext / ν_θ, where ν_θ = θ / (J C_E τ) is the external rate whose mean input just reaches the threshold. */
  readonly eta?: number;
  /** ν_ext (Hz): the rate of each external synapse. */
  readonly externalRate?: number;
  /** τ (ms): the membrane time constant. */
  readonly tau: number;
  /** θ (mV), above the resting potential, which is 0. */
  readonly threshold: number;
  /** V_r (mV), below the threshold. */
  readonly reset: number;
  /** τ_rp (ms), positive: it bounds the rate. */
  readonly refractory: number;
}

/** A state in which every neuron fires, on average, at the rate that its own input gives. */
export interface StationaryState {
  /** ν in Hz. */
  readonly rate: number;
  /** CV of the intervals; NaN for rate 0. */
  readonly cv: number;
  /** Mean of the input, μ in mV. */
  readonly mu: number;
  /** σ in mV, √2 times the standard deviation of a potential without threshold. */
  readonly sigma: number;
}

const millisecondsPerSecond = 1000;
/** Below this rate (Hz) states are told apart no more. */
const lowestRate = 1e-6;
const gridPerDecade = 64;

/**
 * The asynchronous states of Brunel's network in ascending order of rate: all ν that are the Siegert rate for
 *
 *     μ = C_E J τ (ν_ext + ν (1 − gγ)),  σ² = C_E J² τ (ν_ext + ν (1 + g²γ))
 *
 * (Brunel 2000, J. Comput. Neurosci. 8:183). There is at least one; where g < 1/γ and η < 1 there
 * may be three, the middle one unstable. Whether a state is stable against oscillations is not examined. Rates are good
 * to 10⁻¹² of their value; two states whose rates differ by less than 4 % may be missed.
 *
 * Throws `invalid-value` unless exactly one of `eta` and `externalRate` is given, `out-of-range` and `not-finite` for
 * parameters that describe no network.
 */
export function brunelRates(network: BrunelNetwork): readonly StationaryState[] {
  checkNetwork(network);
  const drive = externalRateOf(network);
  const excess = (rate: number): number => siegertRate(neuronAt(network, drive, rate)) - rate;
  const highest = millisecondsPerSecond / network.refractory;
  const points = 1 + Math.ceil(gridPerDecade * Math.max(1, Math.log10(highest / lowestRate)));

  const rates: number[] = [];
  let below = 0;
  let rising = excess(0) > 0;
  if (!rising) rates.push(0);
  for (let k = 0; k < points; k++) {
    const above = highest * (lowestRate / highest) ** (1 - k / (points - 1));
    const risesHere = excess(above) > 0;
    if (risesHere !== rising) rates.push(crossing(excess, below, above, rising));
    below = above;
    rising = risesHere;
  }
  return rates.map((rate) => {
    const neuron = neuronAt(network, drive, rate);
    return { rate, cv: siegertVariability(neuron), mu: neuron.mu, sigma: neuron.sigma };
  });
}

/** Where f changes its sign between two rates, by bisection. */
function crossing(f: (rate: number) => number, from: number, to: number, positiveBelow: boolean): number {
  let [low, high] = [from, to];
  for (;;) {
    const middle = (low + high) / 2;
    if (high - low <= 1e-14 * high || middle === low || middle === high) return middle;
    if (f(middle) > 0 === positiveBelow) low = middle;
    else high = middle;
  }
}

function neuronAt(network: BrunelNetwork, drive: number, rate: number): DrivenNeuron {
  const { excitatoryDegree, gamma, weight, g, tau, threshold, reset, refractory } = network;
  const own = rate / millisecondsPerSecond;
  const external = drive / millisecondsPerSecond;
  const mu = excitatoryDegree * weight * tau * (external + own * (1 - g * gamma));
  const sigma = weight * Math.sqrt(excitatoryDegree * tau * (external + own * (1 + g * g * gamma)));
  return { mu, sigma, tau, threshold, reset, refractory };
}

/** ν_ext in Hz. */
function externalRateOf({ eta, externalRate, threshold, weight, excitatoryDegree, tau }: BrunelNetwork): number {
  if (externalRate !== undefined) return externalRate;
  return ((eta ?? 0) * threshold * millisecondsPerSecond) / (weight * excitatoryDegree * tau);
}

function checkNetwork(network: BrunelNetwork): void {
  if ((network.eta === undefined) === (network.externalRate === undefined)) {
    throw new NeuroweaveError("invalid-value", "the external drive is not said exactly once", {
      remedy: "give either eta, relative to the rate that reaches the threshold, or externalRate in Hz",
      candidates: ["eta", "externalRate"],
    });
  }
  const refuse = (name: string, value: number, bound: string): never => {
    throw new NeuroweaveError(Number.isFinite(value) ? "out-of-range" : "not-finite", `${name} is ${value}`, {
      remedy: `give a finite number ${bound}`,
    });
  };
  for (const name of ["excitatoryDegree", "weight", "tau", "threshold", "refractory"] as const) {
    if (!(network[name] > 0 && network[name] < Infinity)) refuse(name, network[name], "above 0");
  }
  for (const name of ["gamma", "g", "eta", "externalRate"] as const) {
    const value = network[name] ?? 0;
    if (!(value >= 0 && value < Infinity)) refuse(name, value, "that is not negative");
  }
}
