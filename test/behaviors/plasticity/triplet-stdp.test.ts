import fc from "fast-check";
import {
  NeuroweaveError,
  TripletSTDP,
  WeightBounds,
  type Pairing,
  type TripletFit,
  type TripletTerms,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { afterTrains, regular } from "./spike-pairs.ts";

const frequencies = [0.1, 10, 20, 40, 50];

/** Weight changes by 60 pairs at each frequency, Δt = 10 ms and then −10 ms. */
async function sixtyPairs(behaviors: Parameters<typeof afterTrains>[1], dt = 1): Promise<number[]> {
  const pairs = [10, -10].flatMap((delta) => frequencies.map((frequency) => ({ delta, interval: 1000 / frequency })));
  const pre = pairs.map(({ interval, delta }) => regular(60, interval, Math.max(0, -delta)));
  const post = pairs.map(({ interval, delta }) => regular(60, interval, Math.max(0, delta)));
  const projection = await afterTrains({ pre, post }, behaviors, { dt, duration: 600_050, weight: 0 });
  return [...projection.get("w")];
}

describe("60 pairs at one frequency", () => {
  it("change weights as the fit to visual cortex says", async () => {
    const published = [0, 0.1321, 0.247, 0.5337, 0.7409, -0.3122, -0.3336, -0.3516, 0.1548, 0.7272];
    const found = await sixtyPairs([TripletSTDP()]);
    for (const [index, target] of published.entries()) expect(found[index]).toBeCloseTo(target, 4);
  });

  /*
   * Sjöström et al. 2001 as in table 1 of Pfister & Gerstner 2006: relative changes and their standard errors. The rules of the paper miss
   * them by .2 to .4 in the mean of squares, in standard errors; a pair rule cannot get near.
   */
  const data = [-0.04, 0.14, 0.29, 0.53, 0.56, -0.29, -0.41, -0.34, 0.56, 0.75];
  const errors = [0.05, 0.1, 0.14, 0.11, 0.26, 0.08, 0.11, 0.1, 0.32, 0.19];
  const miss = (found: readonly number[]): number =>
    found.reduce((sum, value, index) => sum + ((value - data[index]!) / errors[index]!) ** 2, 0) / found.length;

  it.each([
    ["full", "all"],
    ["minimal", "all"],
    ["full", "nearest"],
    ["minimal", "nearest"],
  ] as const)("agree with the experiment for the fit of %s terms and pairing %s", async (terms, pairing) => {
    expect(miss(await sixtyPairs([TripletSTDP({ terms, pairing })]))).toBeLessThan(0.4);
  });

  it("do not agree with it without triplets", async () => {
    expect(miss(await sixtyPairs([TripletSTDP({ A3_plus: 0, A3_minus: 0, A2_plus: 7e-3 })]))).toBeGreaterThan(2);
  });
});

const fits: readonly TripletFit[] = ["visual-cortex", "hippocampal-culture"];
const choices = fits.flatMap((fit) =>
  (["full", "minimal"] as const).flatMap((terms) =>
    (["all", "nearest"] as const).map((pairing) => ({ fit, terms, pairing })),
  ),
);

/** Moments in ms on a grid of 1 ms, at most one each. */
const trains = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 12 });

describe("a triplet rule", () => {
  it.each(choices)(
    "is the sum over spikes that the paper defines, with $fit, $terms terms, pairing $pairing",
    async (choice) => {
      await fc.assert(
        fc.asyncProperty(trains, trains, async (pre, post) => {
          const projection = await afterTrains({ pre: [pre], post: [post] }, [TripletSTDP(choice)], {
            dt: 1,
            duration: 402,
          });
          const value = (name: string): number => projection.get(name as "A2_plus")[0]!;
          const expected = bySums({ pre, post }, choice.pairing, value);
          expect(projection.get("w")[0]).toBeCloseTo(0.5 + expected, 12);
        }),
        { numRuns: 12 },
      );
    },
  );

  it("does not depend on the step", async () => {
    const spikes = { pre: [[3, 11, 24, 60]], post: [[5, 17, 18, 70]] };
    const change = async (dt: number) => {
      const projection = await afterTrains(spikes, [TripletSTDP({ terms: "full" })], { dt, duration: 100 });
      return projection.get("w")[0]!;
    };
    const coarse = await change(1);
    for (const dt of [0.5, 0.1]) expect(await change(dt)).toBeCloseTo(coarse, 13);
  });

  it.each([
    ["none", 0],
    ["potentiation", 1],
    ["depression", -1],
  ] as const)("with ties making %s", async (tie, sign) => {
    const projection = await afterTrains(
      { pre: [[10]], post: [[10]] },
      [TripletSTDP({ fit: "hippocampal-culture", tie })],
      { dt: 1, duration: 20 },
    );
    expect(Math.sign(projection.get("w")[0]! - 0.5)).toBe(sign);
  });

  it("stays within bounds", async () => {
    const trainsOf = { pre: [regular(50, 20, 0)], post: [regular(50, 20, 5)] };
    const rule = TripletSTDP({ A3_plus: 1 });
    const bounded = await afterTrains(trainsOf, [rule, WeightBounds({ max: 0.75 })], { dt: 1, duration: 1000 });
    expect(bounded.get("w")[0]).toBe(0.75);
  });

  it("refuses what was not fitted", () => {
    const pairing: Pairing = "reduced";
    expect(() => TripletSTDP({ pairing })).toThrow(NeuroweaveError);
    expect(() => TripletSTDP({ fit: "cerebellum" as TripletFit })).toThrow(/no fit cerebellum/);
    expect(() => TripletSTDP({ terms: "some" as TripletTerms })).toThrow(/no set of terms some/);
  });
});

interface Spikes {
  readonly pre: readonly number[];
  readonly post: readonly number[];
}

/** Every sum written out: traces at a moment are those of spikes strictly before. */
function bySums({ pre, post }: Spikes, pairing: "all" | "nearest", value: (name: string) => number): number {
  const trace = (spikes: readonly number[], t: number, tau: number): number => {
    const ages = spikes.filter((at) => at < t).map((at) => t - at);
    const counted = pairing === "all" ? ages : ages.length > 0 ? [Math.min(...ages)] : [];
    return counted.reduce((sum, age) => sum + Math.exp(-age / tau), 0);
  };
  const up = post.map(
    (t) => trace(pre, t, value("tau_plus")) * (value("A2_plus") + value("A3_plus") * trace(post, t, value("tau_y"))),
  );
  const down = pre.map(
    (t) => trace(post, t, value("tau_minus")) * (value("A2_minus") + value("A3_minus") * trace(pre, t, value("tau_x"))),
  );
  return up.reduce((a, b) => a + b, 0) - down.reduce((a, b) => a + b, 0);
}
