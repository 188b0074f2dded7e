/** Who is connected to whom: what a connector is told, and the synapses that it makes. Package `connect` has the connectors. */
import type { RandomSource } from "./distributions.ts";
import type { PortableMath } from "./host.ts";

/** One end of a projection: a population, or neurons [from, to) of one, counted from 0. */
export interface ConnectorEnd {
  /** Name of the population. */
  readonly name: string;
  /** Number of neurons, ≥ 1. */
  readonly n: number;
  /** Lengths of the grid, slowest dimension first; [n] for a part of a population. Their product is n. */
  readonly shape: readonly number[];
  /** Coordinates, one array of n values for each dimension; without positions of their own, neurons stand at their grid indices. */
  readonly positions: readonly Float64Array[];
}

/** Everything that a connector may depend on. */
export interface ConnectorSite {
  /** Neurons that synapses come from. */
  readonly source: ConnectorEnd;
  /** Neurons that they go to. */
  readonly target: ConnectorEnd;
  /** Source s and target t are one and the same neuron where s + shift = t; null between different populations. */
  readonly shift: number | null;
  /** Uniform in [0, 1), 32 random bits; a stream of its own for every projection. */
  readonly random: RandomSource;
  /** Functions with the same bits on every machine. */
  readonly math: PortableMath;
}

/** Synapses as compressed rows by source: those of source s are [pointers[s], pointers[s + 1]). */
export interface Rows {
  /** n of the source + 1 values, ascending, from 0 to the number of synapses. */
  readonly pointers: Uint32Array;
  /** Index of the target of each synapse; one pair may have several synapses. */
  readonly targets: Uint16Array | Uint32Array;
  /** One weight for each synapse, where the connector decides them; otherwise they are the projection's. */
  readonly weights?: Float64Array;
  /** Weights that synapses share: synapse j has values[index[j]]. Excludes `weights`. */
  readonly shared?: { readonly values: Float64Array; readonly index: Uint16Array | Uint32Array };
  /** One delay for each synapse in ms, where the connector decides them. */
  readonly delays?: Float64Array;
}

/** A rule that makes synapses. Immutable; may serve any number of projections. */
export interface Connector {
  /** Tells connectors from other objects. */
  readonly kind: "connector";
  /** Name of the rule. */
  readonly name: string;
  /** How it was called, such as `fixedProbability(0.02)`. */
  readonly text: string;
  /** What the function of that name was given, where that is data: so a projection can be written into a file. */
  readonly arguments?: readonly unknown[];
  /** Synapses to be expected. Allocates nothing large; refuses ends that the rule does not fit, with the cure. */
  expected(site: Omit<ConnectorSite, "random">): number;
  /** Makes the synapses. The same site gives the same synapses. */
  build(site: ConnectorSite): Rows;
}
