import { firingCurve, spikeTriggeredAverage, spikeTriggeredAverages } from "@neuroweave/analysis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import { expectNear } from "./near.ts";
import { uniformStream } from "./random-trains.ts";

describe("the spike-triggered average", () => {
  it("is the mean of the samples around each spike, as averaging by hand says", () => {
    const uniform = uniformStream(5);
    const signal = Float64Array.from({ length: 500 }, uniform);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 499 }), { minLength: 1, maxLength: 30 }), (samples) => {
        const times = samples.map((sample) => 7 + sample * 0.1);
        const found = spikeTriggeredAverage(signal, times, { from: -2, to: 1, dt: 0.1, start: 7 });
        const used = samples.filter((sample) => sample >= 20 && sample + 10 <= 500);
        expect(found.spikes).toBe(used.length);
        expect(found.skipped).toBe(samples.length - used.length);
        expect(found.lags).toHaveLength(30);
        found.lags.forEach((lag, k) => {
          const values = used.map((sample) => signal[sample + Math.round(lag / 0.1)]!);
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          if (used.length === 0) expect(found.average[k]).toBeNaN();
          else expectNear(found.average[k]!, mean);
          const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
          if (used.length < 2) expect(found.sem[k]).toBeNaN();
          else expectNear(found.sem[k]!, Math.sqrt(squares / (values.length - 1) / values.length));
        });
      }),
    );
  });

  it("finds the filter of a neuron that fires where a filtered noise is high", () => {
    const uniform = uniformStream(9);
    const noise = Float64Array.from({ length: 200_000 }, () => uniform() - 0.5);
    const filter = [0.1, 0.6, 1, 0.3];
    const times: number[] = [];
    for (let k = 10; k < noise.length; k++) {
      const drive = filter.reduce((sum, weight, lag) => sum + weight * noise[k - lag]!, 0);
      if (drive > 0.5) times.push(k);
    }
    const { average } = spikeTriggeredAverage(noise, times, { from: -5, to: 1, dt: 1 });
    const estimate = [...average].reverse();
    expect(estimate.indexOf(Math.max(...estimate))).toBe(2);
    for (const lag of [4, 5]) expect(Math.abs(estimate[lag]!)).toBeLessThan(0.03);
    expect(estimate[1]! / estimate[2]!).toBeGreaterThan(0.4);
  });

  it("takes several channels one after the other", () => {
    const options = { from: -1, to: 2, dt: 1 };
    const both = spikeTriggeredAverages([[0, 1, 2, 3], [5, 5, 5, 5]], [1], options); // prettier-ignore
    expect(both.map(({ average }) => [...average])).toEqual([
      [0, 1, 2],
      [5, 5, 5],
    ]);
  });

  it("without spikes is not defined", () => {
    const { average, spikes } = spikeTriggeredAverage([1, 2, 3], [], { from: 0, to: 1, dt: 1 });
    expect(average[0]).toBeNaN();
    expect(spikes).toBe(0);
  });
});

describe("the f–I curve", () => {
  it("has rates in order of current, rheobase and gain", () => {
    const curve = firingCurve({ currents: [3, 1, 0, 2], counts: [12, 4, 0, 8], duration: 2000 });
    expect([...curve.currents]).toEqual([0, 1, 2, 3]);
    expect([...curve.rate]).toEqual([0, 2, 4, 6]);
    expect(curve.rheobase).toEqual({ silent: 0, firing: 1 });
    expect(curve.gain).toBeCloseTo(2, 14);
  });

  it("has no rheobase where nothing fires, and none below the lowest current where all do", () => {
    const silent = firingCurve({ currents: [1, 2], counts: [0, 0], duration: 1 });
    expect(silent.rheobase).toEqual({ silent: 2, firing: Number.NaN });
    expect(silent.gain).toBeNaN();
    expect(firingCurve({ currents: [1], counts: [1], duration: 1 }).rheobase).toEqual({
      silent: Number.NaN,
      firing: 1,
    });
    expect(firingCurve({ currents: [], counts: [], duration: 1 }).rate).toHaveLength(0);
  });
});

describe("responses refuse", () => {
  const options = { from: -1, to: 1, dt: 1 };
  it.each([
    ["a window without a sample", () => spikeTriggeredAverage([], [], { from: 0.2, to: 0.6, dt: 1 }), "out-of-range"],
    [
      "a window that ends before it starts",
      () => spikeTriggeredAverage([], [], { ...options, to: -2 }),
      "out-of-range",
    ],
    ["times that are not finite", () => spikeTriggeredAverage([], [Number.NaN], options), "not-finite"],
    ["a time step of 0", () => spikeTriggeredAverage([], [], { ...options, dt: 0 }), "out-of-range"],
    ["lists of unequal length", () => firingCurve({ currents: [1], counts: [], duration: 1 }), "wrong-length"],
    ["half a spike", () => firingCurve({ currents: [1], counts: [0.5], duration: 1 }), "out-of-range"],
    ["no duration", () => firingCurve({ currents: [], counts: [], duration: 0 }), "out-of-range"],
    ["an unknown option", () => firingCurve({ currents: [], counts: [], duration: 1, dt: 1 } as never), "unknown-name"],
  ])("%s", (_, action, code) => {
    expect(refusal(action).code).toBe(code);
  });
});
