import {
  allToAll,
  CouplingReceptor,
  createNetwork,
  defineBehavior,
  LIF,
  oneToOne,
  Recorder,
  StochasticRelease,
} from "neuroweave";
import { describe, expect, it } from "vitest";

/** Spikes in every step. */
const Metronome = defineBehavior({ name: "metronome", state: { x: { init: 1 } }, spike: "x > 0" });

/** What arrives in each step at n neurons, each with one synapse of weight 1 from a source that always spikes. */
async function arrivals(values: Parameters<typeof StochasticRelease>[0], n: number, steps: number, seed = 1) {
  const net = createNetwork({ dt: 1, seed });
  const source = net.population("source", n, Metronome());
  const cells = net.population("cells", n, [
    LIF({ threshold: 1e9 }),
    CouplingReceptor({ name: "r" }),
    Recorder({ variables: ["r.current"] }),
  ]);
  net.projection("to cells", { source, target: cells, connect: oneToOne(), behaviors: [StochasticRelease(values)] });
  await net.step(steps + 1);
  return Array.from({ length: steps }, (_, k) => [...cells.recorded("r.current").at(k + 1)]);
}

const binomial = (n: number, k: number, p: number): number => {
  let choose = 1;
  for (let j = 1; j <= k; j++) choose = (choose * (n - j + 1)) / j;
  return choose * p ** k * (1 - p) ** (n - k);
};

/** Refuses a count that lies more than five standard deviations from its mean; a true hypothesis fails once in a million. */
function expectCount(count: number, trials: number, p: number): void {
  expect(Math.abs(count - trials * p)).toBeLessThan(5 * Math.sqrt(trials * p * (1 - p)) + 1);
}

describe("stochastic release", () => {
  const [n, steps] = [101, 200];

  it.each([0.1, 0.5, 0.83])("transmits all or nothing, with probability %s", async (p) => {
    const all = (await arrivals({ p }, n, steps)).flat();
    expect([...new Set(all)].toSorted((a, b) => a - b)).toEqual([0, 1]);
    expectCount(all.filter((x) => x === 1).length, n * steps, p);
  });

  it("transmits always with probability 1, and never with 0", async () => {
    for (const sites of [1, 5]) {
      expect(new Set((await arrivals({ p: 1, n: sites }, n, 5)).flat())).toEqual(new Set([1]));
      expect(new Set((await arrivals({ p: 0, n: sites }, n, 5)).flat())).toEqual(new Set([0]));
    }
  });

  it.each([
    [4, 0.25],
    [5, 0.7],
    [64, 0.5],
  ])("of %i sites, with probability %s each, transmits binomially many shares", async (sites, p) => {
    const counts = (await arrivals({ p, n: sites }, n, steps)).flat().map((x) => x * sites);
    expect(counts.filter((count) => Math.abs(count - Math.round(count)) > 1e-12)).toEqual([]);
    for (let k = 0; k <= sites; k++)
      expectCount(counts.filter((x) => Math.round(x) === k).length, n * steps, binomial(sites, k, p));
    const mean = counts.reduce((sum, x) => sum + x, 0) / counts.length;
    expect(Math.abs(mean - sites * p)).toBeLessThan(5 * Math.sqrt((sites * p * (1 - p)) / counts.length));
  });

  it("is independent from step to step and from synapse to synapse", async () => {
    const all = await arrivals({ p: 0.5 }, n, steps);
    const agreeing = (pairs: readonly (readonly [number, number])[]): void =>
      expectCount(pairs.filter(([a, b]) => a === b).length, pairs.length, 0.5);
    agreeing(all.slice(1).flatMap((row, k) => row.map((x, j) => [x, all[k]![j]!] as const)));
    agreeing(all.flatMap((row) => row.slice(1).map((x, j) => [x, row[j]!] as const)));
  });

  it("depends on the seed, and on nothing else", async () => {
    const [one, again, other] = [await arrivals({}, 9, 40), await arrivals({}, 9, 40), await arrivals({}, 9, 40, 2)];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it("may have a probability for every synapse", async () => {
    const net = createNetwork({ dt: 1 });
    const source = net.population("source", 2, Metronome());
    const cells = net.population("cells", 2, [
      LIF({ threshold: 1e9 }),
      CouplingReceptor({ name: "r" }),
      Recorder({ variables: ["r.current"] }),
    ]);
    // Synapses are 0→0, 0→1, 1→0, 1→1.
    const behaviors = [StochasticRelease({ p: [1, 0, 1, 0.5] })];
    net.projection("to cells", { source, target: cells, connect: allToAll(), behaviors });
    await net.step(401);
    const rows = Array.from({ length: 400 }, (_, k) => cells.recorded("r.current").at(k + 1));
    expect(rows.every((row) => row[0] === 2)).toBe(true);
    expectCount(rows.filter((row) => row[1] === 1).length, 400, 0.5);
  });
});
