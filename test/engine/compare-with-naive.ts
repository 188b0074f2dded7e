import type { Network } from "neuroweave";
import { expect } from "vitest";
import { allBits } from "../kernel/bits.ts";
import type { NaiveNetwork } from "./naive-network.ts";

/** Compares every voltage and conductance to the bit, and every spike so far. */
export function expectTwins(net: Network, naive: NaiveNetwork): void {
  expect(net.steps).toBe(naive.step);
  const seen: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const { name } of naive.cells) {
    const { v, g } = naive.states.get(name)!;
    const cells = net.find(name);
    for (const [variable, values] of [["v", v], ...[...g].map(([receptor, each]) => [`${receptor}.g`, each])] as [string, Float64Array][]) {
      seen[`${name}.${variable}`] = allBits(cells.get(variable as never));
      expected[`${name}.${variable}`] = allBits(values);
    }
  }
  for (const { name } of [...naive.cells, ...naive.trains]) {
    const { steps, ids } = net.find(name).spikes();
    seen[`spikes of ${name}`] = Array.from(steps, (step, j) => `${step}:${ids[j]}`);
    expected[`spikes of ${name}`] = naive.history.filter(({ population }) => population === name).map(({ step, id }) => `${step}:${id}`);
  }
  expect(seen, `after step ${naive.step}`).toEqual(expected);
} // prettier-ignore
