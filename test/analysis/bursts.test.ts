import {
  maxIntervalBursts,
  pauseSurprise,
  poissonSurprise,
  poissonSurpriseBursts,
  summarizeBursts,
  surprisePauses,
} from "@neuroweave/analysis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import recorded from "./distributions.json" with { type: "json" };
import { expectNear } from "./near.ts";
import { gammaIntervals, timesOf } from "./random-trains.ts";

/** Bursts of `size` spikes, `inside` ms apart, one every `period` ms. */
const regularBursts = (bursts: number, size: number, inside: number, period: number): number[] =>
  Array.from({ length: bursts * size }, (_, k) => Math.floor(k / size) * period + (k % size) * inside);

describe("Poisson surprise", () => {
  it.each(recorded.poisson)("of $n spikes where $m are expected is that of SciPy", ({ n, m, many, few }) => {
    expectNear(poissonSurprise(n, m * 1000, 1), many);
    expectNear(pauseSurprise(n, m * 1000, 1), few);
  });

  it("has its limits", () => {
    expect(poissonSurprise(0, 10, 5)).toBe(0);
    expect(poissonSurprise(1, 0, 5)).toBe(Infinity);
    expect(pauseSurprise(0, 200, 10)).toBeCloseTo(2, 14);
    expect(pauseSurprise(3, 0, 10)).toBe(0);
  });

  it("grows with the number of spikes, and that of a pause falls", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.double({ min: 0.1, max: 400, noNaN: true }), (n, mean) => {
        expect(poissonSurprise(n + 1, mean * 1000, 1)).toBeGreaterThanOrEqual(poissonSurprise(n, mean * 1000, 1));
        expect(pauseSurprise(n + 1, mean * 1000, 1)).toBeLessThanOrEqual(pauseSurprise(n, mean * 1000, 1));
      }),
    );
  });
});

describe("bursts by MaxInterval", () => {
  it("are found where they were put", () => {
    const bursts = maxIntervalBursts(regularBursts(4, 5, 10, 1000));
    expect(bursts.map(({ first, last, start, duration, spikes }) => [first, last, start, duration, spikes])).toEqual([
      [0, 4, 0, 40, 5],
      [5, 9, 1000, 40, 5],
      [10, 14, 2000, 40, 5],
      [15, 19, 3000, 40, 5],
    ]);
    const summary = summarizeBursts(bursts, 20);
    expect(summary).toEqual({
      bursts: 4,
      spikeFraction: 1,
      meanSpikes: 5,
      meanDuration: 40,
      meanRateInside: 100,
      meanPause: 960,
    });
  });

  it("begin with a short interval, go on with a longer one, and end with the first that is too long", () => {
    const times = [0, 200, 250, 500, 700, 1100];
    expect(maxIntervalBursts(times).map(({ start, end }) => [start, end])).toEqual([[200, 700]]);
  });

  it("less than the least pause apart are one", () => {
    const times = [0, 10, 20, 170, 180, 190];
    const options = { beginInterval: 20, endInterval: 20 };
    expect(maxIntervalBursts(times, { ...options, betweenBursts: 150 })).toHaveLength(2);
    expect(maxIntervalBursts(times, { ...options, betweenBursts: 151 })).toHaveLength(1);
  });

  it("are dropped where they are too short or have too few spikes", () => {
    const times = [0, 5, 1000, 1004, 1008, 2000, 2005, 2010];
    expect(maxIntervalBursts(times).map(({ start }) => start)).toEqual([2000]);
    expect(maxIntervalBursts(times, { spikes: 2, duration: 0 })).toHaveLength(3);
  });

  it("are disjoint, in order, and have no interval above the longest allowed", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 60 }), (intervals) => {
        const times = timesOf(Float64Array.from(intervals));
        const options = { beginInterval: 50, endInterval: 80, betweenBursts: 0 };
        let after = -1;
        for (const { first, last, spikes, duration } of maxIntervalBursts(times, options)) {
          expect(first).toBeGreaterThan(after);
          after = last;
          expect(times[first + 1]! - times[first]!).toBeLessThanOrEqual(50);
          for (let k = first + 1; k <= last; k++) expect(times[k]! - times[k - 1]!).toBeLessThanOrEqual(80);
          expect(last + 1 === times.length || times[last + 1]! - times[last]! > 80).toBe(true);
          expect(spikes).toBeGreaterThanOrEqual(3);
          expect(duration).toBeGreaterThanOrEqual(10);
        }
      }),
    );
  });
});

describe("bursts by Poisson surprise", () => {
  it("are found where they were put into slow firing", () => {
    const slow = Array.from({ length: 60 }, (_, k) => 100 * k);
    const burst = Array.from({ length: 9 }, (_, k) => 3010 + 5 * k);
    const times = [...slow, ...burst].sort((a, b) => a - b);
    const found = poissonSurpriseBursts(times);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ start: 3000, end: 3050, spikes: 10 });
    const rate = (1000 * (times.length - 1)) / (times.at(-1)! - times[0]!);
    expect(found[0]!.surprise).toBeCloseTo(poissonSurprise(10, 50, rate), 12);
  });

  it("are hardly found in a Poisson process, and in none that is regular", () => {
    const times = timesOf(gammaIntervals(8, 5000, 50));
    expect(poissonSurpriseBursts(times).reduce((sum, { spikes }) => sum + spikes, 0)).toBeLessThan(100);
    expect(poissonSurpriseBursts(Array.from({ length: 100 }, (_, k) => 10 * k))).toEqual([]);
  });

  it("are disjoint and reach the least surprise", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const intervals = gammaIntervals(seed, 200, 30).map((interval, k) => (k % 11 < 5 ? interval / 20 : interval));
        let after = -1;
        for (const { first, last, surprise } of poissonSurpriseBursts(timesOf(intervals), { surprise: 5 })) {
          expect(first).toBeGreaterThan(after);
          after = last;
          expect(surprise).toBeGreaterThanOrEqual(5);
        }
      }),
    );
  });
});

describe("pauses by Poisson surprise", () => {
  const fast = (from: number, to: number): number[] =>
    Array.from({ length: (to - from) / 20 + 1 }, (_, k) => from + 20 * k);

  it("are found where firing stops, with a lone spike in their midst", () => {
    const times = [...fast(0, 2000), ...fast(2500, 4000), 4300, ...fast(4560, 6000)];
    expect(surprisePauses(times).map(({ start, end, spikes }) => [start, end, spikes])).toEqual([
      [2000, 2500, 0],
      [4000, 4560, 1],
    ]);
  });

  it("are not shorter than the least duration, and not less surprising than asked for", () => {
    const times = [...fast(0, 2000), ...fast(2280, 4000)];
    expect(surprisePauses(times)).toEqual([]);
    expect(surprisePauses(times, { duration: 280 })).toHaveLength(1);
    const surprise = surprisePauses(times, { duration: 280 })[0]!.surprise;
    expect(surprisePauses(times, { duration: 280, surprise: surprise + 0.1 })).toEqual([]);
  });
});

describe("trains of no spike and of one", () => {
  it("have no bursts and no pauses", () => {
    for (const times of [[], [5], [5, 5]]) {
      expect(maxIntervalBursts(times)).toEqual([]);
      expect(poissonSurpriseBursts(times)).toEqual([]);
      expect(surprisePauses(times)).toEqual([]);
    }
    expect(summarizeBursts([], 0)).toMatchObject({ bursts: 0, spikeFraction: Number.NaN, meanPause: Number.NaN });
  });
});

describe("bursts and pauses refuse", () => {
  it.each([
    ["times that do not ascend", () => maxIntervalBursts([2, 1]), "out-of-range"],
    ["times that are not finite", () => poissonSurpriseBursts([1, Infinity]), "not-finite"],
    ["a negative interval", () => maxIntervalBursts([], { endInterval: -1 }), "out-of-range"],
    ["bursts of one spike", () => maxIntervalBursts([], { spikes: 1 }), "out-of-range"],
    ["a rate of 0", () => poissonSurpriseBursts([], { rate: 0 }), "out-of-range"],
    ["half a spike", () => poissonSurprise(0.5, 1, 1), "out-of-range"],
    ["a negative duration", () => pauseSurprise(1, -1, 1), "out-of-range"],
    ["an unknown option", () => surprisePauses([], { core: 3 } as never), "unknown-name"],
  ])("%s", (_, action, code) => {
    expect(refusal(action).code).toBe(code);
  });
});
