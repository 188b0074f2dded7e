import { firingRate, meanRates, populationRate, spikeTrainsOf } from "@neuroweave/analysis";
import { NeuroweaveError } from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Spikes on a grid of 0.1 ms, as a run gives them: t = step · dt, neurons in any order. */
const spikeLists = fc
  .tuple(
    fc.integer({ min: 1, max: 12 }),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.nat()), { maxLength: 200 }),
  )
  .map(([n, entries]) => {
    const sorted = entries.toSorted(([a], [b]) => a - b);
    return {
      n,
      steps: sorted.map(([step]) => step),
      times: Float64Array.from(sorted, ([step]) => step * 0.1),
      ids: Uint32Array.from(sorted, ([, id]) => id % n),
    };
  });

const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof NeuroweaveError) return error.code;
    throw error;
  }
  return "no error";
};

describe("rates", () => {
  it("counts the spikes of each neuron in the window, as counting steps by hand does", () => {
    fc.assert(
      fc.property(
        spikeLists,
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 1, max: 1000 }),
        (list, from, length) => {
          const rates = meanRates(list, list.n, { from: from * 0.1, to: (from + length) * 0.1 });
          for (let neuron = 0; neuron < list.n; neuron++) {
            const count = list.steps.filter(
              (step, k) => list.ids[k] === neuron && step >= from && step < from + length,
            ).length;
            expect(rates[neuron]).toBeCloseTo((1000 * count) / (length * 0.1), 6);
          }
        },
      ),
    );
  });

  it("takes a window without its end: a spike at `from` counts, one at `to` does not", () => {
    expect(firingRate([10, 20, 30], { from: 10, to: 30 })).toBe(100);
  });

  it("puts every spike of a grid into the bin of its step, whatever the rounding of k · dt", () => {
    fc.assert(
      fc.property(spikeLists, fc.integer({ min: 1, max: 40 }), (list, stepsPerBin) => {
        const { rate } = populationRate(list, list.n, { from: 0, to: 200, bin: stepsPerBin * 0.1 });
        const counts = Array.from(rate, () => 0);
        for (const step of list.steps) if (step < 2000) counts[Math.floor(step / stepsPerBin)]! += 1;
        rate.forEach((hertz, j) => {
          const width = Math.min(stepsPerBin, 2000 - j * stepsPerBin) * 0.1;
          expect(hertz).toBeCloseTo((1000 * counts[j]!) / (list.n * width), 6);
        });
      }),
    );
  });

  it("integrates the population rate to the number of spikes per neuron", () => {
    fc.assert(
      fc.property(spikeLists, fc.double({ min: 0.1, max: 50, noNaN: true }), (list, bin) => {
        const { times, rate } = populationRate(list, list.n, { from: 0, to: 150, bin });
        const widths = Array.from(times, (_, j) => Math.min(bin, 150 - j * bin));
        const perNeuron = rate.reduce((sum, hertz, j) => sum + (hertz * widths[j]!) / 1000, 0);
        expect(perNeuron).toBeCloseTo(list.steps.filter((step) => step < 1500).length / list.n, 6);
      }),
    );
  });

  it("gives the middles of the bins as times", () => {
    expect([...populationRate({ times: [] }, 1, { from: 100, to: 104, bin: 1 }).times]).toEqual([
      100.5, 101.5, 102.5, 103.5,
    ]);
    expect([...populationRate({ times: [] }, 1, { from: 0, to: 2.5, bin: 1 }).times]).toEqual([0.5, 1.5, 2.25]);
  });

  it("splits a list into trains that together are the list", () => {
    fc.assert(
      fc.property(spikeLists, (list) => {
        const trains = spikeTrainsOf(list, list.n);
        expect(trains).toHaveLength(list.n);
        trains.forEach((train, neuron) => {
          expect([...train]).toEqual([...list.times].filter((_, k) => list.ids[k] === neuron));
        });
      }),
    );
  });
});

describe("rates refuse", () => {
  const window = { from: 0, to: 10 };
  it.each([
    ["lists of unequal length", () => meanRates({ times: [1, 2], ids: [0] }, 1, window), "wrong-length"],
    ["a neuron outside the population", () => meanRates({ times: [1], ids: [3] }, 3, window), "out-of-range"],
    ["a time that is not finite", () => spikeTrainsOf({ times: [Number.NaN], ids: [0] }, 1), "not-finite"],
    ["a window without length", () => firingRate([1], { from: 5, to: 5 }), "out-of-range"],
    ["a window without end", () => firingRate([1], { from: 5, to: Number.POSITIVE_INFINITY }), "out-of-range"],
    ["a population without neurons", () => populationRate({ times: [1] }, 0, { ...window, bin: 1 }), "invalid-n"],
    ["a bin of no width", () => populationRate({ times: [1] }, 1, { ...window, bin: 0 }), "out-of-range"],
    ["a bin wider than the window", () => populationRate({ times: [1] }, 1, { ...window, bin: 11 }), "out-of-range"],
  ])("%s", (_, action, code) => {
    expect(codeOf(action)).toBe(code);
  });
});
