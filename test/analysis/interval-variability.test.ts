import {
  adaptationIndex,
  coefficientOfVariation,
  cv2,
  fanoFactor,
  fanoFactorByWindow,
  fanoFactorOverTrials,
  geometricIrregularity,
  intervalHistogram,
  localVariation,
  logarithmicIrregularity,
  revisedLocalVariation,
  serialCorrelation,
} from "@neuroweave/analysis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import recorded from "./interval-variability.json" with { type: "json" };
import { expectNear } from "./near.ts";
import { gammaIntervals, timesOf } from "./random-trains.ts";

const intervalLists = fc.array(fc.double({ min: 0.1, max: 500, noNaN: true }), { minLength: 2, maxLength: 60 });

describe("variability of intervals", () => {
  it.each(recorded.cases.map((one, k) => [k, one] as const))("of recorded list %i is that of Elephant", (_, one) => {
    expectNear(revisedLocalVariation(one.intervals, one.refractoriness), one.lvr);
    expectNear(localVariation(one.intervals), one.lv);
    expectNear(cv2(one.intervals), one.cv2);
    expectNear(coefficientOfVariation(one.intervals), one.cv);
  });

  it("has the closed forms of a Poisson process", () => {
    const intervals = gammaIntervals(5, 200_000, 40);
    expect(logarithmicIrregularity(intervals)).toBeCloseTo(2 * Math.log(2), 1.7);
    expect(geometricIrregularity(intervals)).toBeCloseTo(1 - Math.log(2), 1.7);
    expect(adaptationIndex(intervals)).toBeCloseTo(0, 1.7);
    expect(serialCorrelation(intervals)).toBeCloseTo(0, 1.7);
  });

  it("LvR is LV for R = 0, and grows with R in a straight line", () => {
    fc.assert(
      fc.property(intervalLists, fc.double({ min: 0, max: 20, noNaN: true }), (intervals, refractoriness) => {
        const [none, some, twice] = [0, 1, 2].map((factor) =>
          revisedLocalVariation(intervals, factor * refractoriness),
        );
        expectNear(none!, localVariation(intervals));
        expectNear(twice! - some!, some! - none!, 1e-8);
      }),
    );
  });

  it("is the same for regular trains and their reverse, except for the adaptation index, which changes its sign", () => {
    fc.assert(
      fc.property(intervalLists, (intervals) => {
        const reversed = intervals.toReversed();
        for (const measure of [logarithmicIrregularity, geometricIrregularity, revisedLocalVariation]) {
          expectNear(measure(reversed), measure(intervals));
          expect(measure(intervals)).toBeGreaterThanOrEqual(0);
        }
        expectNear(adaptationIndex(reversed), -adaptationIndex(intervals));
      }),
    );
    for (const measure of [logarithmicIrregularity, geometricIrregularity, revisedLocalVariation, adaptationIndex]) {
      expect(measure([7, 7, 7])).toBe(0);
      expect(measure([7])).toBeNaN();
      expect(measure([])).toBeNaN();
      expect(measure([0, 0, 0])).toBe(0);
    }
  });

  it("alternating intervals are correlated by −1 with the next and by 1 with the one after it", () => {
    const alternating = Array.from({ length: 20 }, (_, k) => (k % 2 === 0 ? 5 : 9));
    expect(serialCorrelation(alternating)).toBeCloseTo(-1, 12);
    expect(serialCorrelation(alternating, 2)).toBeCloseTo(1, 12);
    expect(serialCorrelation([4, 4, 4])).toBeNaN();
    expect(serialCorrelation([4, 5])).toBeNaN();
  });
});

describe("the Fano factor", () => {
  const trials = [[1, 2, 3], [2], [1, 3, 9], []];

  it("over trials is that of their counts in the window", () => {
    expect(fanoFactorOverTrials(trials, { from: 0, to: 10 })).toBe(fanoFactor([3, 1, 3, 0]));
    expect(fanoFactorOverTrials(trials, { from: 2, to: 9 })).toBe(fanoFactor([2, 1, 1, 0]));
    expect(fanoFactorOverTrials([], { from: 0, to: 1 })).toBeNaN();
    expect(fanoFactorOverTrials([[], []], { from: 0, to: 1 })).toBeNaN();
  });

  it("by window is that of the counts in successive windows", () => {
    const times = [1, 2, 3, 11, 25, 31, 39];
    const [ten, twenty] = fanoFactorByWindow(times, { from: 0, to: 45, lengths: [10, 20] });
    expect(ten).toBe(fanoFactor([3, 1, 1, 2]));
    expect(twenty).toBe(fanoFactor([4, 3]));
  });

  it("tends to CV² for long windows of a renewal process", () => {
    const times = timesOf(gammaIntervals(9, 200_000, 10, 4));
    const [long] = fanoFactorByWindow(times, { from: 0, to: times.at(-1)!, lengths: [1000] });
    expect(Math.abs(long! - 0.25)).toBeLessThan(0.03);
  });
});

describe("the histogram of intervals", () => {
  it("counts intervals in half-open bins, on the grid of time steps too", () => {
    const times = Array.from({ length: 40 }, (_, k) => 3 * k * 0.1);
    const { counts, below, above } = intervalHistogram(times, { from: 0, to: 1, bins: 10 });
    expect([...counts]).toEqual([0, 0, 0, 39, 0, 0, 0, 0, 0, 0]);
    expect([below, above]).toEqual([0, 0]);
  });

  it("loses no interval: those outside are counted", () => {
    fc.assert(
      fc.property(intervalLists, (intervals) => {
        const times = timesOf(Float64Array.from([0, ...intervals]));
        for (const scale of ["linear", "logarithmic"] as const) {
          const { counts, below, above, density, edges } = intervalHistogram(times, {
            from: 1,
            to: 100,
            bins: 7,
            scale,
          });
          const inside = counts.reduce((sum, count) => sum + count, 0);
          expect(inside + below + above).toBe(intervals.length);
          const area = density.reduce((sum, height, j) => sum + height * (edges[j + 1]! - edges[j]!), 0);
          if (inside === 0) expect(area).toBeNaN();
          else expectNear(area, 1);
        }
      }),
    );
  });

  it("has edges at equal ratios on the logarithmic scale", () => {
    const { edges } = intervalHistogram([], { from: 1, to: 1000, bins: 3, scale: "logarithmic" });
    [1, 10, 100, 1000].forEach((edge, j) => expectNear(edges[j]!, edge));
  });
});

describe("measures of intervals refuse", () => {
  it.each([
    ["a negative refractoriness", () => revisedLocalVariation([1, 2], -1), "out-of-range"],
    ["a lag of 0", () => serialCorrelation([1, 2, 3], 0), "out-of-range"],
    ["a window without length", () => fanoFactorOverTrials([[1]], { from: 1, to: 1 }), "out-of-range"],
    [
      "a counting window longer than the train",
      () => fanoFactorByWindow([1], { from: 0, to: 9, lengths: [10] }),
      "out-of-range",
    ],
    ["times that do not ascend", () => intervalHistogram([2, 1], { from: 0, to: 1, bins: 1 }), "out-of-range"],
    ["edges that do not ascend", () => intervalHistogram([], { from: 1, to: 1, bins: 1 }), "out-of-range"],
    [
      "a logarithm of 0",
      () => intervalHistogram([], { from: 0, to: 1, bins: 1, scale: "logarithmic" }),
      "out-of-range",
    ],
    [
      "an unknown scale",
      () => intervalHistogram([], { from: 0, to: 1, bins: 1, scale: "log" as never }),
      "invalid-value",
    ],
    ["an unknown option", () => intervalHistogram([], { from: 0, to: 1, bins: 1, bin: 2 } as never), "unknown-name"],
  ])("%s", (_, action, code) => {
    expect(refusal(action).code).toBe(code);
  });
});
