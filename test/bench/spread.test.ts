import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interleave } from "../../packages/bench/src/measure.ts";
import { scaled, speedup, spreadOf, without } from "../../packages/bench/src/spread.ts";

const times = fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

describe("medians and ranges", () => {
  test("no more than half of the values lie below the median, and no more than half above", () => {
    fc.assert(
      fc.property(times, (values) => {
        const { median, lowest, highest } = spreadOf(values);
        expect(values.filter((x) => x < median).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((x) => x > median).length).toBeLessThanOrEqual(values.length / 2);
        expect(lowest).toBe(Math.min(...values));
        expect(highest).toBe(Math.max(...values));
      }),
    );
  });

  test("of an even number of values the median is the mean of the middle two", () => {
    expect(spreadOf([8, 1, 2, 4]).median).toBe(3);
  });

  test("what slows both sides of a round down leaves the speedup alone", () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 8 }), (values, factor) => {
        const measured = spreadOf(values);
        const reference = spreadOf(values.map((x) => x * factor));
        const { lowest, highest } = speedup(reference, measured);
        expect(lowest).toBeCloseTo(factor, 9);
        expect(highest).toBeCloseTo(factor, 9);
      }),
    );
  });
});

describe("derived measurements", () => {
  test("keep their rounds in another unit, and without a part", () => {
    const whole = spreadOf([4, 8, 6]);
    expect(scaled(whole, 0.5).values).toEqual([2, 4, 3]);
    expect(without(whole, spreadOf([1, 6, 2])).values).toEqual([3, 2, 4]);
  });
});

describe("contenders", () => {
  test("take turns, in changing order, and run once more than is counted", async () => {
    const turns: string[] = [];
    const reports: number[] = [];
    const contender = (name: string) => ({
      name,
      run: () => void turns.push(name),
      work: 1,
      prepare: () => void turns.push(`prepare ${name}`),
    });
    const result = await interleave([contender("a"), contender("b")], { rounds: 2, samples: 2 }, (round) =>
      reports.push(round),
    );
    const turn = (name: string): string[] => [`prepare ${name}`, name, name, name];
    expect(turns).toEqual(["a", "b", "b", "a"].flatMap(turn));
    expect(result.map(({ values }) => values.length)).toEqual([2, 2]);
    expect(reports).toEqual([1, 2]);
  });

  test("are awaited where they give a promise", async () => {
    let finished = 0;
    const run = async (): Promise<void> => {
      await Promise.resolve();
      finished++;
    };
    await interleave([{ name: "slow", run, work: 1 }], { rounds: 3, samples: 1 });
    expect(finished).toBe(6);
  });
});
