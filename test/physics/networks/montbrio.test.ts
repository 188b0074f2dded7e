import { beforeAll, describe, expect, it } from "vitest";
import { mean } from "../../../examples/networks/measures.ts";
import { bothRates, montbrio, step } from "../../../examples/networks/montbrio.ts";

const peakOf = (values: Float64Array): number => values.reduce((best, each, k) => (each > values[best]! ? k : best), 0);

// Fixed points of the mean field for eta −5, delta 1, J 15: r 0.081134 and 1.030597, and 1.373244 with an input of 3.
describe("spiking QIF neurons under a step of input (Montbrió, Pazó & Roxin 2015, figure 2)", () => {
  let network: ReturnType<typeof montbrio>;
  beforeAll(async () => {
    network = montbrio({ n: 5000 });
    await network.net.run(step.end);
  });

  const ratio = (from: number, to: number): number => {
    const { spiking, expected } = bothRates(network, from, to);
    return mean(spiking) / mean(expected);
  };

  it("fire in the low state as slowly as the mean field says, within 7 %", () => {
    expect(mean(bothRates(network, 5, step.start).expected)).toBeCloseTo(0.0811, 3);
    expect(Math.abs(ratio(5, step.start) - 1)).toBeLessThan(0.07);
  });

  it("fire in the high state, during the step and after it, as fast as the mean field says, within 2 %", () => {
    expect(mean(bothRates(network, 30, step.stop).expected)).toBeCloseTo(1.373, 2);
    expect(mean(bothRates(network, 47, step.end).expected)).toBeCloseTo(1.0306, 1);
    expect(Math.abs(ratio(30, step.stop) - 1)).toBeLessThan(0.02);
    expect(Math.abs(ratio(45, step.end) - 1)).toBeLessThan(0.02);
  });

  it("overshoot at the onset of the step when the mean field does, within 0.15 ms, and as high, within 5 %", () => {
    const { times, spiking, expected } = bothRates(network, step.start, step.start + 5);
    const [own, field] = [peakOf(spiking), peakOf(expected)];
    expect(expected[field]!).toBeCloseTo(2.88, 1);
    expect(Math.abs(times[own]! - times[field]!)).toBeLessThan(0.15);
    expect(Math.abs(spiking[own]! / expected[field]! - 1)).toBeLessThan(0.05);
  });

  it("follow the mean field through the whole of the transient", () => {
    const { spiking, expected } = bothRates(network, step.start, step.start + 10);
    const distance = mean(spiking.map((rate, k) => Math.abs(rate - expected[k]!)));
    const wandering = mean(expected.map((rate) => Math.abs(rate - mean(expected))));
    expect(distance).toBeLessThan(0.25 * wandering);
  });

  it("stay low where the step is too weak, as the mean field does", async () => {
    const weak = montbrio({ n: 2000 });
    weak.neurons.set({ amplitude: 0.2 });
    weak.field.set({ amplitude: 0.2 });
    await weak.net.run(step.end);
    const { spiking, expected } = bothRates(weak, 45, step.end);
    expect(mean(expected)).toBeLessThan(0.1);
    expect(mean(spiking)).toBeLessThan(0.1);
  });
});
