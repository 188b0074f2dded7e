import { classifyPattern, patternThresholds } from "@neuroweave/analysis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import recorded from "./firing-patterns.json" with { type: "json" };
import { gammaIntervals, timesOf, uniformStream } from "./random-trains.ts";

describe("firing patterns of published models", () => {
  it.each(recorded.trains)("$name is $expected", ({ times, offset, expected }) => {
    expect(classifyPattern(times, { onset: 0, offset }).pattern).toBe(expected);
  });

  it.each(recorded.trains)("$name keeps its pattern when the step starts elsewhere", ({ times, offset, expected }) => {
    const shifted = times.map((time) => time + 1234.5);
    expect(classifyPattern(shifted, { onset: 1234.5, offset: 1234.5 + offset }).pattern).toBe(expected);
  });

  it.each(recorded.trains)(
    "$name keeps its pattern when every spike moves by at most one step",
    ({ times, offset, expected }) => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const uniform = uniformStream(seed);
          const moved = times.map((time) => Math.max(0, time + 0.1 * Math.round(2 * uniform() - 1)));
          expect(classifyPattern(moved, { onset: 0, offset }).pattern).toBe(expected);
        }),
      );
    },
  );

  it("says which of them start late", () => {
    const late = recorded.trains.filter(({ times, offset }) => classifyPattern(times, { onset: 0, offset }).delayed);
    expect(late.map(({ name }) => name)).toEqual([
      "ANNarchy notebook e) delayed accelerating",
      "AdEx with the values of Naud et al. for f) delayed regular bursting",
      "Izhikevich delayed, a 0.02, b 0.2, c −50, d 0.1, I 2.75",
    ]);
  });

  it("cover all patterns, those of AdEx with a delay as a flag beside the pattern", () => {
    const patternsOf = (isOfModel: (name: string) => boolean) =>
      new Set(recorded.trains.filter(({ name }) => isOfModel(name)).map(({ expected }) => expected));
    const all = ["tonic", "adapting", "initial burst", "bursting", "accelerating", "transient", "irregular"];
    expect([...patternsOf((name) => !name.startsWith("Izhikevich"))]).toEqual(expect.arrayContaining(all));
    expect([...patternsOf((name) => name.startsWith("Izhikevich"))]).toEqual(
      expect.arrayContaining([...all, "delayed"]),
    );
  });

  it("gives the numbers that decided", () => {
    const reasons = Object.fromEntries(
      recorded.trains.map(({ name, times, offset }) => [name, classifyPattern(times, { onset: 0, offset }).reason]),
    );
    expect(reasons).toMatchObject({
      "ANNarchy notebook b) adaptation":
        "Intervals grow from 13.6 ms to 77.9 ms (factor 5.7), with adaptation index 0.108.",
      "ANNarchy notebook d) regular bursting":
        "4 bursts of 2 to 3 spikes: the shortest pause (133.9 ms) is 17.2 times the longest interval inside a burst (7.8 ms).",
      "ANNarchy notebook e) delayed accelerating":
        "Intervals shrink from 22.9 ms to 13.7 ms (factor 0.60) after a delay of 33.8 ms.",
      "ANNarchy notebook f) delayed regular bursting": "No spike in the 500 ms of the step.",
      "AdEx with the values of Naud et al. for g) transient spiking":
        "1 spike 30.4 ms after onset, then silence for the remaining 469.6 ms (94 % of the step).",
    });
  });
});

describe("firing patterns of made-up trains", () => {
  it("are tonic for any period, any phase, and a jitter of one step", () => {
    fc.assert(
      fc.property(
        fc.record({
          dt: fc.constantFrom(0.01, 0.1, 0.5, 1),
          stepsPerPeriod: fc.integer({ min: 10, max: 3000 }),
          spikes: fc.integer({ min: 3, max: 200 }),
          phase: fc.integer({ min: 0, max: 1000 }).map((k) => k / 1000),
          jitter: fc.integer({ min: 0, max: 1 }),
          seed: fc.nat(),
        }),
        ({ dt, stepsPerPeriod, spikes, phase, jitter, seed }) => {
          const uniform = uniformStream(seed);
          const first = 1 + Math.floor(phase * stepsPerPeriod);
          const steps = Array.from(
            { length: spikes },
            (_, k) => first + k * stepsPerPeriod + jitter * (Math.floor(3 * uniform()) - 1),
          );
          const offset = (first + spikes * stepsPerPeriod) * dt;
          const times = steps.map((step) => step * dt);
          expect(classifyPattern(times, { onset: 0, offset, resolution: dt }).pattern).toBe("tonic");
        },
      ),
      { numRuns: 500 },
    );
  });

  it("are irregular for a Poisson process", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 60, max: 400 }),
        fc.double({ min: 2, max: 200, noNaN: true }),
        (seed, count, mean) => {
          const times = timesOf(gammaIntervals(seed, count, mean));
          expect(classifyPattern(times, { onset: 0, offset: times.at(-1)! + mean }).pattern).toBe("irregular");
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("are bursting for bursts of any size that recur", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 3, max: 20 }),
        fc.double({ min: 2, max: 10, noNaN: true }),
        fc.double({ min: 2.5, max: 30, noNaN: true }),
        (size, bursts, inside, separation) => {
          const pause = inside * separation;
          const period = (size - 1) * inside + pause;
          const times = Array.from(
            { length: size * bursts },
            (_, k) => Math.floor(k / size) * period + (k % size) * inside,
          );
          const verdict = classifyPattern(times, { onset: 0, offset: bursts * period });
          expect(verdict.pattern).toBe("bursting");
          expect(verdict.measures.bursts).toBe(bursts);
          expect(verdict.measures.burstSeparation).toBeCloseTo(separation, 6);
        },
      ),
    );
  });

  it("are adapting when intervals grow geometrically, and accelerating when the same train runs backwards", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 15 }),
        fc.double({ min: 1.15, max: 1.8, noNaN: true }),
        fc.double({ min: 5, max: 20, noNaN: true }),
        (count, growth, first) => {
          const growing = Float64Array.from({ length: count }, (_, k) => first * growth ** k);
          const forwards = timesOf(Float64Array.of(1, ...growing));
          const backwards = timesOf(Float64Array.of(1, ...growing.toReversed()));
          expect(classifyPattern(forwards, { onset: 0, offset: forwards.at(-1)! + growing[0]! }).pattern).toBe(
            "adapting",
          );
          expect(classifyPattern(backwards, { onset: 0, offset: backwards.at(-1)! + growing[0]! }).pattern).toBe(
            "accelerating",
          );
        },
      ),
    );
  });

  it("are transient when regular firing stops in the first half, and delayed when it begins in the second", () => {
    const early = Array.from({ length: 8 }, (_, k) => 10 + 20 * k);
    expect(classifyPattern(early, { onset: 0, offset: 500 }).pattern).toBe("transient");
    const late = early.map((time) => time + 320);
    expect(classifyPattern(late, { onset: 0, offset: 500 }).pattern).toBe("delayed");
  });

  it("are transient or delayed for a lone spike, by the half in which it comes", () => {
    expect(classifyPattern([100], { onset: 0, offset: 500 })).toMatchObject({ pattern: "transient", delayed: false });
    expect(classifyPattern([400], { onset: 0, offset: 500 })).toMatchObject({ pattern: "delayed", delayed: true });
  });

  it("leave out spikes before the onset and from the offset on", () => {
    expect(classifyPattern([1, 2, 3, 600, 700], { onset: 100, offset: 600 }).pattern).toBe("silent");
  });
});

describe("thresholds of the classification", () => {
  const doublets = [10, 20, 60, 70, 110, 120, 160, 170];

  it("can be replaced one by one", () => {
    expect(classifyPattern(doublets, { onset: 0, offset: 210 }).pattern).toBe("bursting");
    expect(classifyPattern(doublets, { onset: 0, offset: 210, thresholds: { burstSeparation: 5 } }).pattern).toBe(
      "irregular",
    );
  });

  it("are what the table says: a separation just above the table's is a burst, one just below is none", () => {
    const withPause = (pause: number) =>
      Array.from({ length: 12 }, (_, k) => 5 + Math.floor(k / 2) * (10 + pause) + (k % 2) * 10);
    const judge = (pause: number) => classifyPattern(withPause(pause), { onset: 0, offset: 6 * (10 + pause) }).pattern;
    expect(judge(10 * patternThresholds.burstSeparation + 0.5)).toBe("bursting");
    expect(judge(10 * patternThresholds.burstSeparation - 0.5)).not.toBe("bursting");
  });
});

describe("each guard of the classification has a train that needs it", () => {
  it("a lone pair among single spikes is no bursting", () => {
    const pairsAmongSingles = [0, 5, 50, 100, 105, 150, 200, 250, 300].map((time) => time + 10);
    expect(classifyPattern(pairsAmongSingles, { onset: 0, offset: 350 }).pattern).not.toBe("bursting");
  });

  it("bursts may come at irregular moments, but a burst that begins irregular firing is no initial burst", () => {
    const bursts = [10, 60, 200, 250, 420, 470].flatMap((start) => [start, start + 4, start + 9]);
    expect(classifyPattern(bursts, { onset: 0, offset: 500 }).pattern).toBe("bursting");
    const irregular = timesOf(Float64Array.of(10, 3, 3, 3, 40, 90, 35, 120, 45, 100));
    expect(classifyPattern(irregular, { onset: 0, offset: 500 }).pattern).toBe("irregular");
  });

  it("a drift of four time steps or less is none", () => {
    const intervals = Float64Array.of(1, 1, 1.1, 1.2, 1.3, 1.4, 1.4, 1.4);
    const times = timesOf(intervals);
    const offset = times.at(-1)! + 1;
    expect(classifyPattern(times, { onset: 0, offset, resolution: 0.1 }).pattern).toBe("tonic");
    expect(classifyPattern(times, { onset: 0, offset, resolution: 0.01 }).pattern).toBe("adapting");
  });

  it("a first interval that differs no more than all others scatter is no drift", () => {
    const times = timesOf(Float64Array.of(20, 16, 26, 17, 25, 16, 25, 17, 25, 24));
    expect(classifyPattern(times, { onset: 0, offset: times.at(-1)! + 20 }).pattern).toBe("tonic");
  });

  it("a cell that fires twice far apart is not transient just because the step is over before its third spike", () => {
    expect(classifyPattern([10, 240], { onset: 0, offset: 490 }).pattern).toBe("tonic");
  });
});

describe("classification refuses", () => {
  it("times that do not ascend", () => {
    expect(() => classifyPattern([5, 4], { onset: 0, offset: 10 })).toThrow("comes before");
  });

  it("a step that ends where it starts", () => {
    expect(() => classifyPattern([5], { onset: 10, offset: 10 })).toThrow("has no positive finite length");
  });

  it("a resolution that is no time step", () => {
    expect(() => classifyPattern([5], { onset: 0, offset: 10, resolution: Number.NaN })).toThrow("is no time step");
  });
});
