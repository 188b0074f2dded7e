import { ConstantCurrent, createNetwork, LIF, type Population } from "neuroweave";
import { expect, it } from "vitest";

/** Cells with a hundred different currents, again and again. */
function cells(n: number) {
  const net = createNetwork({ dt: 1, seed: 1, device: "wasm" });
  const amplitude = new Float64Array(n);
  for (let i = 0; i < n; i++) amplitude[i] = 10 + (i % 100);
  const LIFs = LIF({ R: 1, tau: 10, v_rest: -65, v_reset: -65, threshold: -50 });
  return { net, population: net.population("cells", n, [LIFs, ConstantCurrent({ amplitude })]) };
}

/** Number of spikes by their time. */
function countsOf(population: Population): Map<number, number> {
  const { times } = population.spikes();
  const counts = new Map<number, number>();
  for (const t of times) counts.set(t, (counts.get(t) ?? 0) + 1);
  return counts;
}

it("ten million neurons do what a hundred do, a hundred thousand times", async () => {
  const copies = 100_000;
  const [many, few] = [cells(100 * copies), cells(100)];
  for (const { net } of [many, few]) await net.run(4);
  const expected = new Map([...countsOf(few.population)].map(([t, count]) => [t, count * copies]));
  expect(expected.size).toBeGreaterThan(1);
  expect(countsOf(many.population)).toEqual(expected);
  const [v, one] = [many.population.get("v"), few.population.get("v")];
  let different = 0;
  for (let i = 0; i < v.length; i++) if (v[i] !== one[i % 100]) different++;
  expect(different).toBe(0);
}, 60_000);
