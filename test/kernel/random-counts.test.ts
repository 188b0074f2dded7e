/** Random counts whose distribution is known when a kernel is built, held to the distribution itself. */
import { parseExpression } from "@neuroweave/equations";
import { createBuilder, lowerNumber, verify, type Kernel, type Precision } from "@neuroweave/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** The kernel that stores an expression of two columns p and m, which may be given as numbers. */
function kernelOf(text: string, precision: Precision): Kernel {
  const b = createBuilder({ precision, dt: 1, n: 4 });
  const value = lowerNumber(b, parseExpression(text), {
    symbol: (name) => b.load({ name, shape: "column" }),
    stream: () => ({ low: 3, high: 4 }),
    delayed: () => b.constant(Number.NaN),
  });
  b.effect({ kind: "store", slot: "count", value }, { name: "count", shape: "column" });
  return verify(b.finish("counts"));
}

const drawOf = (kernel: Kernel) => [...kernel.slots.values()].flatMap(({ draw }) => (draw ? [draw] : []));

/** P(X ≤ 0), P(X ≤ 1), … of a Poisson count, by summing logarithms of factorials instead of a recursion. */
function poisson(mean: number, terms: number): number[] {
  let [sum, factorial] = [0, 0];
  return Array.from({ length: terms }, (_, k) => {
    factorial += k === 0 ? 0 : Math.log(k);
    return (sum += Math.exp(k * Math.log(mean) - mean - factorial));
  });
}

function binomial(n: number, p: number): number[] {
  let [sum, choose] = [0, 0];
  return Array.from({ length: n + 1 }, (_, k) => {
    choose += k === 0 ? 0 : Math.log((n - k + 1) / k);
    return (sum += Math.exp(choose + k * Math.log(p) + (n - k) * Math.log1p(-p)));
  });
}

/** Each threshold is the share of random words below it: the distribution function, to the resolution of a word. */
function expectDistribution(kernel: Kernel, expected: readonly number[], resolution: number): void {
  const [draw, ...others] = drawOf(kernel);
  expect(others).toEqual([]);
  const thresholds = draw!.thresholds!;
  expect(thresholds).toEqual(thresholds.toSorted((x, y) => x - y));
  for (const [k, sum] of expected.entries()) {
    const share = (thresholds[k] ?? 2 ** 32) / 2 ** 32;
    expect(Math.abs(share - sum), `P(X ≤ ${k}) is ${sum}, not ${share}`).toBeLessThanOrEqual(resolution);
  }
  for (const threshold of thresholds) expect(Number.isSafeInteger(threshold) && threshold < 2 ** 32).toBe(true);
}

describe.each([
  { precision: "f64", resolution: 2 ** -31 },
  { precision: "f32", resolution: 2 ** -17 },
] as const)("a count with constant parameters in $precision", ({ precision, resolution }) => {
  it("is drawn by the thresholds of the Poisson distribution", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 32, noNaN: true }), (mean) => {
        expectDistribution(kernelOf(`poisson(${mean})`, precision), poisson(mean, 90), resolution);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it("is drawn by the thresholds of the binomial distribution, of the rarer outcome", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, p) => {
        fc.pre(n * Math.min(p, 1 - p) <= 32);
        expectDistribution(kernelOf(`binomial(${n}, ${p})`, precision), binomial(n, Math.min(p, 1 - p)), resolution);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it("takes one uniform number where a parameter is a column, since it has no thresholds then", () => {
    for (const text of ["poisson(m)", "binomial(9, p)", "binomial(m, 0.25)"])
      expect(drawOf(kernelOf(text, precision))).toEqual([{ stream: { low: 3, high: 4 }, thresholds: null }]);
  });
});
