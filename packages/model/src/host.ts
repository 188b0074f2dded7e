/** Host behaviors: a function of TypeScript that runs between the fused stages. */
import type { RandomSource } from "./distributions.ts";
import type { Floats } from "./storage.ts";

/** The library functions of the framework, with the same bits on every machine. */
export interface PortableMath {
  /** eˣ; overflows to ∞, and is 0 below 2⁻¹⁰²². */
  readonly exp: (x: number) => number;
  /** Natural logarithm. */
  readonly log: (x: number) => number;
  /** Sine of x radians, |x| ≤ 2²⁰. */
  readonly sin: (x: number) => number;
  /** Cosine of x radians, |x| ≤ 2²⁰. */
  readonly cos: (x: number) => number;
  /** Tangent of x radians, |x| ≤ 2²⁰. */
  readonly tan: (x: number) => number;
  /** Hyperbolic sine. */
  readonly sinh: (x: number) => number;
  /** Hyperbolic cosine. */
  readonly cosh: (x: number) => number;
  /** Hyperbolic tangent. */
  readonly tanh: (x: number) => number;
  /** x to the power y. */
  readonly pow: (x: number, y: number) => number;
  /** (eˣ − 1) / x, and 1 at 0. */
  readonly exprel: (x: number) => number;
}

/** What a host behavior is given each step. Views are valid during the call only. */
export interface HostContext<Parameters extends string = string, Variables extends string = string> {
  /** Variables of the population, one value per neuron, as they are at this priority; writing changes them. */
  readonly columns: { readonly [Name in Variables | (string & {})]: Floats };
  /** Parameters of the behavior, one value per neuron. */
  readonly parameters: { readonly [Name in Parameters]: Floats };
  /** What the behavior adds to an input in this step, one value per neuron, zero to begin with. */
  readonly inputs: { readonly [Name in string]: Floats };
  /**
   * Neurons that spiked: in this step after `Firing`, in the step before ahead of it. For behaviors of projections: of the
   * source population.
   */
  readonly spikes: Uint32Array;
  /** Number of neurons; for behaviors of projections, of synapses. */
  readonly n: number;
  /** Integer step k, t = k·dt and dt in ms. */
  readonly step: number;
  /** Time of the step in ms: step · dt. */
  readonly t: number;
  /** Step size in ms. */
  readonly dt: number;
  /** Uniform in [0, 1); a stream of its own for every instance and step, so runs can be resumed. */
  readonly random: RandomSource;
  /** Functions with the same bits on every machine; those of `Math` are not. */
  readonly math: PortableMath;
  /** False while the network does not learn. */
  readonly learning: boolean;
  /** What else may be looked at during a step. */
  readonly network: HostNetwork;
  /** For behaviors of projections: who is connected to whom. `columns` then hold one value for each synapse, or as declared. */
  readonly synapses: HostSynapses | null;
}

/** Synapses as compressed rows by source: those of source s are [pointers[s], pointers[s + 1]). Not to be changed. */
export interface HostSynapses {
  /** Where the synapses of each source begin: number of sources + 1 values. */
  readonly pointers: Uint32Array;
  /** Neuron of the target, counted from the first that the projection reaches. */
  readonly targets: Uint16Array | Uint32Array;
}

/** The part of a network that host code may look at during a step. */
export interface HostNetwork {
  /** Step size in ms. */
  readonly dt: number;
  /** Number of the step, from 0. */
  readonly step: number;
  /** Time in ms: step · dt. */
  readonly t: number;
  /** What all draws come from. */
  readonly seed: number | string;
  /** Signals of the network, as they are at this priority. */
  readonly signals: { readonly [Name in string]: HostSignal };
}

/** A signal during a step: what is written counts for what runs later in the step. */
export interface HostSignal {
  /** The value at this priority. */
  value: number;
  /** Refuses what is not finite. */
  add(x: number): void;
}

/** What a behavior in TypeScript does in a step. */
export type HostStep = (context: HostContext) => void;
