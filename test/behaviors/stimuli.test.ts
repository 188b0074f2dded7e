import fc from "fast-check";
import { createNetwork } from "neuroweave";
import { describe, expect, it } from "vitest";
import {
  ConstantCurrent,
  LIF,
  QIFMeanField,
  RampCurrent,
  SineCurrent,
  StepCurrent,
  TimedCurrent,
} from "@neuroweave/behaviors";
import type { BehaviorInstance, Shape } from "@neuroweave/model";
import { Recorder } from "@neuroweave/record";

type Stimulus = BehaviorInstance<Shape & { readonly requires: "I" }>;

const dt = 0.5;

/** The input that each of n silent neurons sees in each of the first steps: [step][neuron]. */
async function inputs(stimuli: readonly Stimulus[], steps: number, n = 1): Promise<number[][]> {
  const net = createNetwork({ dt, seed: 3 });
  const cells = net.population("cells", n, [LIF({ threshold: 1e9 }), ...stimuli, Recorder({ variables: ["I"] })]);
  await net.step(steps);
  return Array.from({ length: steps }, (_, k) => [...cells.recorded("I").at(k)]);
}

const grid = fc.integer({ min: 0, max: 30 }).map((k) => k * dt);
// Adding 0 turns -0 into 0, as a sum of inputs does.
const size = fc.double({ min: -100, max: 100, noNaN: true }).map((x) => x + 0);
const steps = 40;
const times = Array.from({ length: steps }, (_, k) => k * dt);
const few = { numRuns: 25 };

describe("a constant current", () => {
  it("is what it is, one value or one per neuron, and adds to the model's own and to others", async () => {
    const seen = await inputs(
      [ConstantCurrent({ amplitude: [1, 2, 4] }), ConstantCurrent({ name: "more", amplitude: 10 })],
      3,
      3,
    );
    expect(seen).toEqual([[11, 12, 14], [11, 12, 14], [11, 12, 14]]); // prettier-ignore
  });
});

describe("a current step", () => {
  it("is on while start ≤ t < stop", async () => {
    await fc.assert(
      fc.asyncProperty(
        size,
        grid,
        grid.filter((stop) => stop > 0),
        async (amplitude, start, stop) => {
          const seen = await inputs([StepCurrent({ amplitude, start, stop })], steps);
          expect(seen).toEqual(times.map((t) => [t >= start && t < stop ? amplitude : 0]));
        },
      ),
      few,
    );
  });

  it("without a stop stays on", async () => {
    const seen = await inputs([StepCurrent({ amplitude: 2, start: 1 })], 5);
    expect(seen.flat()).toEqual([0, 0, 2, 2, 2]);
  });

  it("may have its own moments for every neuron", async () => {
    const seen = await inputs([StepCurrent({ amplitude: [1, 2], start: [0, 1], stop: [0.5, 2] })], 5, 2);
    expect(seen).toEqual([[1, 0], [0, 0], [0, 2], [0, 2], [0, 0]]); // prettier-ignore
  });
});

describe("a timed current", () => {
  it("takes one value for all or one per neuron for each interval, and holds the last", async () => {
    const rows = fc.integer({ min: 1, max: 3 }).chain((width) =>
      fc.record({
        width: fc.constant(width),
        values: fc.array(fc.array(size, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
        every: fc.integer({ min: 1, max: 6 }),
        narrow: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(rows, async ({ width, values, every, narrow }) => {
        const table = narrow ? values.map((row) => row[0]!) : values;
        const seen = await inputs([TimedCurrent({ values: table, every: every * dt })], steps, width);
        const rowAt = (k: number): number[] => values[Math.min(Math.floor(k / every), values.length - 1)]!;
        expect(seen).toEqual(times.map((_, k) => (narrow ? rowAt(k).map(() => rowAt(k)[0]!) : rowAt(k))));
      }),
      few,
    );
  });
});

describe("a sinusoidal current", () => {
  it("has the frequency in Hz, the phase in radians, and an offset", async () => {
    const unit = fc.double({ min: -10, max: 10, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        unit,
        fc.double({ min: 0, max: 400, noNaN: true }),
        unit,
        unit,
        async (amplitude, frequency, phase, offset) => {
          const seen = await inputs([SineCurrent({ amplitude, frequency, phase, offset })], steps);
          times.forEach((t, k) =>
            expect(seen[k]![0]).toBeCloseTo(
              offset + amplitude * Math.sin(2 * Math.PI * (frequency / 1000) * t + phase),
              9,
            ),
          );
        },
      ),
      few,
    );
  });
});

describe("a current ramp", () => {
  it("is linear between its moments and constant before and after", async () => {
    await fc.assert(
      fc.asyncProperty(size, size, grid, fc.integer({ min: 1, max: 30 }), async (from, to, start, length) => {
        const stop = start + length * dt;
        const seen = await inputs([RampCurrent({ from, to, start, stop })], steps);
        times.forEach((t, k) => {
          const done = Math.min(Math.max((t - start) / (stop - start), 0), 1);
          expect(seen[k]![0]).toBeCloseTo(from * (1 - done) + to * done, 9);
        });
        expect(seen.filter((_, k) => times[k]! <= start).every(([x]) => x === from)).toBe(true);
      }),
      few,
    );
  });

  it("jumps one step after its start when it ends there or before", async () => {
    for (const stop of [0, 1])
      expect((await inputs([RampCurrent({ from: 1, to: 3, start: 1, stop })], 5)).flat()).toEqual([1, 1, 1, 3, 3]);
  });
});

describe("a stimulus that is directed elsewhere", () => {
  it("adds to that input and to no other", async () => {
    const net = createNetwork({ dt });
    const field = net.population("field", 1, [
      QIFMeanField({ I: 1, I_y: 2 }),
      ConstantCurrent({ amplitude: 10, into: "I_y" }),
      Recorder({ variables: ["I", "I_y"] }),
    ]);
    await net.step(1);
    expect([field.recorded("I").at(0)[0], field.recorded("I_y").at(0)[0]]).toEqual([1, 12]);
  });
});
