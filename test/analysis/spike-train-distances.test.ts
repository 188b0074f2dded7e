import {
  countCorrelations,
  distanceMatrix,
  isiDistance,
  isiProfile,
  meanIsiDistance,
  meanIsiProfile,
  meanSpikeDistance,
  meanSpikeProfile,
  meanSpikeSynchronization,
  meanSpikeSynchronizationProfile,
  profileAt,
  profileMean,
  spikeDistance,
  spikeProfile,
  spikeSynchronization,
  spikeSynchronizationProfile,
  spikeTimeTiling,
  vanRossumDistance,
  victorPurpuraDistance,
} from "@neuroweave/analysis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import { expectAllNear as nearAll, expectNear as near } from "./near.ts";
import recorded from "./spike-train-distances.json" with { type: "json" };

/** Trains on [0, 100]: some on a grid, so that spikes of two trains meet, some off it. */
const trains = fc
  .tuple(fc.boolean(), fc.uniqueArray(fc.integer({ min: 0, max: 100_000 }), { maxLength: 20 }))
  .map(([grid, places]) => {
    const times = places.map((place) => (grid ? Math.round(place / 5000) * 5 : place / 1000));
    return [...new Set(times)].sort((a, b) => a - b);
  });
const window = { from: 0, to: 100 };

describe("known answers", () => {
  it("of Victor and Purpura", () => {
    expect(victorPurpuraDistance([12], [20, 20], 0.1)).toBeCloseTo(1.8, 12);
    expect(victorPurpuraDistance([12, 32], [32, 52], 0.01)).toBeCloseTo(0.4, 12);
  });

  it("of van Rossum", () => {
    expect(vanRossumDistance([0], [10], 10)).toBeCloseTo(Math.sqrt(2 - 2 / Math.E), 14);
    expect(vanRossumDistance([0], [10], 10)).toBeCloseTo(1.124384773, 9);
  });

  it("of tiling", () => {
    expect(spikeTimeTiling([1, 5, 9], [5], { from: 0, to: 10, dt: 3 })).toBeCloseTo(1 / 3, 14);
  });

  it("of ISI-distance, SPIKE-distance and SPIKE-synchronization", () => {
    const unit = { from: 0, to: 1 };
    expect(isiDistance([0.2, 0.4, 0.6, 0.7], [0.3, 0.45, 0.8, 0.9, 0.95], unit)).toBeCloseTo(0.4375, 14);
    expect(spikeDistance([0, 2, 5, 8], [0, 1, 5, 9], { from: 0, to: 10 })).toBeCloseTo(0.186309523809523814, 14);
    expect(spikeSynchronization([1, 2, 3], [2.1], { from: 0, to: 10 })).toBe(0.5);
  });
});

describe("recorded pairs of trains", () => {
  it.each(recorded.pairs.map((pair, k) => [k, pair] as const))(
    "pair %i has the distances of Elephant and PySpike",
    (_, pair) => {
      const { a, b, to } = pair;
      const whole = { from: 0, to };
      near(victorPurpuraDistance(a, b, pair.cost), pair.victorPurpura);
      near(vanRossumDistance(a, b, pair.tau), pair.vanRossum);
      if (pair.tiling === null) expect(spikeTimeTiling(a, b, { ...whole, dt: pair.dt })).toBeNaN();
      else near(spikeTimeTiling(a, b, { ...whole, dt: pair.dt }), pair.tiling!);
      near(isiDistance(a, b, whole), pair.isi);
      near(spikeDistance(a, b, whole), pair.spike);
      near(spikeSynchronization(a, b, whole), pair.sync);
      if (pair.isiProfile !== undefined) {
        const profile = isiProfile(a, b, whole);
        nearAll(profile.times, pair.isiProfile.times);
        nearAll(profile.starts, pair.isiProfile.values);
        nearAll(profile.ends, pair.isiProfile.values);
      }
      if (pair.spikeProfile !== undefined) {
        const profile = spikeProfile(a, b, whole);
        nearAll(profile.times, pair.spikeProfile.times);
        nearAll(profile.starts, pair.spikeProfile.starts);
        nearAll(profile.ends, pair.spikeProfile.ends);
      }
      if (pair.syncProfile !== undefined) {
        const profile = spikeSynchronizationProfile(a, b, whole);
        nearAll(profile.times, pair.syncProfile.times);
        nearAll(profile.coincidences, pair.syncProfile.coincidences);
        nearAll(profile.pairs, pair.syncProfile.pairs);
      }
    },
  );
});

describe("recorded groups of trains", () => {
  it.each(recorded.groups.map((group, k) => [k, group] as const))("group %i has the means over pairs", (_, group) => {
    const whole = { from: 0, to: group.to };
    near(meanIsiDistance(group.trains, whole), group.isi);
    near(meanSpikeDistance(group.trains, whole), group.spike);
    near(meanSpikeSynchronization(group.trains, whole), group.sync);
    const isi = meanIsiProfile(group.trains, whole);
    const spike = meanSpikeProfile(group.trains, whole);
    near(profileMean(isi), group.isi);
    near(profileMean(spike), group.spike);
    group.at.forEach((t, k) => {
      near(profileAt(isi, t), group.isiAt[k]!);
      near(profileAt(spike, t), group.spikeAt[k]!);
    });
    const { values, n } = countCorrelations(group.trains, { ...whole, bin: group.bin });
    group.correlations.flat().forEach((expected, k) => {
      if (expected === null) expect(values[k]).toBeNaN();
      else near(values[k]!, expected);
    });
    expect(values).toHaveLength(n * n);
  });

  it("add the coincidences of all pairs", () => {
    fc.assert(
      fc.property(fc.array(trains, { minLength: 2, maxLength: 5 }), (group) => {
        const profile = meanSpikeSynchronizationProfile(group, window);
        const spikes = group.reduce((sum, train) => sum + train.length, 0);
        const pairs = profile.pairs.reduce((sum, count) => sum + count, 0);
        expect(pairs).toBe(spikes * (group.length - 1));
        const coincidences = profile.coincidences.reduce((sum, count) => sum + count, 0);
        near(pairs === 0 ? 1 : coincidences / pairs, meanSpikeSynchronization(group, window));
      }),
    );
  });
});

/** Measures that are 0 for equal trains, with what bounds them. */
const distances = {
  "Victor–Purpura": { of: (a: number[], b: number[]) => victorPurpuraDistance(a, b, 0.13), metric: true, most: 40 },
  "van Rossum": { of: (a: number[], b: number[]) => vanRossumDistance(a, b, 12), metric: true, most: Infinity },
  "ISI-distance": { of: (a: number[], b: number[]) => isiDistance(a, b, window), metric: true, most: 1 },
  "SPIKE-distance": { of: (a: number[], b: number[]) => spikeDistance(a, b, window), metric: false, most: 1 },
  "one minus synchronization": {
    of: (a: number[], b: number[]) => 1 - spikeSynchronization(a, b, window),
    metric: false,
    most: 1,
  },
};

describe.each(Object.entries(distances))("%s", (_, { of, metric, most }) => {
  it("is symmetric, 0 for equal trains and never negative", () => {
    fc.assert(
      fc.property(trains, trains, (a, b) => {
        near(of(a, b), of(b, a));
        expect(of(a, a)).toBe(0);
        expect(of(a, b)).toBeGreaterThanOrEqual(0);
        expect(of(a, b)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 500 },
    );
  });

  it("does not change when time runs backwards, unless a lone spike lies on the border", () => {
    const loneOnBorder = (train: number[]): boolean => train.length === 1 && (train[0] === 0 || train[0] === 100);
    fc.assert(
      fc.property(trains, trains, (a, b) => {
        fc.pre(!loneOnBorder(a) && !loneOnBorder(b));
        const reversed = (train: number[]): number[] => train.map((time) => 100 - time).reverse();
        near(of(reversed(a), reversed(b)), of(a, b));
      }),
      { numRuns: 300 },
    );
  });

  if (metric)
    it("keeps to the triangle inequality", () => {
      fc.assert(
        fc.property(trains, trains, trains, (a, b, c) => {
          expect(of(a, c)).toBeLessThanOrEqual(of(a, b) + of(b, c) + 1e-9);
        }),
        { numRuns: 500 },
      );
    });
});

describe("Victor–Purpura distance", () => {
  it("is the least cost over all ways to pair spikes in order, as trying them all says", () => {
    const few = trains.map((train) => train.slice(0, 5));
    const tryAll = (a: readonly number[], b: readonly number[], q: number): number => {
      if (a.length === 0 || b.length === 0) return a.length + b.length;
      const [p, ...restA] = a;
      return Math.min(
        1 + tryAll(restA, b, q),
        ...b.map((time, j) => j + q * Math.abs(p! - time) + tryAll(restA, b.slice(j + 1), q)),
      );
    };
    fc.assert(
      fc.property(few, few, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, q) => {
        near(victorPurpuraDistance(a, b, q), tryAll(a, b, q));
      }),
    );
  });

  it("counts spikes only where moving is free, and only shared times where it is not to be had", () => {
    fc.assert(
      fc.property(trains, trains, (a, b) => {
        expect(victorPurpuraDistance(a, b, 0)).toBe(Math.abs(a.length - b.length));
        const shared = a.filter((time) => b.includes(time)).length;
        expect(victorPurpuraDistance(a, b, Infinity)).toBe(a.length + b.length - 2 * shared);
      }),
    );
  });
});

describe("van Rossum distance", () => {
  it("is what the sum over all pairs of spikes says", () => {
    fc.assert(
      fc.property(trains, trains, fc.double({ min: 0.5, max: 500, noNaN: true }), (a, b, tau) => {
        const sum = (p: readonly number[], q: readonly number[]): number =>
          p.reduce((total, s) => total + q.reduce((inner, t) => inner + Math.exp(-Math.abs(s - t) / tau), 0), 0);
        const squared = sum(a, a) + sum(b, b) - 2 * sum(a, b);
        expect(Math.abs(vanRossumDistance(a, b, tau) ** 2 - squared)).toBeLessThan(1e-9);
      }),
    );
  });

  it("is the root of the spikes that are not shared for a short time constant, the difference of counts for an endless one", () => {
    expect(vanRossumDistance([1, 2, 3], [2], 1e-9)).toBeCloseTo(Math.sqrt(2), 12);
    expect(vanRossumDistance([1, 2, 3], [2], Infinity)).toBe(2);
    expect(vanRossumDistance([], [7], 4)).toBe(1);
    expect(vanRossumDistance([], [], 4)).toBe(0);
  });

  it("keeps its digits for trains that are almost equal", () => {
    expect(vanRossumDistance([50], [50 + 2 ** -40], 10) / Math.sqrt((2 * 2 ** -40) / 10)).toBeCloseTo(1, 9);
  });
});

describe("spike time tiling", () => {
  const sampled = (times: readonly number[], dt: number, samples: number): number => {
    let covered = 0;
    for (let k = 0; k < samples; k++) {
      const t = (100 * (k + 0.5)) / samples;
      if (times.some((time) => Math.abs(time - t) <= dt)) covered++;
    }
    return covered / samples;
  };

  it("is what its formula says with the tiled time measured at many moments", () => {
    const spiking = trains.filter((train) => train.length > 0);
    fc.assert(
      fc.property(spiking, spiking, fc.integer({ min: 1, max: 8 }), (a, b, dt) => {
        const part = (p: number[], q: number[]): number =>
          p.filter((s) => q.some((t) => Math.abs(s - t) <= dt + 1e-9)).length / p.length;
        const [tA, tB] = [sampled(a, dt, 20_000), sampled(b, dt, 20_000)];
        const [pA, pB] = [part(a, b), part(b, a)];
        const term = (p: number, t: number): number => (p * t === 1 ? 1 : (p - t) / (1 - p * t));
        const expected = (term(pA, tB) + term(pB, tA)) / 2;
        fc.pre(Math.max(tA, tB) < 0.9);
        expect(Math.abs(spikeTimeTiling(a, b, { ...window, dt }) - expected)).toBeLessThan(0.02);
      }),
      { numRuns: 40 },
    );
  });

  it("is symmetric, 1 for equal trains, and undefined without spikes", () => {
    fc.assert(
      fc.property(trains, trains, fc.double({ min: 0.01, max: 60, noNaN: true }), (a, b, dt) => {
        const value = spikeTimeTiling(a, b, { ...window, dt });
        if (a.length === 0 || b.length === 0) {
          expect(value).toBeNaN();
          return;
        }
        near(value, spikeTimeTiling(b, a, { ...window, dt }));
        near(spikeTimeTiling(a, a, { ...window, dt }), 1);
        expect(value).toBeGreaterThanOrEqual(-1);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});

describe("SPIKE-synchronization", () => {
  it("is what comparing all pairs of spikes says", () => {
    const coincident = (a: number[], b: number[]): number => {
      const reach = (train: number[], k: number): number =>
        Math.min(train[k]! - (train[k - 1] ?? train[k]! - 100), (train[k + 1] ?? train[k]! + 100) - train[k]!) / 2;
      return a.filter((s, i) => b.some((t, j) => Math.abs(s - t) < Math.min(reach(a, i), reach(b, j)))).length;
    };
    fc.assert(
      fc.property(trains, trains, (a, b) => {
        const spikes = a.length + b.length;
        const expected = spikes === 0 ? 1 : (coincident(a, b) + coincident(b, a)) / spikes;
        near(spikeSynchronization(a, b, window), expected);
      }),
      { numRuns: 500 },
    );
  });

  it("allows no coincidence wider than maxTau", () => {
    expect(spikeSynchronization([20], [23], window)).toBe(1);
    expect(spikeSynchronization([20], [23], { ...window, maxTau: 3 })).toBe(0);
    expect(spikeSynchronization([20], [23], { ...window, maxTau: 3.1 })).toBe(1);
  });
});

describe("trains that are empty, alone or outside", () => {
  it("have defined distances", () => {
    expect(isiDistance([], [], window)).toBe(0);
    expect(spikeDistance([], [], window)).toBe(0);
    expect(spikeSynchronization([], [], window)).toBe(1);
    expect(spikeSynchronization([], [5], window)).toBe(0);
    expect(isiDistance([], [50], window)).toBeCloseTo(0.5, 14);
  });

  it("leave out what is outside the window, and equal times of one train", () => {
    expect(spikeDistance([-5, 10, 10, 40, 130], [12, 41], window)).toBe(spikeDistance([10, 40], [12, 41], window));
  });

  it("make a matrix with the values of all pairs", () => {
    const { n, values } = distanceMatrix([[1], [1, 2], []], (a, b) => victorPurpuraDistance(a, b, 1));
    expect(n).toBe(3);
    expect([...values]).toEqual([0, 1, 1, 1, 0, 2, 1, 2, 0]);
  });
});

describe("distances refuse", () => {
  it.each([
    ["times that do not ascend", () => victorPurpuraDistance([2, 1], [], 1), "out-of-range"],
    ["times that are not finite", () => vanRossumDistance([Number.NaN], [], 1), "not-finite"],
    ["a negative cost", () => victorPurpuraDistance([], [], -1), "out-of-range"],
    ["a cost that is no number", () => victorPurpuraDistance([], [], Number.NaN), "not-finite"],
    ["a time constant of 0", () => vanRossumDistance([], [], 0), "out-of-range"],
    ["a window that ends before it starts", () => isiDistance([], [], { from: 3, to: 2 }), "out-of-range"],
    ["no window", () => spikeDistance([], [], undefined as never), "invalid-value"],
    ["a window without end", () => spikeDistance([], [], { from: 3, to: Infinity }), "out-of-range"],
    ["a negative bound", () => spikeSynchronization([], [], { ...window, maxTau: -1 }), "out-of-range"],
    ["a tile without width", () => spikeTimeTiling([1], [1], { ...window, dt: 0 }), "out-of-range"],
    ["an unknown option", () => spikeTimeTiling([1], [1], { ...window, dt: 1, dT: 2 } as never), "unknown-name"],
    ["fewer than two trains", () => meanSpikeDistance([[1]], window), "wrong-length"],
  ])("%s", (_, action, code) => {
    expect(refusal(action).code).toBe(code);
  });
});
