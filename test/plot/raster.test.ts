import { raster } from "@neuroweave/plot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byName, findAll, framesOf, linesOf, readMarkup, strokesOf } from "./read-markup.ts";

const moments = fc.integer({ min: 0, max: 10_000 }).map((k) => k / 100);

const spikeLists = fc.integer({ min: 1, max: 40 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    spikes: fc.array(fc.tuple(moments, fc.integer({ min: 0, max: n - 1 })), {
      maxLength: 300,
    }),
  }),
);

const draw = (n: number, spikes: readonly (readonly [number, number])[]) =>
  readMarkup(
    raster({
      title: "Raster",
      times: spikes.map(([time]) => time),
      ids: spikes.map(([, id]) => id),
      n,
      from: 0,
      to: 100,
      spans: [{ from: 0, to: 100 }],
    }),
  );

describe("a raster", () => {
  it("marks every spike at its time in the row of its neuron, and nothing else", () => {
    fc.assert(
      fc.property(spikeLists, ({ n, spikes }) => {
        const svg = draw(n, spikes);
        const { left, right, top, bottom } = framesOf(svg)[0]!;
        const runs = strokesOf(linesOf(svg, 0)[0] ?? "");
        const rowOf = (y: number): number => Math.floor(((bottom - y) / (bottom - top)) * n);
        const places = spikes.map(([time, id]) => ({ x: left + (time / 100) * (right - left), id }));
        for (const { x, id } of places) {
          const hit = runs.some(([start, end]) => rowOf(start!.y) === id && x >= start!.x - 0.4 && x <= end!.x + 0.4);
          expect(hit, `neuron ${id} at ${x}`).toBe(true);
        }
        for (const [start, end] of runs) {
          const here = places.filter(({ id, x }) => id === rowOf(start!.y) && x >= start!.x - 0.4 && x <= end!.x + 0.4);
          expect(here.length).toBeGreaterThan(0);
          expect(end!.x - start!.x).toBeLessThanOrEqual(here.length * 1.7 + 0.5);
        }
      }),
    );
  });

  it("does not grow with spikes that fall on one another", () => {
    const once = Array.from({ length: 500 }, (_, k) => [k / 5, k % 10] as const);
    const often = Array.from({ length: 50 }, () => once).flat();
    const path = (spikes: typeof once) => linesOf(draw(10, spikes), 0)[0];
    expect(path(often)).toBe(path(once));
  });

  it("gives groups of neurons colors and names of their own", () => {
    const svg = readMarkup(
      raster({
        title: "Two groups",
        times: [1, 2, 3, 4],
        ids: [0, 7, 8, 9],
        n: 10,
        groups: [
          { label: "excitatory", from: 0, to: 8 },
          { label: "inhibitory", from: 8, to: 10 },
        ],
      }),
    );
    expect(strokesOf(linesOf(svg, 0)[0]!)).toHaveLength(2);
    expect(strokesOf(linesOf(svg, 1)[0]!)).toHaveLength(2);
    expect(findAll(svg, byName("text")).map(({ text }) => text)).toEqual(
      expect.arrayContaining(["excitatory", "inhibitory"]),
    );
  });

  it("says so where there is no spike to show", () => {
    const texts = findAll(draw(5, [[200, 1]]), byName("text")).map(({ text }) => text);
    expect(texts).toContain("no spikes");
  });

  it("refuses spikes that do not fit the population", () => {
    expect(() => raster({ title: "", times: [1], ids: [5], n: 5 })).toThrow(
      "spike 0 belongs to neuron 5, and there are 5 neurons",
    );
    expect(() => raster({ title: "", times: [1, 2], ids: [0], n: 5 })).toThrow("2 spike times and 1 neuron ids");
    expect(() => raster({ title: "", times: [], ids: [], n: 0 })).toThrow("0 is not a number of neurons");
    expect(() => raster({ title: "", times: [1], ids: [0], n: 1, from: 5, to: 5 })).toThrow(
      "the time axis runs from 5 to 5",
    );
  });
});
