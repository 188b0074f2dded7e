import type { Network } from "@neuroweave/model";

/** Makes several things or none: what a maker has added to the network is removed again if it refuses. */
export function asAWhole<T>(net: Network, make: () => T): T {
  const before = new Set<object>([...net.populations, ...net.projections]);
  try {
    return make();
  } catch (error) {
    const isAdded = (member: object): boolean => !before.has(member);
    for (const projection of net.projections.filter(isAdded)) net.remove(projection);
    for (const population of net.populations.filter(isAdded)) net.remove(population);
    throw error;
  }
}
