import { traces } from "@neuroweave/plot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byName, findAll, framesOf, linesOf, readMarkup, strokesOf } from "./read-markup.ts";

const grid = (length: number, step = 0.1): Float64Array => Float64Array.from({ length }, (_, k) => k * step);

/** Evenly spread, unlike `fc.double`, which prefers numbers next to zero. */
const parts = fc.integer({ min: 0, max: 1000 }).map((k) => k / 1000);

/** A figure of one trace on 0 … 100 ms and 0 … 1, whose frame can be read back. */
const drawn = (times: ArrayLike<number>, values: ArrayLike<number>, spikes: readonly number[] = []) =>
  readMarkup(
    traces({
      title: "One trace",
      times,
      series: [{ label: "v", values, spikes }],
      xDomain: [0, 100],
      yDomain: [0, 1],
      spikeTip: 0.9,
      spans: [{ from: 0, to: 100 }],
    }),
  );

describe("a figure of traces", () => {
  it("puts a value where its time and size belong on the axes", () => {
    const svg = drawn([25, 50], [0.25, 0.75]);
    const [frame] = framesOf(svg);
    const [stroke] = strokesOf(linesOf(svg, 0)[0]!);
    const { left, right, top, bottom } = frame!;
    expect(stroke![0]!.x).toBeCloseTo(left + 0.25 * (right - left), 0.9);
    expect(stroke![0]!.y).toBeCloseTo(bottom - 0.25 * (bottom - top), 0.9);
    expect(stroke![1]!.x).toBeCloseTo(left + 0.5 * (right - left), 0.9);
    expect(stroke![1]!.y).toBeCloseTo(bottom - 0.75 * (bottom - top), 0.9);
  });

  it("keeps the extremes of every pixel column, however many samples fall into it", () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 2, maxLength: 40 }), (pattern) => {
        const length = 20_000;
        const values = Float64Array.from(
          { length },
          (_, k) => pattern[(k * 7919) % pattern.length]! * (0.5 + k / (2 * length)),
        );
        const times = grid(length, 100 / length);
        const svg = drawn(times, values);
        const { left, right, top, bottom } = framesOf(svg)[0]!;
        const columns = new Map<number, [number, number]>();
        values.forEach((value, k) => {
          const x = Math.floor(left + (times[k]! / 100) * (right - left));
          const y = bottom - value * (bottom - top);
          const [low, high] = columns.get(x) ?? [y, y];
          columns.set(x, [Math.min(low, y), Math.max(high, y)]);
        });
        const points = strokesOf(linesOf(svg, 0)[0]!).flat();
        for (const [x, [low, high]] of columns) {
          const here = points.filter((point) => point.x > x - 0.06 && point.x < x + 1.06).map(({ y }) => y);
          expect(Math.min(...here)).toBeLessThan(low + 0.06);
          expect(Math.max(...here)).toBeGreaterThan(high - 0.06);
        }
        expect(points.length).toBeLessThanOrEqual(4 * columns.size);
      }),
      { numRuns: 20 },
    );
  });

  it("is as large as its width asks for, not as long as the run", () => {
    const size = (length: number): number => {
      const times = grid(length, 100 / length);
      return traces({ title: "", times, series: [{ label: "v", values: times.map((t) => Math.sin(t * 40)) }] }).length;
    };
    expect(size(1_000_000)).toBeLessThan(1.1 * size(100_000));
    expect(size(1_000_000)).toBeLessThan(50_000);
  });

  it("leaves gaps where values are not finite", () => {
    const values = [0.1, 0.2, Number.NaN, 0.4, Number.POSITIVE_INFINITY, 0.6, 0.7];
    const strokes = strokesOf(linesOf(drawn(grid(7, 10), values), 0)[0]!);
    expect(strokes.map((points) => points.length)).toEqual([2, 1, 2]);
  });

  it("draws a stroke up to the tip at every spike within the frame", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 30 }), (chosen) => {
        const spikes = chosen.toSorted((a, b) => a - b);
        const svg = drawn(
          grid(1001),
          grid(1001).map(() => 0.2),
          [...spikes, 130],
        );
        const { left, right, top, bottom } = framesOf(svg)[0]!;
        const [trace, ...strokes] = strokesOf(linesOf(svg, 0)[0]!);
        expect(trace![0]!.x).toBeCloseTo(left, 0.9);
        expect(strokes).toHaveLength(spikes.length);
        strokes.forEach(([foot, tip], k) => {
          expect(foot!.x).toBeCloseTo(left + (spikes[k]! / 100) * (right - left), 0.9);
          expect(foot!.y).toBeCloseTo(bottom - 0.2 * (bottom - top), 0.9);
          expect(tip!.x).toBe(foot!.x);
          expect(tip!.y).toBeCloseTo(bottom - 0.9 * (bottom - top), 0.9);
        });
      }),
    );
  });

  it("names series in a legend once there are two", () => {
    const times = grid(3);
    const one = { label: "only", values: [1, 2, 3] };
    const two = { label: "second", values: [2, 3, 4] };
    const texts = (series: (typeof one)[]) =>
      findAll(readMarkup(traces({ title: "T", times, series })), byName("text")).map(({ text }) => text);
    expect(texts([one])).not.toContain("only");
    expect(texts([one, two])).toEqual(expect.arrayContaining(["only", "second"]));
  });

  it("ends its time axis where the last sampling interval ends", () => {
    const svg = readMarkup(traces({ title: "T", times: grid(5500), series: [{ label: "v", values: grid(5500) }] }));
    expect(findAll(svg, byName("desc"))[0]!.text).toContain("from 0 to 550:");
  });

  it("can be drawn without any sample", () => {
    expect(linesOf(readMarkup(traces({ title: "Empty", times: [], series: [{ label: "v", values: [] }] })), 0)).toEqual(
      [],
    );
  });

  it("refuses what cannot be drawn, and says why", () => {
    const series = [{ label: "v", values: [1, 2, 3] }];
    expect(() => traces({ title: "T", times: [0, 1], series })).toThrow(
      'the series "v" has 3 values, and there are 2 times',
    );
    expect(() => traces({ title: "T", times: [0, 1, 2], series, width: 10 })).toThrow(
      "the width of the figure is 10 pixels",
    );
    expect(() => traces({ title: "T", times: [0, 1, 2], series, yDomain: [1, 1] })).toThrow("yDomain runs from 1 to 1");
  });
});
