import { fixedProbability } from "@neuroweave/connect";
import { describe, expect, it } from "vitest";
import {
  among,
  between,
  binomialDeviate,
  chiSquareDeviate,
  end,
  inDegrees,
  outDegrees,
  pairsMade,
  synapsesOf,
} from "./sites.ts";

describe("fixedProbability", () => {
  it.each([0.9, 0.5, 0.1, 0.01, 1e-3, 3e-4, 1e-4, 1e-5])(
    "makes as many synapses as a binomial draw does: p = %d",
    (p) => {
      const site = between(end(2000), end(3000), p);
      const { targets } = fixedProbability(p).build(site);
      expect(Math.abs(binomialDeviate(targets.length, 6e6, p))).toBeLessThan(5);
      expect(fixedProbability(p).expected(site)).toBeCloseTo(6e6 * p, 6);
    },
  );

  it.each([0.7, 0.2, 0.03, 2e-3, 2e-4])("leaves gaps of geometric length between the synapses: p = %d", (p) => {
    const n = 1000;
    const rows = Math.ceil(40_000 / (n * p));
    const places = synapsesOf(fixedProbability(p).build(between(end(rows), end(n), `gaps ${p}`))).map(
      ({ s, t }) => s * n + t,
    );
    const gaps = places.map((place, j) => place - (places[j - 1] ?? -1) - 1);
    // Cells of about equal probability, by the inverse of P(gap ≥ j) = (1 − p)ʲ.
    const starts = [
      ...new Set(Array.from({ length: 20 }, (_, k) => Math.round(Math.log(1 - k / 20) / Math.log(1 - p)))),
    ];
    const survival = (j: number | undefined) => (j === undefined ? 0 : (1 - p) ** j);
    const observed = starts.map(
      (from, k) => gaps.filter((gap) => gap >= from && gap < (starts[k + 1] ?? Infinity)).length,
    );
    const expected = starts.map((from, k) => gaps.length * (survival(from) - survival(starts[k + 1])));
    expect(chiSquareDeviate(observed, expected)).toBeLessThan(5);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(Math.abs((mean * p) / (1 - p) - 1)).toBeLessThan(5 / Math.sqrt(gaps.length * (1 - p)));
  });

  it("gives every pair the same chance", () => {
    const [sources, targets, repeats, p] = [7, 11, 4000, 0.3];
    const counts = Array.from({ length: sources * targets }, () => 0);
    for (let seed = 0; seed < repeats; seed++)
      for (const { s, t } of synapsesOf(fixedProbability(p).build(between(end(sources), end(targets), seed))))
        counts[s * targets + t]!++;
    const deviates = counts.map((count) => binomialDeviate(count, repeats, p));
    expect(Math.max(...deviates.map(Math.abs))).toBeLessThan(5);
    const sum = deviates.reduce((total, deviate) => total + deviate ** 2, 0);
    expect(Math.abs(sum - counts.length) / Math.sqrt(2 * counts.length)).toBeLessThan(5);
  });

  it("spreads synapses over sources and targets as independent draws do", () => {
    const [n, p] = [1500, 0.05];
    const rows = fixedProbability(p).build(between(end(n), end(n), "spread"));
    for (const degrees of [inDegrees(rows, n), outDegrees(rows)]) {
      const variance = degrees.reduce((sum, k) => sum + (k - n * p) ** 2, 0) / n;
      expect(Math.abs(variance / (n * p * (1 - p)) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    }
  });

  it("never makes an autapse where it must not, and treats the other pairs alike", () => {
    const n = 400;
    const without = synapsesOf(fixedProbability(0.5, { self: false }).build(among(end(n))));
    expect(without.some(({ s, t }) => s === t)).toBe(false);
    expect(Math.abs(binomialDeviate(without.length, n * (n - 1), 0.5))).toBeLessThan(5);
    const neighbours = without.filter(({ s, t }) => t === s + 1).length;
    expect(Math.abs(binomialDeviate(neighbours, n - 1, 0.5))).toBeLessThan(5);
    const slices = synapsesOf(fixedProbability(1, { self: false }).build(among(end(5), { target: end(4), shift: -2 })));
    expect(slices.filter(({ s, t }) => t === s - 2)).toEqual([]);
    expect(slices).toHaveLength(17);
  });

  it("makes nothing at p = 0, nor at a p that rounds to it, and everything at p = 1", () => {
    expect(pairsMade(fixedProbability(0), among(end(50)))).toHaveLength(0);
    expect(pairsMade(fixedProbability(1e-300), among(end(50)))).toHaveLength(0);
    expect(pairsMade(fixedProbability(1), among(end(50)))).toHaveLength(2500);
    expect(pairsMade(fixedProbability(1, { self: false }), among(end(50)))).toHaveLength(2450);
  });
});
