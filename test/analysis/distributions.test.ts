import {
  earthMoverDistance,
  entropy,
  histogram,
  jensenShannonDistance,
  kolmogorovSmirnov,
  kolmogorovSmirnovTest,
  kullbackLeiblerDivergence,
  quantiles,
  summarizeDistribution,
  summarizeWeights,
  weightSums,
} from "@neuroweave/analysis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  oneSampleSurvival,
  twoSampleSurvival,
} from "../../packages/analysis/src/distributions/kolmogorov-distribution.ts";
import { erfcx } from "../../packages/analysis/src/theory/erfcx.ts";
import { refusal } from "../equations/refusal.ts";
import recorded from "./distributions.json" with { type: "json" };
import { expectAllNear, expectNear } from "./near.ts";
import { uniformStream } from "./random-trains.ts";

const normalDistribution = (x: number): number => {
  const tail = (Math.exp((-x * x) / 2) * erfcx(Math.abs(x) / Math.SQRT2)) / 2;
  return x < 0 ? tail : 1 - tail;
};
const samples = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 30 });

describe("recorded samples", () => {
  it.each(recorded.samples.map((sample, k) => [k, sample] as const))("%i have the distances of SciPy", (_, sample) => {
    const two = kolmogorovSmirnov(sample.a, sample.b);
    expectNear(two.distance, sample.d);
    expectNear(two.pValue, sample.p);
    const one = kolmogorovSmirnovTest(sample.a, normalDistribution);
    expectNear(one.distance, sample.d1);
    expectNear(one.pValue, sample.p1);
    expectNear(earthMoverDistance(sample.a, sample.b), sample.emd);
    expectNear(earthMoverDistance(sample.a, sample.b, { a: sample.wa, b: sample.wb }), sample.emdWeighted);
  });

  it.each(recorded.survival)("distance $d of $n values has the exact p-value", ({ d, n, p }) => {
    expectNear(oneSampleSurvival(d, n), p);
  });

  it.each(recorded.summaries.map((summary, k) => [k, summary] as const))("%i have the summary of SciPy", (_, one) => {
    const summary = summarizeDistribution(one.values);
    expectNear(summary.mean, one.mean);
    expectNear(summary.standardDeviation, one.sd);
    expectNear(summary.skewness, one.skewness);
    expectNear(summary.excessKurtosis, one.kurtosis);
    expectNear(summary.bimodality, one.bimodality);
    const { q05, q25, median, q75, q95 } = summary.quantiles;
    expectAllNear([q05, q25, median, q75, q95], one.quantiles);
    expectAllNear(histogram(one.values, { from: 0, to: 1, bins: 8 }).counts, one.histogram);
  });

  it.each(recorded.entropies.map((one, k) => [k, one] as const))("%i have the entropies of SciPy", (_, one) => {
    expectNear(entropy(one.p), one.entropy);
    expectNear(kullbackLeiblerDivergence(one.p, one.q), one.kl);
    expectNear(jensenShannonDistance(one.p, one.q), one.js);
  });
});

describe("the Kolmogorov–Smirnov distance", () => {
  it("is the largest difference of the distribution functions, at any value", () => {
    const below = (sample: readonly number[], x: number): number => sample.filter((v) => v <= x).length / sample.length;
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        const expected = Math.max(...[...a, ...b].map((x) => Math.abs(below(a, x) - below(b, x))));
        expectNear(kolmogorovSmirnov(a, b).distance, expected);
        expect(kolmogorovSmirnov(a, b)).toEqual(kolmogorovSmirnov(b, a));
        expect(kolmogorovSmirnov(a, a)).toEqual({ distance: 0, pValue: 1 });
      }),
    );
  });

  it("has the p-value that counting all orders of a few values gives", () => {
    const [n, m] = [3, 4];
    const distances: number[] = [];
    for (let order = 0; order < 2 ** (n + m); order++) {
      const a: number[] = [];
      const b: number[] = [];
      for (let k = 0; k < n + m; k++) ((order >> k) % 2 === 0 ? a : b).push(k);
      if (a.length === n) distances.push(Math.round(kolmogorovSmirnov(a, b).distance * n * m));
    }
    for (let d = 1; d <= n * m; d++) {
      expectNear(twoSampleSurvival(d, n, m), distances.filter((other) => other >= d).length / distances.length);
    }
  });

  it("has p-values that are uniform where both samples have one distribution", () => {
    const uniform = uniformStream(12);
    const draw = (): number[] => Array.from({ length: 40 }, uniform);
    const pValues = Array.from({ length: 1500 }, () => kolmogorovSmirnovTest(draw(), (x) => x).pValue);
    expect(kolmogorovSmirnovTest(pValues, (x) => x).pValue).toBeGreaterThan(0.01);
  });

  it("of many values has the p-value of its limit: 0.05 at 1.3581", () => {
    expect(oneSampleSurvival(1.3580986393225505 / Math.sqrt(10_000), 10_000)).toBeCloseTo(0.05, 9);
    expect(twoSampleSurvival(0.5 * 1e8, 10_000, 10_000)).toBeLessThan(1e-300);
  });
});

describe("the earth-mover distance", () => {
  it("is the mean way between the sorted values of samples of one size", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })), {
          minLength: 1,
          maxLength: 20,
        }),
        (both) => {
          const a = both.map(([x]) => x).sort((x, y) => x - y);
          const b = both.map(([, y]) => y).sort((x, y) => x - y);
          const mean = a.reduce((sum, x, k) => sum + Math.abs(x - b[k]!), 0) / a.length;
          expectNear(earthMoverDistance(a, b), mean);
        },
      ),
    );
  });

  it("is a metric, and shifts by what a sample is shifted", () => {
    fc.assert(
      fc.property(samples, samples, samples, (a, b, c) => {
        expectNear(earthMoverDistance(a, b), earthMoverDistance(b, a));
        expectNear(earthMoverDistance(a, a), 0);
        expect(earthMoverDistance(a, c)).toBeLessThanOrEqual(
          earthMoverDistance(a, b) + earthMoverDistance(b, c) + 1e-9,
        );
        expectNear(earthMoverDistance(a, a.map((x) => x + 4)), 4); // prettier-ignore
      }),
    );
  });

  it("takes a weight for a value that is there that many times", () => {
    expectNear(earthMoverDistance([0, 5], [1], { a: [1, 3] }), earthMoverDistance([0, 5, 5, 5], [1]));
  });
});

describe("summaries", () => {
  it("of weights say how many lie near a bound", () => {
    const summary = summarizeWeights([0, 0.05, 0.1, 0.5, 0.9, 0.95, 1, 1], { min: 0, max: 1 });
    expect(summary.nearMin).toBe(2 / 8);
    expect(summary.nearMax).toBe(3 / 8);
    expect(summary.relativeMean).toBeCloseTo(4.5 / 8, 14);
    expect(summarizeWeights([4, 6], { min: 4, max: 6, near: 0.5 })).toMatchObject({ nearMin: 0.5, nearMax: 0.5 });
  });

  it("tell two modes from one by the bimodality coefficient, 5/9 for a uniform distribution", () => {
    const uniform = uniformStream(4);
    const flat = Array.from({ length: 20_000 }, uniform);
    const two = flat.map((u) => (u < 0.5 ? u * 0.1 : 1 - u * 0.1));
    const one = flat.map(() => uniform() + uniform() + uniform() + uniform());
    expect(summarizeDistribution(flat).bimodality).toBeCloseTo(5 / 9, 1.7);
    expect(summarizeDistribution(two).bimodality).toBeGreaterThan(0.9);
    expect(summarizeDistribution(one).bimodality).toBeLessThan(0.45);
  });

  it("of values that do not vary, of one and of none are defined", () => {
    expect(summarizeDistribution([3, 3, 3, 3, 3])).toMatchObject({ standardDeviation: 0, skewness: Number.NaN, bimodality: Number.NaN, min: 3, max: 3 }); // prettier-ignore
    expect(summarizeDistribution([2])).toMatchObject({ mean: 2, standardDeviation: 0, count: 1 });
    expect(summarizeDistribution([])).toMatchObject({ count: 0, mean: Number.NaN, standardDeviation: Number.NaN, min: Number.NaN }); // prettier-ignore
    expect(summarizeWeights([], { min: 0, max: 1 }).nearMin).toBeNaN();
  });

  it("sum weights by source and by target", () => {
    const sums = weightSums({ pre: [0, 0, 2], post: [1, 0, 1], weights: [1, 2, -4], sources: 3, targets: 2 });
    expect([...sums.out]).toEqual([3, 0, -4]);
    expect([...sums.in]).toEqual([2, -3]);
  });

  it("take quantiles between values, in any order", () => {
    expect([...quantiles([4, 1, 3, 2], [0, 0.5, 1, 0.25])]).toEqual([1, 2.5, 4, 1.75]);
    expect([...quantiles([], [0.5])]).toEqual([Number.NaN]);
  });
});

describe("entropy", () => {
  it("is 0 for one bin and the logarithm of their number for equal ones", () => {
    expect(entropy([0, 7, 0])).toBe(0);
    expect(entropy([3, 3, 3, 3])).toBe(2);
    expect(entropy([])).toBeNaN();
    expect(entropy([0, 0])).toBeNaN();
  });

  it("divergence is 0 for equal distributions, never negative, and endless where q has nothing", () => {
    const counts = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(counts, counts, (p, q) => {
        fc.pre(p.some((count) => count > 0) && q.some((count) => count > 0));
        expect(kullbackLeiblerDivergence(p, p)).toBe(0);
        expect(kullbackLeiblerDivergence(p, q)).toBeGreaterThanOrEqual(0);
        expectNear(jensenShannonDistance(p, q), jensenShannonDistance(q, p));
        expect(jensenShannonDistance(p, q)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
    expect(kullbackLeiblerDivergence([1, 1], [1, 0])).toBe(Infinity);
    expect(jensenShannonDistance([1, 0], [0, 1])).toBe(1);
  });
});

describe("distributions refuse", () => {
  it.each([
    ["an empty sample", () => kolmogorovSmirnov([], [1]), "wrong-length"],
    ["values that are not finite", () => kolmogorovSmirnov([Number.NaN], [1]), "not-finite"],
    ["a function that is no distribution", () => kolmogorovSmirnovTest([2], (x) => x), "out-of-range"],
    ["weights of another length", () => earthMoverDistance([1], [2], { a: [1, 2] }), "wrong-length"],
    ["weights that are all 0", () => earthMoverDistance([1], [2], { b: [0] }), "out-of-range"],
    ["negative weights", () => earthMoverDistance([1], [2], { b: [-1] }), "out-of-range"],
    ["negative counts", () => entropy([-1]), "out-of-range"],
    ["histograms over other bins", () => kullbackLeiblerDivergence([1], [1, 2]), "wrong-length"],
    ["a probability above 1", () => quantiles([1], [2]), "out-of-range"],
    ["bounds that do not ascend", () => summarizeWeights([], { min: 1, max: 1 }), "out-of-range"],
    [
      "a neuron that there is not",
      () => weightSums({ pre: [1], post: [0], weights: [1], sources: 1, targets: 1 }),
      "out-of-range",
    ],
    [
      "lists of unequal length",
      () => weightSums({ pre: [1], post: [], weights: [1], sources: 1, targets: 1 }),
      "wrong-length",
    ],
    ["a histogram of more bins than memory", () => histogram([], { from: 0, to: 1, bins: 1e9 }), "out-of-range"],
  ])("%s", (_, action, code) => {
    expect(refusal(action).code).toBe(code);
  });
});
