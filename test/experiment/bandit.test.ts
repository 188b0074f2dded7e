import { bandit } from "@neuroweave/experiment";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const pulls = (arm: number, count: number, seed: number | string, probabilities: readonly number[]) => {
  const machine = bandit({ probabilities });
  machine.reset(seed);
  return Array.from({ length: count }, () => machine.step(arm).reward);
};

describe("a bandit", () => {
  it("pays each arm with its probability, within 4.5 standard deviations", () => {
    const probabilities = [0, 0.2, 0.55, 1];
    probabilities.forEach((p, arm) => {
      const wins = pulls(arm, 20_000, "frequencies", probabilities).reduce((a, b) => a + b, 0);
      expect(Math.abs(wins - 20_000 * p)).toBeLessThanOrEqual(4.5 * Math.sqrt(20_000 * p * (1 - p)));
    });
  });

  it("has the same luck for every arm: a better arm wins whenever a worse one does", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (a, b, seed) => {
          const probabilities = [Math.min(a, b), Math.max(a, b)];
          const [worse, better] = [0, 1].map((arm) => pulls(arm, 30, seed, probabilities));
          worse!.forEach((reward, k) => expect(better![k]).toBeGreaterThanOrEqual(reward));
          expect(pulls(0, 30, seed, probabilities)).toEqual(worse);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("follows chances that change, and ends after its pulls", () => {
    const reversal = bandit({ probabilities: (pull) => (pull < 3 ? [1, 0] : [0, 1]), pulls: 6, win: 2, loss: -1 });
    expect(reversal.reset(1)).toHaveLength(0);
    const steps = Array.from({ length: 6 }, () => reversal.step(0));
    expect(steps.map(({ reward }) => reward)).toEqual([2, 2, 2, -1, -1, -1]);
    expect(steps.map(({ done }) => done)).toEqual([false, false, false, false, false, true]);
    expect(() => reversal.step(0)).toThrow("not in an episode");
    reversal.reset(1);
    expect(reversal.step(1).reward).toBe(-1);
  });

  it("refuses arms that it does not have, and chances that are none", () => {
    const two = bandit({ probabilities: [0.5, 0.5] });
    expect(() => two.step(0)).toThrow("not in an episode");
    two.reset(0);
    for (const arm of [2, -1, 0.5, Number.NaN]) expect(() => two.step(arm)).toThrow("no action of bandit");
    expect(() => bandit({ probabilities: [] })).toThrow("0 probabilities");
    expect(() => bandit({ probabilities: [0.5, 1.5] })).toThrow("probabilities[1] is 1.5");
    expect(() => bandit({ probabilities: [0.5], pulls: 0 })).toThrow("pulls is 0");
    expect(() => bandit({ probabilites: [0.5] } as never)).toThrow("probabilities");
    const shrinking = bandit({ probabilities: (pull) => (pull === 0 ? [1, 1] : [1]) });
    shrinking.reset(0);
    shrinking.step(0);
    expect(() => shrinking.step(0)).toThrow("there are 1 probabilities");
  });
});
