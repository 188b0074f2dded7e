import type { Network } from "neuroweave";
import { allBits } from "../kernel/bits.ts";

/** Everything that a network shows of its state: variables, spikes of the step, spikes so far. */
export function stateOf(net: Network): Record<string, readonly string[]> {
  const all: Record<string, readonly string[]> = {};
  for (const [name, values] of Object.entries(net.state())) all[name] = allBits(values);
  for (const population of net.populations) {
    for (const name of ["spike", "t_last_spike"] as const)
      all[`${population.name}.${name}`] = allBits(population.get(name));
    const { steps, ids } = population.spikes();
    all[`${population.name} spikes`] = Array.from(steps, (step, j) => `${step}:${ids[j]}`);
  }
  return all;
}
