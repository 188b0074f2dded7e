import { fanoFactor, populationSynchrony } from "@neuroweave/analysis";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import { uniformStream } from "./random-trains.ts";

describe("Golomb's synchrony", () => {
  const uniform = uniformStream(3);
  const noise = (length: number): Float64Array => Float64Array.from({ length }, uniform);

  it("is 1 for identical traces, 0 for two that cancel", () => {
    const trace = noise(500);
    expect(populationSynchrony([trace, trace, trace])).toBeCloseTo(1, 12);
    expect(populationSynchrony([trace, trace.map((value) => -65 - value)])).toBeCloseTo(0, 12);
  });

  it("is about 1/√N for independent traces", () => {
    for (const n of [4, 25, 100]) {
      const traces = Array.from({ length: n }, () => noise(4000));
      expect(populationSynchrony(traces) * Math.sqrt(n)).toBeCloseTo(1, 1);
    }
  });

  it("of a shared signal s beside independent noise is the root of its share of the variance", () => {
    const shared = noise(4000);
    const traces = Array.from({ length: 400 }, () => noise(4000).map((value, k) => value + 2 * shared[k]!));
    expect(populationSynchrony(traces)).toBeCloseTo(Math.sqrt((4 + 1 / 400) / 5), 2);
  });

  it("says nothing of traces that do not vary", () => {
    expect(populationSynchrony([[1, 1], [2, 2]])).toBeNaN(); // prettier-ignore
  });

  it("refuses no traces and traces of unequal length", () => {
    expect(refusal(() => populationSynchrony([])).code).toBe("invalid-n");
    const error = refusal(() => populationSynchrony([[1, 2, 3], [1, 2]])); // prettier-ignore
    expect(error.code).toBe("wrong-length");
    expect(error.remedy).toContain("same moments");
  });
});

describe("the Fano factor", () => {
  it("is the variance of the counts over their mean", () => {
    expect(fanoFactor([1, 2, 3, 4])).toBe(0.5);
    expect(fanoFactor([7, 7, 7])).toBe(0);
    expect(fanoFactor([])).toBeNaN();
    expect(fanoFactor([0, 0])).toBeNaN();
  });

  it("is 1 − p for binomial counts", () => {
    const uniform = uniformStream(11);
    const counts = Array.from({ length: 20_000 }, () => {
      let count = 0;
      for (let k = 0; k < 10; k++) if (uniform() < 0.3) count++;
      return count;
    });
    expect(fanoFactor(counts)).toBeCloseTo(0.7, 1);
  });
});
