import { beforeAll, describe, expect, it } from "vitest";
import { createNetwork, normal } from "neuroweave";
import { Decay } from "./tiny-behaviors.ts";

const count = 1_000_000;

/** P(X > x) for a standard normal X, from tables (Abramowitz & Stegun 1964, 26.1), and beyond the ziggurat's own border. */
const above: readonly (readonly [number, number])[] = [
  [0, 0.5],
  [0.5, 0.308537538726],
  [1, 0.158655253931],
  [1.5, 0.0668072012688],
  [2, 0.0227501319482],
  [2.5, 0.00620966532578],
  [3, 0.00134989803163],
  [3.442619855899, 0.000288066],
  [4, 0.0000316712418331],
];

describe("a million normal numbers", () => {
  let drawn: Float64Array;
  beforeAll(() => {
    const net = createNetwork({ dt: 1, seed: 3 });
    drawn = net.population("cells", count, [Decay({ init_x: normal(0, 1) })]).get("x");
  });

  it.each(above)("lie above %d, and below its negative, as often as they should", (x, p) => {
    const deviation = Math.sqrt(count * p * (1 - p));
    for (const sign of [1, -1]) {
      const found = drawn.reduce((sum, each) => sum + (sign * each > x ? 1 : 0), 0);
      expect(Math.abs(found - count * p)).toBeLessThan(4.5 * deviation);
    }
  });

  it("have the moments 0, 1, 0 and 3", () => {
    const moment = (k: number): number => drawn.reduce((sum, each) => sum + each ** k, 0) / count;
    // The variance of x^k is (2k − 1)!! − (k − 1)!!² for even k, and (2k − 1)!! for odd.
    for (const [k, expected, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ] as const)
      expect(Math.abs(moment(k) - expected)).toBeLessThan(4.5 * Math.sqrt(variance / count));
  });

  it("know nothing of the one before", () => {
    const product = (of: (x: number) => number): number =>
      drawn.reduce((sum, each, k) => sum + (k === 0 ? 0 : of(each) * of(drawn[k - 1]!)), 0) / count;
    expect(Math.abs(product((x) => x))).toBeLessThan(4.5 / Math.sqrt(count));
    expect(Math.abs(product((x) => x * x - 1))).toBeLessThan((4.5 * 2) / Math.sqrt(count));
  });
});
