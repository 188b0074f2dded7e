import { describe, expect, test } from "vitest";
import { agreement, rateAsPublished } from "../../packages/bench/src/agreement.ts";
import { adexLoop, lifLoop } from "../../packages/bench/src/baselines.ts";
import { aelifTwins } from "../../packages/bench/src/composed.ts";
import { adexNetwork, adexValues, dt, lifNetwork, lifValues } from "../../packages/bench/src/networks.ts";

const n = 100;
const steps = 1000;

describe("the plain loops", () => {
  test("spike as often as the LIF network in f64, and nearly so in f32", async () => {
    const expected = lifLoop(lifValues(n), dt).advance(steps);
    const [f64, f32] = [lifNetwork(lifValues(n), "f64"), lifNetwork(lifValues(n), "f32")];
    await f64.advance(steps);
    await f32.advance(steps);
    expect(expected).toBeGreaterThan(n);
    expect(f64.spikeCount()).toBe(expected);
    expect(Math.abs(f32.spikeCount() - expected)).toBeLessThanOrEqual(0.01 * expected);
  });

  test("spike as often as the AdEx network, at the 70.5 Hz that other simulators give", async () => {
    const expected = adexLoop(adexValues(n), dt).advance(steps);
    const f64 = adexNetwork(adexValues(n), "f64");
    await f64.advance(steps);
    expect(expected / n / (steps * dt * 1e-3)).toBeCloseTo(70.5, 0);
    expect(Math.abs(f64.spikeCount() - expected)).toBeLessThanOrEqual(1);
  });

  test("list the neurons that spiked in the last step, which stand at their reset", () => {
    const values = lifValues(n);
    const loop = lifLoop(values, dt);
    let listed = 0;
    for (let k = 0; k < steps; k++) {
      const count = loop.advance(1);
      const ids = [...loop.spikes.subarray(0, count)];
      expect(ids).toEqual([...loop.v.keys()].filter((i) => loop.v[i] === values.v_reset));
      listed += count;
    }
    expect(listed).toBe(lifLoop(values, dt).advance(steps));
  });
});

describe("composed and in one block", () => {
  test("AELIF is the same program and spikes alike", async () => {
    const { composed, block } = aelifTwins(n);
    await composed.advance(steps);
    await block.advance(steps);
    expect(composed.spikeCount()).toBeGreaterThan(n);
    expect(block.spikeCount()).toBe(composed.spikeCount());
    expect(block.program()).toBe(composed.program());
  });
});

describe("agreement before timing", () => {
  const counts = { name: "LIF", expected: 1000, tolerance: 0.01 };

  test("states both counts", () => {
    expect(agreement({ ...counts, counted: 1000 })).toBe("LIF: 1,000 spikes, as many as the plain loop");
    expect(agreement({ ...counts, counted: 990 })).toBe("LIF: 990 spikes, plain loop 1,000 (1 % apart, accepted 1 %)");
  });

  test("refuses counts that are farther apart than is accepted, and silence", () => {
    expect(() => agreement({ ...counts, counted: 989 })).toThrow(/989 times/);
    expect(() => agreement({ ...counts, counted: 1001, tolerance: 0 })).toThrow(/1001 times/);
    expect(() => agreement({ ...counts, expected: 0, counted: 0 })).toThrow(/0 times/);
    expect(() => agreement({ ...counts, counted: Number.NaN })).toThrow(/NaN times/);
  });

  test("states a rate, and refuses one that is not as published", () => {
    const band = { name: "CUBA", lowest: 5.3, highest: 5.9 };
    expect(rateAsPublished({ ...band, rate: 5.55 })).toBe("CUBA: 5.5 Hz (expected: 5.3 to 5.9 Hz)");
    for (const rate of [5.29, 5.91, Number.NaN]) expect(() => rateAsPublished({ ...band, rate })).toThrow(/fires at/);
  });
});
