import { beforeAll, describe, expect, it } from "vitest";
import { potjansDiesmann } from "../../../examples/networks/potjans-diesmann.ts";
import { fullSynapses, layers } from "../../../examples/networks/potjans-diesmann-data.ts";
import { deviation, irregularity, mean, meanRate } from "../../../examples/networks/measures.ts";

const window = { from: 200, to: 600 };

async function run(scale: number) {
  const circuit = potjansDiesmann({ scale, seed: 1 });
  await circuit.net.run(window.to);
  return { ...circuit, rates: circuit.populations.map((each) => meanRate(each.spikes(), each.n, window)) };
}

describe("the microcircuit of Potjans and Diesmann at full scale", () => {
  it("has 77,169 neurons and 298.9 million synapses", () => {
    const all = layers.flatMap((_, s) => layers.map((__, t) => fullSynapses(s, t)));
    expect(layers.reduce((sum, { neurons }) => sum + neurons, 0)).toBe(77_169);
    expect(all.reduce((sum, each) => sum + each, 0)).toBeCloseTo(298_880_000, -5);
  });
});

describe("the microcircuit at a tenth of its scale", () => {
  let circuit: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    circuit = await run(0.1);
  });

  it("has a hundredth of the synapses", () => {
    expect(circuit.synapses).toBeCloseTo(2_988_800, -3);
  });

  it("has weights with a deviation of a tenth, twice as strong from L4E to L23E and four times from inhibitory neurons", () => {
    const unit = 87.8 / Math.sqrt(0.1);
    for (const [name, expected] of [
      ["L4E→L4E", unit],
      ["L4E→L23E", 2 * unit],
      ["L5I→L5E", -4 * unit],
    ] as const) {
      const { values } = circuit.net.findProjection(name).weights();
      expect(mean(values) / expected).toBeCloseTo(1, 2);
      expect(deviation(values) / Math.abs(expected)).toBeCloseTo(0.1, 2);
    }
  });

  it("has delays around 1.5 ms from excitatory and 0.8 ms from inhibitory neurons, of at least 0.1 ms", () => {
    // Cut at 0.1 ms, the normal distributions have means of 1.55 and 0.79 ms.
    for (const [name, expected] of [
      ["L4E→L5E", 1.554],
      ["L4I→L4E", 0.785],
    ] as const) {
      const { values } = circuit.net.findProjection(name).delays();
      expect(mean(values)).toBeCloseTo(expected, 1);
      expect(Math.min(...values.slice(0, 10_000))).toBeCloseTo(0.1, 9);
    }
  });

  it("orders the rates of its populations as the paper does, where they differ by an eighth or more", () => {
    // In so short a time, the rates of L5E and L6I, four hundredths apart, may come in either order.
    layers.forEach((low, k) =>
      layers.forEach((high, j) => {
        if (high.rate > 1.125 * low.rate)
          expect(circuit.rates[j], `${high.name}, ${low.name}`).toBeGreaterThan(circuit.rates[k]!);
      }),
    );
  });

  it("fires at four to eleven tenths of the published rates, and at seven tenths and more below layer 2/3", () => {
    layers.forEach(({ name, rate }, k) => {
      const part = circuit.rates[k]! / rate;
      expect(part, name).toBeGreaterThan(name.startsWith("L23") ? 0.4 : 0.7);
      expect(part, name).toBeLessThan(1.1);
    });
  });

  it("fires asynchronously and irregularly", () => {
    const L5E = circuit.populations[4]!;
    expect(irregularity(L5E.spikes(), L5E.n, window, 2)).toBeGreaterThan(0.3);
  });

  it("is closer to the published rates than a smaller one", async () => {
    const distance = (rates: readonly number[]): number =>
      mean(rates.map((rate, k) => Math.abs(rate / layers[k]!.rate - 1)));
    const smaller = await run(0.04);
    expect(distance(circuit.rates)).toBeLessThan(0.75 * distance(smaller.rates));
  });
});
