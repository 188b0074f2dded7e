import { gaussianReceptiveFields, latencyEncode, poissonEncode, rankOrderEncode, ratesOf } from "@neuroweave/encode";
import type { EncodedSpikes } from "@neuroweave/encode";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const timeOf = ({ times, ids }: EncodedSpikes, id: number) => times[ids.indexOf(id)];
const expectOrder = ({ times, ids }: EncodedSpikes) => {
  for (let k = 1; k < times.length; k++)
    expect(times[k]! > times[k - 1]! || (times[k] === times[k - 1] && ids[k]! > ids[k - 1]!)).toBe(true);
};

describe("rates", () => {
  it("grow linearly from the rate of 0 to the rate of 1", () => {
    expect([...ratesOf([0, 0.25, 1], { minRate: 4, maxRate: 20 })]).toEqual([4, 8, 20]);
  });

  it("are refused for values outside [0, 1], and for limits in the wrong order", () => {
    expect(() => ratesOf([0.5, 1.5], { maxRate: 10 })).toThrow("ratesOf: values[1] is 1.5");
    expect(() => ratesOf([0.5, Number.NaN], { maxRate: 10 })).toThrow("ratesOf: values[1] is NaN");
    expect(() => ratesOf([0.5], { minRate: 11, maxRate: 10 })).toThrow("maxRate is 10");
  });
});

describe("Poisson trains", () => {
  const options = { maxRate: 200, duration: 1000, dt: 0.5, seed: 1 };

  it("have as many spikes as steps times 1 − e^(−rate·dt), within 4.5 standard deviations, for every seed", () => {
    const values = [0, 0.1, 0.5, 1];
    const chances = values.map((x) => 1 - Math.exp((-200 * x * 0.5) / 1000));
    const totals = values.map(() => 0);
    for (let seed = 0; seed < 40; seed++) {
      const { ids } = poissonEncode(values, { ...options, seed });
      values.forEach((_, id) => {
        const count = ids.filter((each) => each === id).length;
        const deviation = Math.sqrt(2000 * chances[id]! * (1 - chances[id]!));
        expect(Math.abs(count - 2000 * chances[id]!)).toBeLessThanOrEqual(4.5 * deviation);
        totals[id]! += count;
      });
    }
    totals.forEach((total, id) => {
      const deviation = Math.sqrt(80_000 * chances[id]! * (1 - chances[id]!));
      expect(Math.abs(total - 80_000 * chances[id]!)).toBeLessThanOrEqual(3.5 * deviation);
    });
  });

  it("are independent from step to step and of each other", () => {
    const { times, ids } = poissonEncode([1, 1], { ...options, maxRate: 1000, duration: 10_000, seed: "pairs" });
    const trains = [0, 1].map((id) => new Set(times.filter((_, k) => ids[k] === id).map((t) => Math.round(t / 0.5))));
    const chance = 1 - Math.exp(-0.5);
    const pairs = (a: Set<number>, b: Set<number>, lag: number) => [...a].filter((step) => b.has(step + lag)).length;
    const deviation = Math.sqrt(20_000 * chance ** 2 * (1 - chance ** 2));
    for (const count of [pairs(trains[0]!, trains[0]!, 1), pairs(trains[0]!, trains[1]!, 0)])
      expect(Math.abs(count - 20_000 * chance ** 2)).toBeLessThan(4 * 1.5 * deviation);
  });

  it("are the same for the same seed and name, and others for another", () => {
    const values = [0.2, 0.8];
    const first = poissonEncode(values, options);
    expect(poissonEncode(values, options)).toEqual(first);
    expect(poissonEncode(values, { ...options, seed: 2 })).not.toEqual(first);
    expect(poissonEncode(values, { ...options, stream: "second" })).not.toEqual(first);
    expectOrder(first);
    first.times.forEach((t) => expect(t).toBe(Math.round(t / 0.5) * 0.5));
  });

  it("change only where their value changes", () => {
    const only = ({ times, ids }: EncodedSpikes) => times.filter((_, k) => ids[k] === 1);
    expect(only(poissonEncode([0, 0.5], options))).toEqual(only(poissonEncode([1, 0.5], options)));
  });

  it("take one exponential for each value", () => {
    let calls = 0;
    const exp = (x: number) => (calls++, Math.exp(x));
    poissonEncode([0.1, 0.2, 0.3], { ...options, math: { exp } });
    expect(calls).toBe(3);
  });

  it.each([
    ["a duration off the grid", { duration: 0.7 }, "poissonEncode: the duration of 0.7 ms is no whole number of steps"],
    ["a dt of 0", { dt: 0 }, "dt is 0"],
    ["no seed", { seed: undefined as unknown as number }, "poissonEncode: seed is undefined"],
    ["a negative rate", { maxRate: -1 }, "poissonEncode: maxRate is -1"],
    ["an unknown option", { rate: 3 }, "poissonEncode has no option rate"],
  ])("are refused for %s", (_, change, message) => {
    expect(() => poissonEncode([0.5], { ...options, ...change })).toThrow(message);
  });
});

describe("latencies", () => {
  it("are (1 − x) · duration, and none for 0 and for values under the threshold", () => {
    const { times, ids } = latencyEncode([0, 0.25, 1, 0.5], { duration: 20 });
    expect([...ids]).toEqual([2, 3, 1]);
    expect([...times]).toEqual([0, 10, 15]);
    expect([...latencyEncode([0.25, 1, 0.5], { duration: 20, threshold: 0.5 }).ids]).toEqual([1, 2]);
  });

  it("with tau are when an integrating neuron reaches the threshold", () => {
    const options = { duration: 50, tau: 10, threshold: 0.2 };
    const spikes = latencyEncode([0.2, 0.4, 3, -1, 0.201], options);
    expect([...spikes.ids]).toEqual([2, 1]);
    for (const [id, x] of [
      [1, 0.4],
      [2, 3],
    ] as const)
      // prettier-ignore
      expect(x * (1 - Math.exp(-timeOf(spikes, id)! / 10))).toBeCloseTo(0.2, 12);
    expect(timeOf(latencyEncode([0.201], { ...options, duration: 60 }), 0)).toBeCloseTo(10 * Math.log(201), 9);
  });

  it("come strongest first, once for each value, within the duration", () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), unit, fc.boolean(), (values, threshold, logarithmic) => {
        const options = logarithmic ? { duration: 9, threshold: threshold + 0.01, tau: 5 } : { duration: 9, threshold };
        const spikes = latencyEncode(values, options);
        expectOrder(spikes);
        expect(new Set(spikes.ids).size).toBe(spikes.ids.length);
        spikes.times.forEach((t) => expect(t >= 0 && t < 9).toBe(true));
        for (let k = 1; k < spikes.ids.length; k++)
          if (spikes.times[k]! > spikes.times[k - 1]!)
            expect(values[spikes.ids[k]!]).toBeLessThan(values[spikes.ids[k - 1]!]! + 1e-12);
      }),
    );
  });

  it("in bins are those of CoNeX: the step in which its table of T rows, built backwards, has the spike", () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 20 }), fc.integer({ min: 1, max: 12 }), (values, bins) => {
        const spikes = latencyEncode(values, { duration: bins, bins });
        values.forEach((x, id) => {
          const table = Array.from({ length: bins }, () => false);
          table[Math.ceil(x * (bins - 1))] = true;
          expect(timeOf(spikes, id)).toBe(x === 0 ? undefined : table.reverse().indexOf(true));
        });
      }),
    );
  });

  it.each([
    ["values above 1", [1.5], { duration: 5 }, "values[0] is 1.5"],
    ["NaN", [0, Number.NaN], { duration: 5 }, "values[1] is NaN"],
    ["a duration of 0", [0], { duration: 0 }, "duration is 0"],
    ["a threshold above 1", [0], { duration: 5, threshold: 2 }, "threshold is 2"],
    ["tau without a threshold", [0], { duration: 5, tau: 1 }, "tau needs a threshold"],
    ["tau with bins", [0], { duration: 5, tau: 1, bins: 2, threshold: 1 }, "tau and bins are both given"],
    ["a threshold of 0 with tau", [0], { duration: 5, tau: 1, threshold: 0 }, "threshold is 0"],
    ["no bins", [0], { duration: 5, bins: 0 }, "bins is 0"],
    ["an unknown option", [0], { duration: 5, treshold: 1 }, "Candidates: threshold"],
  ])("are refused for %s", (_, values, options, message) => {
    expect(() => latencyEncode(values, options)).toThrow(message);
  });
});

describe("ranks", () => {
  it("are times: the k-th largest spikes at k intervals, equal ones by index", () => {
    const { times, ids } = rankOrderEncode([3, 9, 3, -1], { interval: 2 });
    expect([...ids]).toEqual([1, 0, 2, 3]);
    expect([...times]).toEqual([0, 2, 4, 6]);
    expect([...rankOrderEncode([3, 9, 3, -1], { interval: 2, count: 2 }).ids]).toEqual([1, 0]);
  });

  it("do not change under a growing function of the values", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 })), (values) => {
        const cubes = values.map((x) => x ** 3 + x);
        expect(rankOrderEncode(cubes, { interval: 1 })).toEqual(rankOrderEncode(values, { interval: 1 }));
      }),
    );
  });

  it("are refused for an interval of 0, a count below 0 and values that are not finite", () => {
    expect(() => rankOrderEncode([1], { interval: 0 })).toThrow("interval is 0");
    expect(() => rankOrderEncode([1], { interval: 1, count: -1 })).toThrow("count is -1");
    expect(() => rankOrderEncode([Infinity], { interval: 1 })).toThrow("values[0] is Infinity");
  });
});

describe("Gaussian receptive fields", () => {
  const options = { fields: 6, ranges: [0, 8] as const, duration: 10 };

  it("have the centres and widths of Bohte, Kok and La Poutré", () => {
    const { centers, widths } = gaussianReceptiveFields([3], options);
    expect([...centers]).toEqual([-1, 1, 3, 5, 7, 9]);
    widths.forEach((width) => expect(width).toBeCloseTo(2 / 1.5, 15));
  });

  it("are active as Gaussians, and spike the earlier the more active they are", () => {
    const spikes = gaussianReceptiveFields([3], options);
    [16, 4, 0, 4, 16, 36].forEach((squared, field) =>
      expect(spikes.activations[field]).toBeCloseTo(Math.exp((-squared * 1.5 ** 2) / 8), 14),
    );
    expect([...spikes.ids]).toEqual([2, 1, 3]);
    spikes.ids.forEach((id, k) => expect(spikes.times[k]).toBe((1 - spikes.activations[id]!) * 10));
    expect(gaussianReceptiveFields([3], { ...options, threshold: 0.4 }).ids).toHaveLength(1);
    expect(gaussianReceptiveFields([3], { ...options, threshold: 0 }).ids).toHaveLength(6);
  });

  it("have a range for each feature, and neurons f · M + i", () => {
    const both = gaussianReceptiveFields([3, 30], { ...options, ranges: [[0, 8], [0, 80]] }); // prettier-ignore
    expect(both.centers.slice(6)).toEqual(Float64Array.of(-10, 10, 30, 50, 70, 90));
    both.activations.slice(6).forEach((a, k) => expect(a).toBeCloseTo(both.activations[k]!, 14));
    expect([...both.ids].sort((a, b) => a - b)).toEqual([1, 2, 3, 7, 8, 9]);
    expectOrder(both);
  });

  it.each([
    ["two fields", { fields: 2 }, "fields is 2"],
    ["an empty range", { ranges: [3, 3] }, "runs from 3 to 3"],
    ["too few ranges", { ranges: [[0, 1]] }, "1 ranges and 2 features"],
    ["a range of three numbers", { ranges: [0, 1, 2] }, "has 3 entries"],
    ["a threshold above 1", { threshold: 1.1 }, "threshold is 1.1"],
    ["a beta of 0", { beta: 0 }, "beta is 0"],
    ["an unknown option", { field: 3 }, "Candidates: fields"],
  ])("are refused for %s", (_, change, message) => {
    expect(() => gaussianReceptiveFields([1, 2], { ...options, ...change } as typeof options)).toThrow(message);
  });
});
