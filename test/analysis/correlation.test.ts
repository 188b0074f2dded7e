import {
  autoCorrelogram,
  binnedCounts,
  countCorrelations,
  countSynchrony,
  crossCorrelation,
  crossCorrelogram,
  golombSynchrony,
  meanOverPairs,
  phaseOrder,
  populationSynchrony,
} from "@neuroweave/analysis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import { expectNear } from "./near.ts";
import { gammaIntervals, timesOf, uniformStream } from "./random-trains.ts";

/** Trains on a grid of 0.1 ms in [0, 100). */
const stepLists = fc
  .array(fc.integer({ min: 0, max: 999 }), { maxLength: 60 })
  .map((steps) => steps.sort((a, b) => a - b));
const timesAt = (steps: readonly number[]): Float64Array => Float64Array.from(steps, (step) => step * 0.1);
const window = { from: 0, to: 100 };

describe("the cross-correlogram", () => {
  it("counts the pairs that looking at all of them finds", () => {
    fc.assert(
      fc.property(
        stepLists,
        stepLists,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 12 }),
        (a, b, width, reach) => {
          const counts = new Float64Array(2 * reach + 1);
          for (const s of a) {
            for (const t of b) {
              // (k − ½) width ≤ t − s < (k + ½) width, in steps.
              const k = Math.floor((2 * (t - s) + width) / (2 * width)) + reach;
              if (k >= 0 && k <= 2 * reach) counts[k]! += 1;
            }
          }
          const bin = width * 0.1;
          const found = crossCorrelogram(timesAt(a), timesAt(b), { ...window, maxLag: reach * bin, bin });
          expect([...found.counts]).toEqual([...counts]);
          found.rate.forEach((hertz, k) => {
            if (a.length === 0) expect(hertz).toBeNaN();
            else expectNear(hertz, (1000 * counts[k]!) / (a.length * bin));
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it("of a train with itself leaves out each spike's own pair", () => {
    fc.assert(
      fc.property(stepLists, (steps) => {
        const options = { ...window, maxLag: 10, bin: 0.5 };
        const own = autoCorrelogram(timesAt(steps), options).counts;
        const all = crossCorrelogram(timesAt(steps), timesAt(steps), options).counts;
        own.forEach((count, k) => expect(count).toBe(all[k]! - (k === 20 ? steps.length : 0)));
      }),
    );
  });

  it("peaks where the target follows", () => {
    const times = timesOf(gammaIntervals(2, 400, 25));
    const late = times.map((time) => time + 4);
    const { lags, counts } = crossCorrelogram(times, late, { from: 0, to: 12_000, maxLag: 10, bin: 1 });
    expect(lags[counts.indexOf(Math.max(...counts))]).toBe(4);
  });

  it("has the ratio 1 at all lags for independent Poisson trains, however long the lag", () => {
    const a = timesOf(gammaIntervals(21, 4000, 5));
    const b = timesOf(gammaIntervals(22, 4000, 5));
    const { ratio } = crossCorrelogram(a, b, { from: 0, to: 18_000, maxLag: 12_000, bin: 1200 });
    ratio.forEach((value) => expect(Math.abs(value - 1)).toBeLessThan(0.06));
  });
});

describe("correlation of counts", () => {
  it("is the middle of the cross-correlation by lag, and a shift moves its peak", () => {
    const uniform = uniformStream(6);
    const a = Float64Array.from({ length: 300 }, () => Math.floor(4 * uniform()));
    const b = Float64Array.from({ length: 300 }, (_, k) => (k < 3 ? 0 : a[k - 3]!));
    const r = crossCorrelation(a, b, 5);
    expect(r).toHaveLength(11);
    expect(r.indexOf(Math.max(...r))).toBe(8);
    expect(crossCorrelation(a, a, 2)[2]).toBeCloseTo(1, 14);
    crossCorrelation(b, a, 5).forEach((value, k) => expectNear(value, r[10 - k]!));
  });

  it("is 1 for equal trains, and the mean over pairs leaves out what is not defined", () => {
    const trains = [[1, 12, 13], [1, 12, 13], []];
    const matrix = countCorrelations(trains, { from: 0, to: 30, bin: 10 });
    expect(matrix.values[1]).toBeCloseTo(1, 14);
    expect(matrix.values[2]).toBeNaN();
    expect(meanOverPairs(matrix)).toBeCloseTo(1, 14);
    expect(meanOverPairs(countCorrelations([[1]], { from: 0, to: 30, bin: 10 }))).toBeNaN();
  });

  it("counts spikes of a grid in the bins of their steps, and drops a bin that is cut short", () => {
    fc.assert(
      fc.property(stepLists, fc.integer({ min: 1, max: 300 }), (steps, width) => {
        const expected = new Float64Array(Math.floor(1000 / width));
        for (const step of steps) if (step < expected.length * width) expected[Math.floor(step / width)]! += 1;
        expect([...binnedCounts(timesAt(steps), { ...window, bin: width * 0.1 })]).toEqual([...expected]);
      }),
    );
  });
});

describe("synchrony of a population", () => {
  it("by counts is Golomb's χ of the counts and agrees with its Fano factor and mean correlation", () => {
    fc.assert(
      fc.property(fc.array(stepLists, { minLength: 2, maxLength: 6 }), (lists) => {
        const bins = { ...window, bin: 10 };
        const trains = lists.map(timesAt);
        const counts = trains.map((train) => binnedCounts(train, bins));
        fc.pre(counts.some((list) => new Set(list).size > 1));
        const { chi, correlation } = countSynchrony(trains, bins);
        expectNear(chi, golombSynchrony(counts));
        expectNear(correlation, (lists.length * chi * chi - 1) / (lists.length - 1));
      }),
    );
    expect(populationSynchrony).toBe(golombSynchrony);
  });

  it("by counts is 1, N and 1 for equal Poisson trains, 1/√N, 1 and 0 for independent ones", () => {
    const bins = { from: 0, to: 40_000, bin: 20 };
    const one = timesOf(gammaIntervals(1, 3000, 20)).filter((time) => time < 40_000);
    const equal = countSynchrony([one, one, one, one], bins);
    expect(equal.chi).toBeCloseTo(1, 12);
    expect(equal.correlation).toBeCloseTo(1, 12);
    expect(equal.fano / 4).toBeCloseTo(1, 0.7);
    const many = Array.from({ length: 16 }, (_, k) => timesOf(gammaIntervals(100 + k, 3000, 20)));
    const independent = countSynchrony(many, bins);
    expect(independent.chi * 4).toBeCloseTo(1, 0.7);
    expect(independent.fano).toBeCloseTo(1, 0.7);
    expect(Math.abs(independent.correlation)).toBeLessThan(0.03);
  });

  it("by phases is 1 for trains in step, 0 for two that alternate", () => {
    const times = Array.from({ length: 20 }, (_, k) => 10 * k);
    const options = { from: 20, to: 150, step: 0.7 };
    phaseOrder([times, times], options).order.forEach((value) => expectNear(value, 1));
    phaseOrder([times, times.map((time) => time + 5)], options).order.forEach((value) => expectNear(value, 0));
    const sparse = phaseOrder([[50, 60], []], { from: 0, to: 100, step: 55 });
    expect([...sparse.order]).toEqual([Number.NaN, 1]);
    expect([...sparse.trains]).toEqual([0, 1]);
    expect(sparse.mean).toBe(1);
  });

  it("by phases is √(π / 4N) for independent trains", () => {
    const n = 100;
    const trains = Array.from({ length: n }, (_, k) => timesOf(gammaIntervals(k, 400, 10)));
    const { mean } = phaseOrder(trains, { from: 200, to: 3000, step: 3 });
    expect(mean / Math.sqrt(Math.PI / (4 * n))).toBeCloseTo(1, 0.7);
  });
});

describe("correlations refuse", () => {
  const options = { ...window, maxLag: 10, bin: 1 };
  it.each([
    [
      "lags that are no whole number of bins",
      () => crossCorrelogram([], [], { ...options, maxLag: 10.5 }),
      "out-of-range",
    ],
    ["lags as long as the window", () => crossCorrelogram([], [], { ...options, maxLag: 100 }), "out-of-range"],
    ["a bin of no width", () => autoCorrelogram([], { ...options, bin: 0 }), "out-of-range"],
    ["times that do not ascend", () => autoCorrelogram([2, 1], options), "out-of-range"],
    ["a negative window", () => autoCorrelogram([], { ...options, to: -1 }), "out-of-range"],
    ["counts of other bins", () => crossCorrelation([1, 2], [1], 0), "wrong-length"],
    ["lags beyond the counts", () => crossCorrelation([1, 2], [1, 2], 2), "out-of-range"],
    ["times that are not finite", () => binnedCounts([Number.NaN], { ...window, bin: 1 }), "not-finite"],
    ["no trains", () => countSynchrony([], { ...window, bin: 1 }), "wrong-length"],
    ["no trains to have phases", () => phaseOrder([], { ...window, step: 1 }), "wrong-length"],
    ["an unknown option", () => countCorrelations([], { ...window, bin: 1, lag: 2 } as never), "unknown-name"],
  ])("%s", (_, action, code) => {
    expect(refusal(action).code).toBe(code);
  });
});
