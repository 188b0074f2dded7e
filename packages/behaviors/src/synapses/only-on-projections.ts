/**
 * A name that only projections provide. Behaviors of synapses require it, so that the type checker marks them in the list of a
 * population.
 */
export const onlyOnProjections = ["efficacy"] as const;
