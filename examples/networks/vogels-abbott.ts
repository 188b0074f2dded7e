/** What the benchmark networks 1 to 3 of Brette et al. 2007, after Vogels and Abbott 2005, have in common. */
import { fixedProbability, type Network, type Population, type PopulationSlice, type Shape } from "neuroweave";

/**
 * Connects four fifths of the neurons, which excite, and one fifth, which inhibit, to all: every pair with probability 80/n, so that
 * each neuron has 64 excitatory and 16 inhibitory synapses on average, whatever n ≥ 80 is. Weights are in the unit of the
 * receptors `g_exc` and `g_inh`.
 */
export function connectAtRandom<S extends Shape>(
  net: Network,
  cells: Population<S>,
  weights: { readonly excitatory: number; readonly inhibitory: number },
) {
  const border = Math.round(0.8 * cells.n);
  const connect = fixedProbability(80 / cells.n);
  const ends = (source: PopulationSlice<S>) => ({ source, target: cells, connect });
  const excitatory = cells.slice(0, border);
  const inhibitory = cells.slice(border, cells.n);
  return {
    excitatory,
    inhibitory,
    projections: [
      net.projection("excitation", { ...ends(excitatory), receptor: "g_exc", weight: weights.excitatory }),
      net.projection("inhibition", { ...ends(inhibitory), receptor: "g_inh", weight: weights.inhibitory }),
    ],
  } as const;
}
