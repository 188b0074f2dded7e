import { filterSpikes, spikeCounts, stateSeparation } from "@neuroweave/readout";
import fc from "fast-check";
import { ConstantCurrent, createNetwork, defineBehavior, LIF, presentDataset, Recorder } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import { furthest, matrixOf, rowsOf } from "./matrices.ts";

/** Spikes of four neurons on a grid of 0.1 ms, in any order; times as k · dt, with its rounding. */
const spikes = fc
  .array(fc.record({ step: fc.integer({ min: -50, max: 700 }), id: fc.integer({ min: 0, max: 3 }) }), { maxLength: 40 })
  .map((list) => ({ times: list.map(({ step }) => step * 0.1), ids: list.map(({ id }) => id), list }));

describe("filtered spikes", () => {
  it("are, in every sample, the sum over the kernels of all spikes until then", () => {
    const settings = fc.record({
      everySteps: fc.integer({ min: 1, max: 60 }),
      durationSteps: fc.integer({ min: 1, max: 600 }),
      fromSteps: fc.integer({ min: -20, max: 100 }),
      tau: fc.constantFrom(0.5, 5, 80),
    });
    fc.assert(
      fc.property(spikes, settings, ({ times, ids, list }, { everySteps, durationSteps, fromSteps, tau }) => {
        const options = { n: 4, tau, every: everySteps * 0.1, duration: durationSteps * 0.1, from: fromSteps * 0.1 };
        const filtered = filterSpikes({ times, ids }, options);
        const expected: number[][] = [];
        const samples: number[] = [];
        for (let step = 0; step < durationSteps; step += everySteps) samples.push(fromSteps + step);
        for (const at of samples)
          expected.push(
            [0, 1, 2, 3].map((neuron) =>
              list.reduce(
                (sum, { step, id }) => (id === neuron && step <= at ? sum + Math.exp((-(at - step) * 0.1) / tau) : sum),
                0,
              ),
            ),
          );
        expect(filtered.shape).toEqual([samples.length, 4]);
        expect(furthest(filtered.times, samples.map((step) => step * 0.1))).toBeLessThan(1e-9); // prettier-ignore
        expect(furthest(filtered.values, expected.flat())).toBeLessThan(1e-10);
      }),
    );
  });

  it("are what a recorded trace of spikes is, moment by moment", async () => {
    const Trace = defineBehavior({
      name: "trace",
      parameters: { tau_trace: { default: 12, unit: "ms" } },
      state: { trace: { init: 0 } },
      equations: `dtrace/dt = -trace / tau_trace`,
      onSpike: `trace += 1`,
    });
    const net = createNetwork({ dt: 0.1 });
    const cells = net.population("cells", 3, [
      LIF({ R: 5 }),
      ConstantCurrent({ amplitude: [4, 6, 9] }),
      Trace(),
      Recorder({ variables: ["trace"], every: 0.7 }),
    ], { method: "exponentialEuler" }); // prettier-ignore
    await net.run(150);
    const filtered = filterSpikes(cells.spikes(), { n: 3, tau: 12, every: 0.7, duration: 150 });
    const recorded = cells.recorded("trace");
    expect(cells.spikes().times.length).toBeGreaterThan(10);
    expect(filtered.shape).toEqual(recorded.shape);
    expect(furthest(filtered.times, recorded.times)).toBeLessThan(1e-9);
    expect(Math.max(...stateSeparation(filtered, recorded))).toBeLessThan(1e-10);
  });

  it("refuses spikes and options that do not fit, and names them", () => {
    const options = { n: 2, tau: 10, every: 1, duration: 5 };
    expect(refusal(() => filterSpikes({ times: [1], ids: [2] }, options)).code).toBe("out-of-range");
    expect(refusal(() => filterSpikes({ times: [1, 2], ids: [0] }, options)).code).toBe("wrong-length");
    for (const name of ["tau", "every", "duration"])
      expect(refusal(() => filterSpikes({ times: [], ids: [] }, { ...options, [name]: 0 })).summary).toContain(name);
    expect(refusal(() => filterSpikes({ times: [], ids: [] }, { ...options, every: 1e-12 })).remedy).toContain("ms");
  });
});

describe("spike counts", () => {
  it("are the spikes at start ≤ t < stop of each window, in any order, also where windows overlap", () => {
    const windows = fc.array(
      fc.record({ from: fc.integer({ min: -60, max: 690 }), length: fc.integer({ min: 1, max: 300 }) }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(spikes, windows, ({ times, ids, list }, windows) => {
        const counts = spikeCounts(
          { times, ids },
          { n: 4, windows: windows.map(({ from, length }) => ({ start: from * 0.1, stop: (from + length) * 0.1 })) },
        );
        const expected = windows.map(({ from, length }) =>
          [0, 1, 2, 3].map(
            (neuron) => list.filter(({ step, id }) => id === neuron && step >= from && step < from + length).length,
          ),
        );
        expect(rowsOf(counts)).toEqual(expected);
      }),
    );
  });

  it("fill a duration with windows of one length, or take the schedule of a set of samples", () => {
    const fired = { times: [0, 0.3, 0.6, 0.9, 1.2], ids: [0, 1, 0, 0, 1] };
    const expected = [[1, 1], [2, 0]]; // prettier-ignore
    expect(rowsOf(spikeCounts(fired, { n: 2, every: 0.6, duration: 1.2 }))).toEqual(expected);
    const sample = { times: [0], ids: [0] };
    const shown = presentDataset([sample, sample], { presentation: 0.6, shape: [1, 2] });
    expect(rowsOf(spikeCounts(fired, { n: 2, windows: shown.schedule }))).toEqual(expected);
  });

  it("refuse durations off the grid of windows, and windows without length", () => {
    const none = { times: [], ids: [] };
    expect(refusal(() => spikeCounts(none, { n: 1, every: 3, duration: 10 })).remedy).toContain("9 ms");
    expect(refusal(() => spikeCounts(none, { n: 1, every: 3, duration: 10 })).code).toBe("off-grid");
    expect(refusal(() => spikeCounts(none, { n: 1, windows: [{ start: 2, stop: 2 }] })).summary).toContain(
      "windows[0].stop",
    );
    expect(refusal(() => spikeCounts(none, { n: 1, windows: [] })).code).toBe("wrong-length");
  });
});

describe("the separation of states", () => {
  it("is the root of the mean square over the neurons, at every moment", () => {
    const a = matrixOf([[1, 2], [0, 0], [3, 4]]); // prettier-ignore
    const b = matrixOf([[1, 2], [3, 4], [2, 5]]); // prettier-ignore
    expect([...stateSeparation(a, b)]).toEqual([0, Math.sqrt(12.5), 1]);
    expect(refusal(() => stateSeparation(a, matrixOf([[1, 2]]))).code).toBe("wrong-length");
    expect(refusal(() => stateSeparation(a, matrixOf([[1], [2], [3]]))).summary).toContain("columns");
  });
});
