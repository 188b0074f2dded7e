import { createNetwork } from "neuroweave";
import { describe, expect, it } from "vitest";
import { Leak, LIF, MembraneNoise, NoisyCurrent, PoissonSource, QIFMeanField, SpikeTrain } from "@neuroweave/behaviors";
import { Recorder } from "@neuroweave/record";
import fc from "fast-check";

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
const variance = (values: ArrayLike<number>): number => {
  const m = mean(values);
  return mean(Array.from(values, (x) => (x - m) ** 2));
};

/**
 * Four standard errors: a right mean of N independent values lies within in all but 6 of 100,000 seeds, and the seed is
 * fixed. The variance of N normal values has the standard error σ²√(2/N).
 */
const errors = 4;

describe("a noisy current", () => {
  const n = 6000;
  const [sigma, tau, m] = [1.5, 5, 3];
  /** Values of n processes after some steps. */
  const after = async (dt: number, steps: number, values: object = {}): Promise<Float64Array> => {
    const net = createNetwork({ dt, seed: 11 });
    const cells = net.population("cells", n, [
      LIF({ threshold: 1e9 }),
      NoisyCurrent({ mean: m, sigma, tau, ...values }),
    ]);
    await net.step(steps);
    return cells.get("current");
  };
  const stationary = (sigma * sigma * tau) / 2;

  it("begins at its mean, and acts one step later", async () => {
    const net = createNetwork({ dt: 1, seed: 11 });
    const cells = net.population("cells", 3, [LIF(), NoisyCurrent({ mean: m, sigma, tau }), Recorder({ variables: ["I", "current"] })]); // prettier-ignore
    await net.step(3);
    expect([...cells.recorded("I").at(0)]).toEqual([m, m, m]);
    for (const k of [1, 2]) expect(cells.recorded("I").at(k)).toEqual(cells.recorded("current").at(k - 1));
    expect(cells.recorded("current").at(0)[0]).not.toBe(m);
  });

  it.each([0.1, 1, 5])("has the exact mean and variance after any time, whatever the step: dt %d", async (dt) => {
    for (const time of [5, 50]) {
      const values = await after(dt, time / dt, { init_current: 10 });
      const kept = Math.exp(-time / tau);
      const expected = stationary * (1 - kept * kept);
      expect(Math.abs(mean(values) - (m + (10 - m) * kept))).toBeLessThan(errors * Math.sqrt(expected / n));
      expect(Math.abs(variance(values) / expected - 1)).toBeLessThan(errors * Math.sqrt(2 / n));
    }
  });

  it("forgets exponentially with tau", async () => {
    const [dt, steps, lag] = [1, 60, 4];
    const [before, now] = [await after(dt, steps - lag), await after(dt, steps)];
    const covariance = mean(before.map((x, i) => (x - m) * (now[i]! - m)));
    const expected = Math.exp((-lag * dt) / tau);
    expect(Math.abs(covariance / stationary - expected)).toBeLessThan(errors * Math.sqrt((1 + expected ** 2) / n));
  });

  it("without sigma decays to its mean and stays there", async () => {
    const values = await after(1, 10, { sigma: 0, init_current: 10 });
    expect(values[0]).toBeCloseTo(m + 7 * Math.exp(-10 / tau), 12);
  });
});

describe("the noise of the mean field", () => {
  it("acts on the voltage as x and on the rate as y, each with its own numbers", async () => {
    const net = createNetwork({ dt: 0.1, seed: 5 });
    const field = net.population("field", 2, [
      QIFMeanField({ x_ou_sigma: 1, y_ou_sigma: 1, y_ou_mean: 0.25 }),
      Recorder({ variables: ["I", "I_y", "x_ou", "y_ou"] }),
    ]);
    await net.step(20);
    for (let k = 1; k < 20; k++) {
      expect(field.recorded("I").at(k)).toEqual(field.recorded("x_ou").at(k - 1));
      expect(field.recorded("I_y").at(k)).toEqual(field.recorded("y_ou").at(k - 1));
    }
    expect(field.recorded("I_y").at(0)[0]).toBe(0.25);
    expect(field.get("x_ou")).not.toEqual(field.get("y_ou"));
  });
});

describe("noise on the membrane", () => {
  it("adds variance sigma² per ms, and with a leak settles at sigma²·tau/2", async () => {
    const n = 6000;
    const [dt, sigma, tau] = [0.1, 2, 5];
    const net = createNetwork({ dt, seed: 4 });
    const cells = net.population("cells", n, [Leak({ tau }), MembraneNoise({ sigma })]);
    await net.run(0.1);
    expect(Math.abs(variance(cells.get("v")) / (sigma * sigma * dt) - 1)).toBeLessThan(errors * Math.sqrt(2 / n));
    await net.run(50);
    // Euler's stationary variance: s = (1 − h)² s + sigma² dt with h = dt / tau.
    const h = dt / tau;
    const expected = (sigma * sigma * dt) / (1 - (1 - h) ** 2);
    expect(Math.abs(variance(cells.get("v")) / expected - 1)).toBeLessThan(errors * Math.sqrt(2 / n));
    expect(expected / ((sigma * sigma * tau) / 2)).toBeCloseTo(1, 1);
  });
});

describe("Poisson sources", () => {
  it.each([
    [10, 0.1],
    [500, 1],
    [2000, 2],
  ])("of %d Hz spike in a step of %d ms as often as a Poisson process has an event in it", async (rate, dt) => {
    const [n, steps] = [2000, 200];
    const net = createNetwork({ dt, seed: 9 });
    const source = net.population("source", n, PoissonSource({ rate }));
    await net.step(steps);
    const p = 1 - Math.exp((-rate * dt) / 1000);
    const share = source.spikes().ids.length / (n * steps);
    expect(Math.abs(share - p)).toBeLessThan(errors * Math.sqrt((p * (1 - p)) / (n * steps)));
  });

  it("may have a rate each, and 0 Hz is silence", async () => {
    const net = createNetwork({ dt: 1, seed: 9 });
    const source = net.population("source", 3, PoissonSource({ rate: [0, 100, 0] }));
    await net.step(500);
    expect(new Set(source.spikes().ids)).toEqual(new Set([1]));
    source.set({ rate: 0 });
    const before = source.spikes().ids.length;
    await net.step(500);
    expect(source.spikes().ids.length).toBe(before);
  });
});

describe("a spike train", () => {
  it("spikes where and when it is told, in any order, rounded to the grid", async () => {
    const events = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 4 })), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(events, async (list) => {
        const net = createNetwork({ dt: 0.5 });
        const source = net.population(
          "source",
          5,
          SpikeTrain({ times: list.map(([k]) => k * 0.5), ids: list.map(([, id]) => id) }),
        );
        await net.step(50);
        const spikes = source.spikes();
        const expected = [...new Set(list.filter(([k]) => k < 50).map(([k, id]) => k * 5 + id))].sort((a, b) => a - b);
        expect(Array.from(spikes.steps, (k, j) => k * 5 + spikes.ids[j]!)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
