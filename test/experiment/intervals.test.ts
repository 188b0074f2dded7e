import { hostStream } from "@neuroweave/model";
import { studentEstimate, wilsonEstimate } from "@neuroweave/experiment";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Half the width of an interval, in standard errors: the quantile of Student's t. */
const quantile = (n: number, confidence: number) => {
  const { mean, high, sd } = studentEstimate(
    Array.from({ length: n }, (_, k) => k),
    confidence,
  );
  return ((high - mean) * Math.sqrt(n)) / sd;
};

/** Chance that |t| is not larger, for whole degrees of freedom: Abramowitz and Stegun 26.7.3 and 26.7.4. */
function within(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const odd = degrees % 2 === 1;
  let [term, sum] = odd ? [Math.cos(angle), degrees === 1 ? 0 : Math.cos(angle)] : [1, 1];
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) sum += term *= (Math.cos(angle) ** 2 * (k - 1)) / k;
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

describe("Student's interval", () => {
  it("has the quantiles of t: of all its values, the finite sums for whole degrees of freedom leave the right part outside", () => {
    for (let n = 2; n <= 300; n += n < 40 ? 1 : 13)
      for (const confidence of [0.1, 0.5, 0.9, 0.95, 0.99, 0.999])
        expect((1 - within(quantile(n, confidence), n - 1)) / (1 - confidence)).toBeCloseTo(1, 5);
    // Abramowitz and Stegun, table 26.10.
    expect(quantile(11, 0.95)).toBeCloseTo(2.228, 3);
    expect(quantile(31, 0.95)).toBeCloseTo(2.042, 3);
    expect(quantile(11, 0.99)).toBeCloseTo(3.169, 3);
  });

  it("covers the mean of normal values as often as it says, within 4 standard deviations", () => {
    const random = hostStream(1, "coverage");
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    for (const confidence of [0.5, 0.95]) {
      let covered = 0;
      for (let k = 0; k < 2000; k++) {
        const { low, high } = studentEstimate([normal(), normal(), normal(), normal()], confidence);
        if (low <= 0 && high >= 0) covered++;
      }
      const deviation = Math.sqrt(2000 * confidence * (1 - confidence));
      expect(Math.abs(covered - 2000 * confidence)).toBeLessThan(4 * deviation);
    }
  });

  it("does not depend on the order of the values, to the last bit", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 20 }),
        (values) => {
          const backwards = values.toReversed();
          expect(studentEstimate(backwards, 0.95)).toEqual(studentEstimate(values, 0.95));
        },
      ),
    );
  });

  it("is not there for one value, and not a number where a value is none", () => {
    expect(studentEstimate([3], 0.95)).toEqual({ n: 1, mean: 3, sd: Number.NaN, low: Number.NaN, high: Number.NaN });
    expect(studentEstimate([3, Number.NaN, 4], 0.95).mean).toBeNaN();
    expect(studentEstimate([2, 2, 2], 0.95)).toEqual({ n: 3, mean: 2, sd: 0, low: 2, high: 2 });
  });
});

describe("Wilson's interval", () => {
  it("ends where the found proportion is z standard errors away", () => {
    const z = 1.959963984540054;
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (values) => {
        const { n, mean, low, high } = wilsonEstimate(values, 0.95);
        expect(mean).toBe(values.filter(Boolean).length / n);
        for (const end of [low, high]) {
          expect(end).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(1);
          if (end !== mean) expect(Math.abs(mean - end)).toBeCloseTo(z * Math.sqrt((end * (1 - end)) / n), 9);
        }
        expect(low < high).toBe(true);
      }),
    );
    // Wilson's interval for 8 of 10.
    const { low, high } = wilsonEstimate([...Array<boolean>(8).fill(true), false, false], 0.95);
    expect([low, high].map((end) => end.toFixed(4))).toEqual(["0.4902", "0.9433"]);
  });
});
