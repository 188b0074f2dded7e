import { coefficientOfVariation, cv2, interspikeIntervals, latency, localVariation } from "@neuroweave/analysis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gammaIntervals, timesOf } from "./random-trains.ts";

const intervalLists = fc.array(fc.double({ min: 0.1, max: 500, noNaN: true }), { minLength: 2, maxLength: 60 });

describe("interspike intervals", () => {
  it("are the differences of neighboring times", () => {
    expect([...interspikeIntervals([2, 5, 5.5, 11])]).toEqual([3, 0.5, 5.5]);
  });

  it("do not exist for one spike or none", () => {
    expect(interspikeIntervals([])).toHaveLength(0);
    expect(interspikeIntervals([3])).toHaveLength(0);
  });

  it("give back the times they came from", () => {
    fc.assert(
      fc.property(intervalLists, (intervals) => {
        const times = timesOf(Float64Array.from(intervals));
        interspikeIntervals(times).forEach((interval, k) => expect(interval).toBeCloseTo(intervals[k + 1]!, 9));
      }),
    );
  });

  it("are refused for times that do not ascend", () => {
    expect(() => interspikeIntervals([1, 3, 2])).toThrow("spike 2 at 2 ms comes before spike 1 at 3 ms");
  });
});

describe("variability of intervals", () => {
  it("has the published local variation of [0.3, 4.5, 6.7, 9.3]", () => {
    expect(localVariation([0.3, 4.5, 6.7, 9.3])).toBeCloseTo(0.8306154336734695, 15);
  });

  it("of two intervals a and b is |a − b| / (a + b) for CV, twice that for CV₂, three times its square for LV", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 99, noNaN: true }),
        fc.double({ min: 0.1, max: 99, noNaN: true }),
        (a, b) => {
          const contrast = Math.abs(a - b) / (a + b);
          expect(coefficientOfVariation([a, b])).toBeCloseTo(contrast, 12);
          expect(cv2([a, b])).toBeCloseTo(2 * contrast, 12);
          expect(localVariation([a, b])).toBeCloseTo(3 * contrast * contrast, 12);
        },
      ),
    );
  });

  it("does not depend on the unit of time, nor on the direction of time", () => {
    fc.assert(
      fc.property(intervalLists, fc.double({ min: 0.01, max: 100, noNaN: true }), (intervals, scale) => {
        for (const measure of [coefficientOfVariation, cv2, localVariation]) {
          const value = measure(intervals);
          expect(measure(intervals.map((interval) => interval * scale))).toBeCloseTo(value, 9);
          expect(measure(intervals.toReversed())).toBeCloseTo(value, 9);
        }
      }),
    );
  });

  // A gamma process of order κ has CV = 1 / √κ and LV = 3 / (2κ + 1); for κ = 1 CV₂ is 1.
  it.each([1, 2, 4, 9])("has its closed form for a gamma process of order %i", (order) => {
    const intervals = gammaIntervals(11 + order, 40_000, 20, order);
    expect(coefficientOfVariation(intervals)).toBeCloseTo(1 / Math.sqrt(order), 1.7);
    expect(localVariation(intervals)).toBeCloseTo(3 / (2 * order + 1), 1.7);
    if (order === 1) expect(cv2(intervals)).toBeCloseTo(1, 1.7);
  });

  it("is not a number for fewer than two intervals", () => {
    for (const measure of [coefficientOfVariation, cv2, localVariation]) {
      expect(measure([])).toBeNaN();
      expect(measure([5])).toBeNaN();
    }
  });
});

describe("latency", () => {
  it("runs from the onset to the first spike at or after it", () => {
    expect(latency([3, 12, 40], 10)).toBe(2);
    expect(latency([3, 10, 40], 10)).toBe(0);
  });

  it("is zero for a spike that rounding puts a hair before the onset", () => {
    expect(latency([0.1 + 0.2 - 1e-16], 0.1 + 0.2)).toBe(0);
  });

  it("is not a number where no spike follows", () => {
    expect(latency([3], 10)).toBeNaN();
  });
});
