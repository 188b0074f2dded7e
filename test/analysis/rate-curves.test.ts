import { alignToEvents, instantaneousRate, kernelRate, psth, slidingRate } from "@neuroweave/analysis";
import type { RateKernelName } from "@neuroweave/analysis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import { expectNear } from "./near.ts";
import { gammaIntervals, timesOf } from "./random-trains.ts";

const trains = fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 60 }).map((steps) =>
  Float64Array.from(
    steps.sort((a, b) => a - b),
    (step) => step * 0.1,
  ),
);
const kernels: readonly RateKernelName[] = ["gaussian", "boxcar", "exponential", "alpha"];

/** The kernels as their definitions say, area 1 per ms. */
const definitions: Readonly<Record<RateKernelName, (s: number, width: number) => number>> = {
  gaussian: (s, w) => Math.exp((-s * s) / (2 * w * w)) / (w * Math.sqrt(2 * Math.PI)),
  boxcar: (s, w) => (s >= -w / 2 && s < w / 2 ? 1 / w : 0),
  exponential: (s, w) => (s < 0 ? 0 : Math.exp(-s / w) / w),
  alpha: (s, w) => (s < 0 ? 0 : (s / w ** 2) * Math.exp(-s / w)),
};

describe("the rate in a sliding window", () => {
  it("is what counting in each window says", () => {
    fc.assert(
      fc.property(trains, fc.integer({ min: 1, max: 300 }), (times, steps) => {
        const width = steps * 0.2;
        const { times: at, rate } = slidingRate(times, { from: 0, to: 100, width, step: 2.5 });
        expect(at).toHaveLength(41);
        at.forEach((t, k) => {
          const [start, end] = [Math.max(0, t - width / 2), Math.min(100, t + width / 2)];
          const count = times.filter((time) => time >= start - 1e-7 && time < end - 1e-7).length;
          expectNear(rate[k]!, (1000 * count) / (end - start), 1e-8);
        });
      }),
    );
  });

  it("leaves out spikes outside [from, to)", () => {
    expect([...slidingRate([5, 20], { from: 10, to: 20, width: 100, step: 5 }).rate]).toEqual([0, 0, 0]);
  });
});

describe.each(kernels)("the rate by a kernel, %s,", (kernel) => {
  it("is the sum of its definition over all spikes", () => {
    fc.assert(
      fc.property(trains, fc.double({ min: 0.5, max: 60, noNaN: true }), (times, width) => {
        const { times: at, rate } = kernelRate(times, { from: 0, to: 100, step: 3.3, kernel, width });
        at.forEach((t, k) => {
          const sum = times.reduce((total, time) => total + definitions[kernel](t - time, width), 0);
          // Where a time is half a boxcar away, rounding decides on which side it lies.
          if (times.every((time) => Math.abs(Math.abs(t - time) - width / 2) > 1e-9)) expectNear(rate[k]!, 1000 * sum);
        });
      }),
    );
  });

  it("integrates to the number of spikes", () => {
    const { rate } = kernelRate([200, 230, 231], { from: 0, to: 1000, step: 0.1, kernel, width: 8 });
    expect(rate.reduce((sum, hertz) => sum + hertz * 1e-4, 0)).toBeCloseTo(3, 1);
  });

  it("corrected at the edges divides by the part of the kernel that lies in the window", () => {
    const options = { from: 0, to: 100, step: 10, kernel, width: 25 };
    const plain = kernelRate([30, 60], options).rate;
    const corrected = kernelRate([30, 60], { ...options, edges: "corrected" }).rate;
    for (let k = 1; k <= 10; k++) {
      const steps = 20_000;
      let mass = 0;
      for (let j = 0; j < steps; j++)
        mass += (definitions[kernel](10 * k - (100 * (j + 0.5)) / steps, 25) * 100) / steps;
      expect(Math.abs(corrected[k]! * mass - plain[k]!)).toBeLessThan(1e-3 * (1 + plain[k]!));
    }
  });

  it("corrected at the edges is flat for a constant rate", () => {
    const times = Float64Array.from({ length: 20_000 }, (_, k) => 0.05 * (k + 0.5));
    const { rate } = kernelRate(times, { from: 0, to: 1000, step: 50, kernel, width: 40, edges: "corrected" });
    rate.slice(1).forEach((hertz) => expect(Math.abs(hertz / 20_000 - 1)).toBeLessThan(0.01));
  });

  it("is shared by the neurons whose spikes they are", () => {
    const options = { from: 0, to: 10, step: 1, kernel, width: 2 };
    const alone = kernelRate([3, 4], options).rate;
    kernelRate([3, 4], { ...options, neurons: 4 }).rate.forEach((hertz, k) => expectNear(4 * hertz, alone[k]!));
  });
});

describe("the instantaneous rate", () => {
  it("is one over the interval that holds the moment, and 0 outside all of them", () => {
    const { times, rate } = instantaneousRate([10, 20, 25], { from: 0, to: 30, step: 5 });
    expect([...times]).toEqual([0, 5, 10, 15, 20, 25, 30]);
    expect([...rate]).toEqual([0, 0, 100, 100, 200, 0, 0]);
    expect([...instantaneousRate([10], { from: 0, to: 20, step: 10 }).rate]).toEqual([0, 0, 0]);
  });

  it("of a Poisson process averages, over intervals, to twice the rate's inverse weighting: its time mean is intervals / time", () => {
    const times = timesOf(gammaIntervals(3, 500, 20));
    const { rate } = instantaneousRate(times, { from: times[0]!, to: times.at(-1)!, step: 0.01 });
    const mean = rate.reduce((sum, hertz) => sum + hertz, 0) / rate.length;
    expect(mean / ((1000 * 499) / (times.at(-1)! - times[0]!))).toBeCloseTo(1, 1);
  });
});

describe("the peri-stimulus time histogram", () => {
  it("has counts, rate and standard error by hand", () => {
    const { times, counts, rate, sem, trials } = psth([[-5, 1, 2], [3, 12], [-1]], { from: -10, to: 15, bin: 10 });
    expect(trials).toBe(3);
    expect([...times]).toEqual([-5, 5, 12.5]);
    expect([...counts]).toEqual([2, 3, 1]);
    expect(rate[0]).toBeCloseTo((1000 * 2) / (3 * 10), 12);
    expect(rate[2]).toBeCloseTo(1000 / (3 * 5), 12);
    // Counts 2, 1, 0 in the middle bin: standard deviation 1.
    expect(sem[1]).toBeCloseTo((1000 * 1) / Math.sqrt(3) / 10, 12);
  });

  it("counts what aligning by hand counts", () => {
    fc.assert(
      fc.property(
        trains,
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 6 }),
        (times, events) => {
          const window = { from: -20, to: 30 };
          const { counts } = psth(alignToEvents(times, events, window), { ...window, bin: 5 });
          const expected = new Float64Array(10);
          for (const event of events) {
            for (const time of times) {
              const steps = Math.round(10 * (time - event + 20));
              if (steps >= 0 && steps < 500) expected[Math.floor(steps / 50)]! += 1;
            }
          }
          expect([...counts]).toEqual([...expected]);
        },
      ),
    );
  });

  it("has no standard error for one trial and no rate for none", () => {
    expect([...psth([[1]], { from: 0, to: 2, bin: 2 }).sem]).toEqual([Number.NaN]);
    expect([...psth([], { from: 0, to: 2, bin: 2 }).rate]).toEqual([Number.NaN]);
  });
});

describe("rate curves refuse", () => {
  const window = { from: 0, to: 10 };
  it.each([
    [
      "a window that ends before it starts",
      () => slidingRate([], { from: 1, to: 0, width: 1, step: 1 }),
      "out-of-range",
    ],
    ["a negative width", () => slidingRate([], { ...window, width: -1, step: 1 }), "out-of-range"],
    ["a step of 0", () => kernelRate([], { ...window, width: 1, step: 0 }), "out-of-range"],
    ["a step that would fill the memory", () => kernelRate([], { ...window, width: 1, step: 1e-12 }), "too-large"],
    ["times that do not ascend", () => kernelRate([2, 1], { ...window, width: 1, step: 1 }), "out-of-range"],
    ["times that are not finite", () => instantaneousRate([Number.NaN], { ...window, step: 1 }), "not-finite"],
    [
      "an unknown kernel",
      () => kernelRate([], { ...window, width: 1, step: 1, kernel: "gausian" as never }),
      "unknown-name",
    ],
    [
      "an unknown treatment of edges",
      () => kernelRate([], { ...window, width: 1, step: 1, edges: "cut" as never }),
      "unknown-name",
    ],
    ["an unknown option", () => slidingRate([], { ...window, width: 1, steps: 1 } as never), "unknown-name"],
    ["a bin wider than the window", () => psth([], { ...window, bin: 11 }), "out-of-range"],
    ["a bin that is no number", () => psth([], { ...window, bin: Number.NaN }), "not-finite"],
    ["an event that is not finite", () => alignToEvents([1], [Number.NaN], window), "not-finite"],
  ])("%s", (_, action, code) => {
    expect(refusal(action).code).toBe(code);
  });

  it("name the kernel that was meant", () => {
    const error = refusal(() => kernelRate([], { ...window, width: 1, step: 1, kernel: "gausian" as never }));
    expect(error.candidates).toContain("gaussian");
  });
});
