/** Sizes, connections and rates of the microcircuit of Potjans and Diesmann 2014. */

export interface Layer {
  readonly name: string;
  /** Neurons at full scale (table 5 of the paper). */
  readonly neurons: number;
  /** Synapses from outside onto each neuron (table 5). */
  readonly external: number;
  /** Mean rate in Hz at full scale, under Poisson input. */
  readonly rate: number;
}

export const layers: readonly Layer[] = [
  { name: "L23E", neurons: 20683, external: 1600, rate: 0.903 },
  { name: "L23I", neurons: 5834, external: 1500, rate: 2.965 },
  { name: "L4E", neurons: 21915, external: 2100, rate: 4.414 },
  { name: "L4I", neurons: 5479, external: 1900, rate: 5.876 },
  { name: "L5E", neurons: 4850, external: 2000, rate: 7.569 },
  { name: "L5I", neurons: 1065, external: 1900, rate: 8.633 },
  { name: "L6E", neurons: 14395, external: 2900, rate: 1.105 },
  { name: "L6I", neurons: 2948, external: 2100, rate: 7.829 },
];

/** Probability that two neurons have a connection at all: a row for each target, a column for each source (table 5). */
const probabilities: readonly (readonly number[])[] = [
  [0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0, 0.0076, 0],
  [0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0, 0.0042, 0],
  [0.0077, 0.0059, 0.0497, 0.135, 0.0067, 0.0003, 0.0453, 0],
  [0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0, 0.1057, 0],
  [0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0],
  [0.0548, 0.0269, 0.0257, 0.0022, 0.06, 0.3158, 0.0086, 0],
  [0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252],
  [0.0364, 0.001, 0.0034, 0.0005, 0.0277, 0.008, 0.0658, 0.1443],
];

/** Whether a population excites. */
export const excites = (source: number): boolean => source % 2 === 0;

/**
 * Synapses between two populations at full scale: with K of them drawn with replacement, two neurons are connected at all with
 * probability 1 − (1 − 1/(N_s N_t))^K.
 */
export function fullSynapses(source: number, target: number): number {
  const pairs = layers[source]!.neurons * layers[target]!.neurons;
  return Math.log1p(-probabilities[target]![source]!) / Math.log1p(-1 / pairs);
}

/** Mean weight in pA: 87.8, twice that from L4E to L23E, and four times as much, negative, from inhibitory neurons. */
export function meanWeight(source: number, target: number): number {
  if (!excites(source)) return -4 * unitWeight;
  return source === 2 && target === 0 ? 2 * unitWeight : unitWeight;
}

/** A current of 87.8 pA that decays in 0.5 ms makes a postsynaptic potential of 0.15 mV. */
export const unitWeight = 87.8;

/** Rate of each external synapse in Hz. */
export const externalRate = 8;
