import { presentDataset, streamDataset } from "@neuroweave/encode";
import type { DatasetEvents, DatasetOptions, DatasetSample, SpikeSample } from "@neuroweave/encode";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const pairs = ({ times, ids }: { times: ArrayLike<number>; ids: ArrayLike<number> }) =>
  Array.from(times, (time, k) => [time, ids[k]!]);

const two: SpikeSample[] = [
  { times: [4, 0], ids: [1, 2], label: "a" },
  { times: [1], ids: [0], label: "b" },
];

describe("a presented set", () => {
  it("shows sample after sample, each followed by silence", () => {
    const shown = presentDataset(two, { presentation: 5, silence: 2, shape: 3 });
    expect(pairs(shown)).toEqual([[0, 2], [4, 1], [8, 0]]); // prettier-ignore
    expect(shown.schedule).toEqual([
      { index: 0, label: "a", start: 0, stop: 5 },
      { index: 1, label: "b", start: 7, stop: 12 },
    ]);
    expect(shown).toMatchObject({ duration: 14, shape: [3] });
    expect(shown.locationTimes).toHaveLength(0);
  });

  it("takes rasters in rows or in one list, and puts their spikes on k · dt", () => {
    const rows = [[0, 1], [0, 0], [1, 1]]; // prettier-ignore
    const options = { presentation: 0.3, shape: 2, dt: 0.1, repeat: 2 };
    const shown = presentDataset([{ raster: rows }], options);
    expect(pairs(shown)).toEqual([0, 2, 2, 3, 5, 5].map((step, k) => [step * 0.1, [1, 0, 1][k % 3]]));
    expect(presentDataset([{ raster: Uint8Array.from(rows.flat()) }], options)).toEqual(shown);
    expect(presentDataset([{ raster: rows.flat().map(Boolean) }], options)).toEqual(shown);
  });

  it("repeats, shuffled anew each time from the seed", () => {
    const samples = Array.from({ length: 20 }, (_, k) => ({ times: [0], ids: [k] }));
    const options = { presentation: 1, shape: 20, repeat: 3, order: "shuffled", seed: 5 } as const;
    const shown = presentDataset(samples, options);
    const rounds = [0, 1, 2].map((round) => Array.from(shown.ids.slice(20 * round, 20 * round + 20)));
    for (const round of rounds) expect(round.toSorted((a, b) => a - b)).toEqual(samples.map((_, k) => k));
    expect(new Set(rounds.map((round) => round.join())).size).toBe(3);
    expect(presentDataset(samples, options)).toEqual(shown);
    expect(presentDataset(samples, { ...options, seed: 6 }).ids).not.toEqual(shown.ids);
    expect(shown.schedule.map(({ index }) => index)).toEqual([...shown.ids]);
  });

  it("shuffles evenly: each sample is first as often as any other", () => {
    const samples = Array.from({ length: 4 }, (_, k) => ({ times: [0], ids: [k] }));
    const shown = presentDataset(samples, { presentation: 1, shape: 4, repeat: 2000, order: "shuffled", seed: 1 });
    for (let id = 0; id < 4; id++) {
      const first = shown.ids.filter((each, k) => k % 4 === 0 && each === id).length;
      expect(Math.abs(first - 500)).toBeLessThan(4 * Math.sqrt(2000 * 0.25 * 0.75));
    }
  });

  it("keeps a spike within its presentation where the sum of times is rounded up", () => {
    const last = 1 - Number.EPSILON / 2;
    const shown = presentDataset([{ times: [last], ids: [0] }], { presentation: 1, shape: 1, repeat: 100 });
    expect(shown.times).toHaveLength(100);
    shown.times.forEach((time, k) => expect(time >= k && time < k + 1).toBe(true));
  });
});

describe("locations", () => {
  // Neuron 3y + x of a 3 × 3 grid spikes at 0.1 (3y + x) ms.
  const grid = { times: Array.from({ length: 9 }, (_, k) => k * 0.5), ids: Array.from({ length: 9 }, (_, k) => k) };
  const options = {
    presentation: 5,
    silence: 1,
    shape: [3, 3],
    window: [2, 2],
    locations: [[0, 0], [1, 1]], // prettier-ignore
    locationSpikes: "onset",
  } as const;

  it("are shown one by one, each from the beginning of the sample, and silence follows the last", () => {
    const shown = presentDataset([grid, { times: [], ids: [], label: 7 }], options);
    expect(pairs(shown)).toEqual([
      [0, 0], [0.5, 1], [1.5, 2], [2, 3],
      [7, 0], [7.5, 1], [8.5, 2], [9, 3],
    ]); // prettier-ignore
    expect(shown.schedule).toEqual([
      { index: 0, start: 0, stop: 5, location: 0 },
      { index: 0, start: 5, stop: 10, location: 1 },
      { index: 1, label: 7, start: 11, stop: 16, location: 0 },
      { index: 1, label: 7, start: 16, stop: 21, location: 1 },
    ]);
    expect(shown).toMatchObject({ duration: 22, shape: [2, 2] });
    expect([...shown.locationTimes]).toEqual([0, 5, 11, 16]);
    expect([...shown.locationIds]).toEqual([0, 1, 0, 1]);
  });

  it("spike in every step that they are shown, unless they are asked to spike at onset", () => {
    const { locationSpikes: _, ...rest } = options;
    const shown = presentDataset([grid], { ...rest, dt: 0.5 });
    expect([...shown.locationTimes]).toEqual(Array.from({ length: 20 }, (_, k) => k * 0.5));
    expect([...shown.locationIds]).toEqual(Array.from({ length: 20 }, (_, k) => Math.floor(k / 10)));
  });

  it("see all channels of a grid", () => {
    const channels = { times: [0, 1, 2], ids: [9 + 4, 9 + 8, 0] };
    const shown = presentDataset([channels], { ...options, shape: [2, 3, 3], locations: [[1, 1]] });
    expect(shown.shape).toEqual([2, 2, 2]);
    expect(pairs(shown)).toEqual([[0, 4], [1, 7]]); // prettier-ignore
  });
});

describe("a streamed set", () => {
  const scenario = fc
    .record({
      steps: fc.integer({ min: 1, max: 6 }),
      silence: fc.integer({ min: 0, max: 3 }),
      dt: fc.constantFrom(undefined, 0.1, 0.25, 1),
      repeat: fc.integer({ min: 1, max: 3 }),
      shuffle: fc.boolean(),
      located: fc.boolean(),
      counts: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }),
    })
    .chain(({ steps, silence, dt, repeat, shuffle, located, counts }) => {
      const unit = dt ?? 0.7;
      const presentation = steps * unit;
      const spikes = counts.map((count) =>
        fc.record({
          times: fc.array(fc.double({ min: 0, max: presentation, maxExcluded: true, noNaN: true }), {
            minLength: count,
            maxLength: count,
          }),
          ids: fc.array(fc.integer({ min: 0, max: 11 }), { minLength: count, maxLength: count }),
        }),
      );
      const options: DatasetOptions = {
        presentation,
        silence: silence * unit,
        repeat,
        shape: [3, 4],
        ...(dt === undefined ? {} : { dt }),
        ...(shuffle ? { order: "shuffled", seed: 3 } : {}),
        ...(located ? { locations: [[0, 0], [1, 2], [1, 0]], window: [2, 2] } : {}), // prettier-ignore
        ...(located && dt === undefined ? { locationSpikes: "onset" } : {}),
      };
      return fc.tuple(...spikes).map((samples): { samples: SpikeSample[]; options: DatasetOptions } => ({
        samples,
        options,
      }));
    });

  /** The definition, with every spike of every sample in turn; the order is taken from the schedule. */
  function naive(samples: readonly SpikeSample[], options: DatasetOptions, order: readonly number[]) {
    const { presentation, silence = 0, locations = [[0, 0]], window = [3, 4] } = options;
    const events: [number, number][] = [];
    let start = 0;
    for (const index of order) {
      for (const [top, left] of locations) {
        const { times, ids } = samples[index]!;
        for (let k = 0; k < times.length; k++) {
          const [row, column] = [Math.floor(ids[k]! / 4) - top, (ids[k]! % 4) - left];
          if (row >= 0 && row < window[0] && column >= 0 && column < window[1])
            events.push([start + times[k]!, row * window[1] + column]);
        }
        start += presentation;
      }
      start += silence;
    }
    return { events, duration: start };
  }

  it("gives in parts what the presented set gives at once, and that is the definition", () => {
    fc.assert(
      fc.property(
        scenario,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
        ({ samples, options }, cuts) => {
          const whole = presentDataset(samples, options);
          const stream = streamDataset(samples, options);
          expect([stream.duration, stream.shape]).toEqual([whole.duration, whole.shape]);
          const starts = whole.schedule.map(({ start }) => start);
          const borders = [0, ...cuts.map((cut) => cut * whole.duration), ...starts, whole.duration + 1];
          borders.sort((a, b) => a - b);
          const parts = borders.slice(1).map((to, k) => stream(borders[k]!, to));
          const joined = (name: "times" | "ids" | "locationTimes" | "locationIds") =>
            parts.flatMap((part: DatasetEvents) => Array.from(part[name]));
          for (const name of ["times", "ids", "locationTimes", "locationIds"] as const)
            expect(joined(name)).toEqual([...whole[name]]);
          expect(parts.flatMap(({ schedule }) => schedule)).toEqual(whole.schedule);

          for (let k = 1; k < whole.times.length; k++) expect(whole.times[k]! >= whole.times[k - 1]!).toBe(true);
          const shownOnce = options.locations?.length ?? 1;
          const order = whole.schedule.filter((_, k) => k % shownOnce === 0).map(({ index }) => index);
          const expected = naive(samples, options, order);
          expect(whole.duration).toBeCloseTo(expected.duration, 9);
          const key = ([time, id]: readonly number[]) => time! + id! * 1e-7;
          const found = pairs(whole)
            .map(key)
            .toSorted((a, b) => a - b);
          const defined = expected.events.map(key).toSorted((a, b) => a - b);
          expect(found).toHaveLength(defined.length);
          found.forEach((value, k) => expect(value).toBeCloseTo(defined[k]!, 9));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("does not depend on what was asked before", () => {
    const options = { presentation: 5, shape: 3, repeat: 10, order: "shuffled", seed: 2 } as const;
    const stream = streamDataset(two, options);
    const late = stream(60, 80);
    stream(0, 30);
    expect(stream(60, 80)).toEqual(late);
    expect(streamDataset(two, options)(60, 80)).toEqual(late);
  });

  it("may be endless, and reads only the samples of the part", () => {
    const read: number[] = [];
    const samples = {
      length: Infinity,
      at(index: number): DatasetSample {
        read.push(index);
        return { times: [index % 5], ids: [index % 3] };
      },
    };
    const stream = streamDataset(samples, { presentation: 5, silence: 5, shape: 3 });
    expect(stream.duration).toBe(Infinity);
    expect(pairs(stream(10_000_000, 10_000_015))).toEqual([[10_000_000, 1], [10_000_011, 2]]); // prettier-ignore
    expect(read).toEqual([1_000_000, 1_000_001]);
    const endless = streamDataset(two, { presentation: 5, shape: 3, repeat: Infinity, order: "shuffled", seed: 1 });
    expect(
      endless(1e6, 1e6 + 10)
        .schedule.map(({ index }) => index)
        .toSorted(),
    ).toEqual([0, 1]);
  });

  it("is refused for bounds that are none", () => {
    const stream = streamDataset(two, { presentation: 5, shape: 3 });
    expect(() => stream(-1, 5)).toThrow("streamDataset: from is -1");
    expect(() => stream(5, 4)).toThrow("streamDataset: to is 4");
    expect(() => stream(5, Infinity)).toThrow("streamDataset: to is Infinity");
  });
});

describe("a set is refused", () => {
  const options = { presentation: 5, shape: [2, 2] };
  const one = (sample: unknown) => [sample] as DatasetSample[];
  it.each([
    ["without samples", [], {}, "there are no samples"],
    ["for spikes outside the presentation", one({ times: [5], ids: [0] }), {}, "sample 0: times[0] is 5 ms, outside"],
    ["for spikes before it", one({ times: [-1], ids: [0] }), {}, "times[0] is -1 ms, outside"],
    ["for times that are not finite", one({ times: [Number.NaN], ids: [0] }), {}, "times[0] is NaN"],
    ["for neurons outside the grid", one({ times: [1], ids: [4] }), {}, "ids[0] is 4, and the grid has 4 neurons"],
    ["for lists of unequal length", one({ times: [1], ids: [] }), {}, "1 times and 0 ids"],
    ["for a sample that is none", one({ spikes: [] }), {}, "sample 0 is no sample"],
    ["for a raster without dt", one({ raster: [0, 0, 0, 1] }), {}, "there is no time step"],
    ["for a raster of broken rows", one({ raster: [0, 0, 1] }), { dt: 1 }, "no whole number of rows of 4 neurons"],
    ["for a raster with a short row", one({ raster: [[0, 1]] }), { dt: 1 }, "row 0 has not 4 values"],
    [
      "for a raster that is too long",
      one({ raster: new Uint8Array(24) }),
      { dt: 1 },
      "has 6 steps, and a presentation 5",
    ],
    ["for a raster of other values", one({ raster: [0, 0, 2, 0] }), { dt: 1 }, "step 0 of neuron 2 is 2"],
    ["for a presentation off the grid", two, { dt: 2 }, "the presentation of 5 ms is no whole number of steps"],
    ["for a presentation of 0", two, { presentation: 0 }, "presentation is 0"],
    ["for a negative silence", two, { silence: -1 }, "silence is -1"],
    ["for an endless presentation", two, { repeat: Infinity }, "never ends"],
    ["for a shuffle without seed", two, { order: "shuffled" }, "the seed of the order is undefined"],
    ["for an unknown order", two, { order: "random" }, "order is random"],
    ["for a shape of 0", two, { shape: 0 }, "shape is 0"],
    ["for a window outside", two, { window: [2, 2], locations: [[0, 1]], dt: 1 }, "leaves the grid of 2 × 2"],
    ["for a window without locations", two, { window: [1, 1] }, "a window needs locations"],
    ["for locations without a window", two, { locations: [[0, 0]] }, "locations need a window"],
    ["for no locations", two, { locations: [], window: [1, 1] }, "there are no locations"],
    [
      "for locations on a line",
      two,
      { shape: 4, locations: [[0, 0]], window: [1, 1] },
      "need a grid of rows and columns",
    ],
    ["for location spikes without dt", two, { locations: [[0, 0]], window: [1, 1] }, "in every step need a time step"],
    ["for an unknown option", two, { silense: 1 }, "Candidates: silence"],
  ])("%s", (_, samples, change, message) => {
    expect(() => presentDataset(samples as DatasetSample[], { ...options, ...change } as DatasetOptions)).toThrow(
      message,
    );
  });
});
