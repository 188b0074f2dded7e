import {
  choice,
  createNetwork,
  exponential,
  lognormal,
  lorentzian,
  normal,
  uniform,
  type Distribution,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { expectCure, refusal } from "./refusals.ts";
import { Decay } from "./tiny-behaviors.ts";

const count = 40_000;

/** Many draws, ascending. */
function drawn(distribution: Distribution): Float64Array {
  const net = createNetwork({ dt: 1, seed: 1 });
  return net
    .population("p", count, [Decay({ init_x: distribution })])
    .get("x")
    .sort();
}

const quantile = (sorted: Float64Array, q: number): number => sorted[Math.floor(q * count)]!;

describe("distributions", () => {
  /** Name, distribution, and its quantile function at a few places. */
  const cases: readonly (readonly [string, Distribution, readonly (readonly [number, number])[]])[] = [
    ["uniform", uniform(-2, 6), [[0.1, -1.2], [0.5, 2], [0.9, 5.2]]],
    ["normal", normal(10, 2), [[0.158655, 8], [0.5, 10], [0.841345, 12], [0.97725, 14]]],
    ["normal within bounds", normal(0, 1, { min: 0 }), [[0.5, 0.67449], [0.682689, 1]]],
    ["lognormal", lognormal(1, 0.5), [[0.5, Math.E], [0.841345, Math.exp(1.5)]]],
    ["exponential", exponential(3), [[0.5, 3 * Math.LN2], [1 - Math.exp(-2), 6]]],
    ["lorentzian", lorentzian(5, 2), [[0.25, 3], [0.5, 5], [0.75, 7]]],
  ]; // prettier-ignore

  it.each(cases)("%s has the quantiles of its name", (_, distribution, quantiles) => {
    const sorted = drawn(distribution);
    for (const [q, expected] of quantiles) {
      // The rank of the true quantile is binomial: five standard deviations of it.
      const spread = (5 * Math.sqrt(q * (1 - q) * count)) / count;
      expect(quantile(sorted, q - spread)).toBeLessThanOrEqual(expected);
      expect(quantile(sorted, q + spread)).toBeGreaterThanOrEqual(expected);
    }
  });

  it("choice takes each value as often as it weighs", () => {
    const sorted = drawn(choice([7, 8, 9], [1, 0, 3]));
    expect(new Set(sorted)).toEqual(new Set([7, 9]));
    expect(Math.abs(sorted.indexOf(9) / count - 0.25)).toBeLessThan(5 * Math.sqrt(0.1875 / count));
    expect(new Set(drawn(choice([1, 2])))).toEqual(new Set([1, 2]));
  });

  it("stay within their bounds", () => {
    expect(drawn(uniform(3, 3))).toEqual(new Float64Array(count).fill(3));
    const cut = drawn(normal(0, 5, { min: -1, max: 2 }));
    expect([cut[0]! >= -1, cut.at(-1)! <= 2]).toEqual([true, true]);
    expect(drawn(exponential(1))[0]).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ["bounds in the wrong order", () => uniform(2, 1), "out-of-range"],
    ["a bound that is not finite", () => uniform(0, Number.POSITIVE_INFINITY), "not-finite"],
    ["a negative deviation", () => normal(0, -1), "out-of-range"],
    ["an empty range", () => normal(0, 1, { min: 2, max: 1 }), "out-of-range"],
    ["a mean that is not finite", () => normal(Number.NaN, 1), "not-finite"],
    ["a mean of zero", () => exponential(0), "out-of-range"],
    ["a negative width", () => lorentzian(0, -1), "out-of-range"],
    ["a negative sigma", () => lognormal(0, -1), "out-of-range"],
    ["nothing to choose from", () => choice([]), "out-of-range"],
    ["too few weights", () => choice([1, 2], [1]), "out-of-range"],
    ["no weight at all", () => choice([1, 2], [0, 0]), "out-of-range"],
    ["a weight that is not finite", () => choice([1, 2], [1, Number.NaN]), "out-of-range"],
  ])("refuse %s", async (_, make, code) => {
    const error = await refusal(make);
    expect(error.code).toBe(code);
    expectCure(error);
  });

  it("refuse bounds that are hardly ever met, instead of drawing for ever", async () => {
    const net = createNetwork({ dt: 1 });
    const error = await refusal(() => net.population("p", 2, [Decay({ tau: normal(0, 1, { min: 40, max: 41 }) })]));
    expect(error).toMatchObject({ code: "out-of-range", entity: "p", behavior: "decay" });
    expect(net.populations).toEqual([]);
  });
});
