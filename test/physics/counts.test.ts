import { describe, expect, it } from "vitest";
import { createNetwork, defineBehavior, Phase, type Network } from "neuroweave";

const Counts = defineBehavior({
  name: "counts",
  priority: Phase.Input,
  parameters: { mean: { default: 2 }, trials: { default: 60 }, p: { default: 0.1 } },
  state: { events: { init: 0 }, successes: { init: 0 }, common: { init: 0 }, flat: { init: 0 } },
  equations: `
    events = poisson(mean)
    successes = binomial(trials, p)
    common = sharedNormal(0, 1)
    flat = sharedUniform(2, 3)
  `,
});

/** How often each count occurs, after some steps of n neurons. */
async function histogram(net: Network, name: "events" | "successes", steps: number): Promise<number[]> {
  const seen: number[] = [];
  for (let k = 0; k < steps; k++) {
    await net.step();
    for (const count of net.populations[0]!.get(name as never)) seen[count] = (seen[count] ?? 0) + 1;
  }
  return Array.from(seen, (each) => each ?? 0);
}

/** Pearson's statistic in standard deviations of its distribution, over the classes with at least ten expected. */
function misfit(observed: readonly number[], probability: (k: number) => number): number {
  const total = observed.reduce((sum, each) => sum + each, 0);
  let [chi2, classes] = [0, 0];
  for (let k = 0; k < 200; k++) {
    const expected = total * probability(k);
    if (expected < 10) continue;
    chi2 += ((observed[k] ?? 0) - expected) ** 2 / expected;
    classes++;
  }
  return (chi2 - (classes - 1)) / Math.sqrt(2 * (classes - 1));
}

const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
const poisson =
  (mean: number) =>
  (k: number): number =>
    k > 150 ? 0 : (Math.exp(-mean) * mean ** k) / factorial(k);
const binomial =
  (n: number, p: number) =>
  (k: number): number =>
    k > n ? 0 : (factorial(n) / factorial(k) / factorial(n - k)) * p ** k * (1 - p) ** (n - k);

describe("counts that are drawn", () => {
  it.each([0.02, 2, 9.5, 32])("have the Poisson distribution of mean %d", async (mean) => {
    const net = createNetwork({ dt: 1, seed: 3 });
    net.population("cells", 1000, Counts({ mean }));
    expect(Math.abs(misfit(await histogram(net, "events", 60), poisson(mean)))).toBeLessThan(4);
  });

  it.each([
    [1, 0.5],
    [60, 0.1],
    [100, 0.25],
    [30, 0.9],
  ])("have the binomial distribution of %d trials with probability %d", async (trials, p) => {
    const net = createNetwork({ dt: 1, seed: 4 });
    net.population("cells", 1000, Counts({ trials, p }));
    expect(Math.abs(misfit(await histogram(net, "successes", 60), binomial(trials, p)))).toBeLessThan(4);
  });

  it("are never drawn without a chance, and always with certainty", async () => {
    const net = createNetwork({ dt: 1, seed: 4 });
    const cells = net.population("cells", 100, Counts({ mean: 0, trials: 7, p: 1 }));
    await net.step(3);
    expect(new Set(cells.get("events"))).toEqual(new Set([0]));
    expect(new Set(cells.get("successes"))).toEqual(new Set([7]));
  });

  it.each(["f64", "f32"] as const)(
    "are the same in %s whether the mean is known ahead, set, or each neuron's own",
    async (precision) => {
      const seen = [0, 1, 2].map(async (way) => {
        const net = createNetwork({ dt: 1, seed: 5, precision });
        const cells = net.population("cells", 101, Counts({ mean: 2.5 }));
        if (way === 1) cells.set({ mean: 2.5, trials: 60, p: 0.1 });
        if (way === 2) cells.set({ mean: new Float64Array(101).fill(2.5), p: new Float64Array(101).fill(0.1) });
        const all: number[] = [];
        for (let k = 0; k < 40; k++) {
          await net.step();
          all.push(...cells.get("events"), ...cells.get("successes"));
        }
        return all.join();
      });
      const [known, set, own] = await Promise.all(seen);
      expect(set).toBe(known);
      expect(own).toBe(known);
    },
  );

  it.each(["f64", "f32"] as const)("are the same in %s on both devices", async (precision) => {
    const seen = (["reference", "wasm"] as const).map(async (device) => {
      const net = createNetwork({ dt: 1, seed: 6, precision, device });
      const cells = net.population("cells", 37, [Counts({ mean: 6 })]);
      const varied = net.population("varied", 37, Counts({ mean: Array.from({ length: 37 }, (_, i) => i / 2) }));
      const all: number[] = [];
      for (let k = 0; k < 60; k++) {
        await net.step();
        for (const each of [cells, varied])
          for (const name of ["events", "successes", "common", "flat"] as const) all.push(...each.get(name));
      }
      return all.join();
    });
    expect(await seen[1]).toBe(await seen[0]);
  });

  it("whose mean is too large or negative are refused in the run, with the neuron", async () => {
    const net = createNetwork({ dt: 1, seed: 7 });
    net.population("cells", 3, Counts({ mean: [1, 33, 2] }));
    await expect(net.step()).rejects.toMatchObject({ code: "non-finite-state", summary: expect.stringContaining("events of neuron 1") }); // prettier-ignore
  });
});

describe("shared draws", () => {
  it("give every neuron the same number, and other steps others, of the given distribution", async () => {
    const net = createNetwork({ dt: 1, seed: 8 });
    const cells = net.population("cells", 9, Counts());
    const numbers: number[] = [];
    for (let k = 0; k < 2000; k++) {
      await net.step();
      const [common, flat] = [cells.get("common"), cells.get("flat")];
      expect(new Set(common).size + new Set(flat).size).toBe(2);
      expect(flat[0]).toBeGreaterThanOrEqual(2);
      expect(flat[0]).toBeLessThanOrEqual(3);
      numbers.push(common[0]!);
    }
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    const square = numbers.reduce((sum, x) => sum + x * x, 0) / numbers.length;
    expect(Math.abs(mean) * Math.sqrt(numbers.length)).toBeLessThan(4);
    expect((Math.abs(square - 1) * Math.sqrt(numbers.length)) / Math.SQRT2).toBeLessThan(4);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
