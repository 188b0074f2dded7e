import { histogram } from "@neuroweave/plot";
import type { HistogramOptions } from "@neuroweave/plot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAxes } from "./read-axes.ts";
import { byClass, byName, findAll, linesOf, readMarkup, strokesOf } from "./read-markup.ts";

const draw = (options: Omit<HistogramOptions, "title">) => readMarkup(histogram({ title: "Histogram", ...options }));
const one = (values: ArrayLike<number>) => [{ label: "values", values }];
const textsOf = (svg: ReturnType<typeof draw>) => findAll(svg, byName("text")).map(({ text }) => text);

/** The bars of a series, read from its outline: left and right border and upper edge, in pixels. */
function barsOf(svg: ReturnType<typeof draw>, color = 0) {
  const points = strokesOf(linesOf(svg, color)[0]!)[0]!;
  const bars = [];
  for (let k = 1; k + 1 < points.length; k += 2)
    bars.push({ left: points[k]!.x, right: points[k + 1]!.x, top: points[k]!.y });
  return bars;
}

describe("a histogram", () => {
  it("has a bar for each bin, as high as the values in it are many", () => {
    const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 30 }), (values, bins) => {
        const svg = draw({ series: one(values), bins, from: -5, to: 5, yDomain: [0, 200] });
        const { x, y } = readAxes(svg);
        const bars = barsOf(svg);
        expect(bars).toHaveLength(bins);
        bars.forEach(({ left, right, top }, j) => {
          const [low, high] = [-5 + (10 * j) / bins, -5 + (10 * (j + 1)) / bins];
          const last = j === bins - 1;
          // Values within rounding of a border may be in either bin.
          const within = (slack: number) =>
            values.filter((v) => v >= low - slack && (last ? v <= 5 : v < high + slack)).length;
          expect(Math.abs(left - x(low))).toBeLessThan(0.1);
          expect(Math.abs(right - x(high))).toBeLessThan(0.1);
          expect(top).toBeGreaterThan(y(within(1e-9)) - 0.1);
          expect(top).toBeLessThan(y(within(-1e-9)) + 0.1);
        });
      }),
      { numRuns: 40 },
    );
  });

  it("has areas that add up to one as a density, whatever the bins", () => {
    const edges = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(
        edges,
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 80 }),
        (cuts, values) => {
          const bins = cuts.toSorted((a, b) => a - b);
          const inside = values.filter((value) => value >= bins[0]! && value <= bins.at(-1)!);
          fc.pre(inside.length > 0);
          const svg = draw({ series: one(values), bins, measure: "density", yDomain: [0, 1] });
          const { x, y } = readAxes(svg);
          const area = barsOf(svg).reduce((sum, { left, right, top }) => sum + (right - left) * (y(0) - top), 0);
          const unit = (x(1) - x(0)) * (y(0) - y(1));
          expect(area / unit).toBeCloseTo(1, 1);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("chooses bins by the rule of Freedman and Diaconis", () => {
    // 1000 values evenly over (0, 1): IQR 0.4995, width 2 · 0.4995 / 10 = 0.0999, range 0.999, so 10 bins.
    const values = Array.from({ length: 1000 }, (_, k) => (k + 0.5) / 1000);
    const svg = draw({ series: one(values) });
    expect(barsOf(svg)).toHaveLength(10);
    const { y } = readAxes(svg);
    for (const { top } of barsOf(svg)) expect(Math.abs(top - y(100))).toBeLessThan(1.2);
  });

  it("centers bins on whole numbers where all values are whole", () => {
    const svg = draw({ series: one([0, 1, 1, 2, 2, 2, 3, 3, 4]) });
    const { x, y } = readAxes(svg);
    const bars = barsOf(svg);
    expect(bars).toHaveLength(5);
    [1, 2, 3, 2, 1].forEach((count, value) => {
      expect(bars[value]!.left).toBeCloseTo(x(value - 0.5), 1);
      expect(bars[value]!.right).toBeCloseTo(x(value + 0.5), 1);
      expect(bars[value]!.top).toBeCloseTo(y(count), 1);
    });
  });

  it("has bins of equal ratio on a logarithmic axis, and leaves out what is not positive", () => {
    const svg = draw({
      series: one([1, 10, 100, 1000, 0, -3, Number.NaN]),
      scale: "logarithmic",
      bins: 3,
      from: 1,
      to: 1000,
    });
    const { x, y } = readAxes(svg, { x: "logarithmic" });
    expect(barsOf(svg).map(({ left }) => left)).toEqual([1, 10, 100].map((edge) => expect.closeTo(x(edge), 1)));
    // The last bin holds its upper border too.
    expect(barsOf(svg).map(({ top }) => top)).toEqual([1, 1, 2].map((count) => expect.closeTo(y(count), 1)));
    expect(textsOf(svg)).toContain("left out: 3 not finite or not positive");
  });

  it("draws theory in the units of the axes, dashed, over the bars", () => {
    const x = Float64Array.from({ length: 101 }, (_, k) => k / 10);
    const theory = [{ label: "line", x, y: x.map((value) => value / 50) }];
    const svg = draw({ series: one([1, 2, 3, 4.5]), from: 0, to: 10, measure: "density", theory, yDomain: [0, 0.5] });
    const axes = readAxes(svg);
    const [curve] = findAll(svg, byClass("nw-line-1"))
      .filter((node) => node.attributes.has("stroke-dasharray"))
      .slice(-1);
    const points = strokesOf(curve!.attributes.get("d")!)[0]!;
    expect(points.length).toBeGreaterThan(50);
    const slope = (axes.y(0.2) - axes.y(0)) / (axes.x(10) - axes.x(0));
    for (const point of points) expect(Math.abs(point.y - axes.y(0) - slope * (point.x - axes.x(0)))).toBeLessThan(0.3);
  });

  it("gives several series the same bins and colors of their own", () => {
    const svg = draw({
      series: [...one([1, 2, 3.5]), { label: "more", values: [10, 11, 12.5] }],
      bins: 4,
    });
    const borders = (color: number) => barsOf(svg, color).map(({ left, right }) => [left, right]);
    expect(borders(1)).toEqual(borders(0));
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["values", "more"]));
  });

  it("says so where there is no value, and counts those it leaves out", () => {
    const empty = draw({ series: one([]) });
    expect(textsOf(empty)).toContain("no values");
    expect(findAll(empty, byClass("nw-line-0"))).toEqual([]);
    const svg = draw({ series: one([1, 2, 99, Number.NaN]), bins: [0, 1.5, 3] });
    expect(textsOf(svg)).toContain("left out: 1 not finite, 1 outside the bins");
    expect(findAll(svg, byName("desc"))[0]!.text).toContain("Left out: 1 not finite, 1 outside the bins.");
  });

  it("refuses bins that cannot be", () => {
    const series = one([1]);
    expect(() => draw({ series, bins: 0 })).toThrow("0 is not a number of bins");
    expect(() => draw({ series, bins: [1, 1] })).toThrow("do not ascend");
    expect(() => draw({ series, from: 2, to: 1 })).toThrow("bins from 2 to 1 cannot be made");
    expect(() => draw({ series, scale: "log" as "linear" })).toThrow("the scale of the bins is log");
    expect(() => draw({ series, yScale: "log" as "linear" })).toThrow("is log");
    expect(() => draw({ series, scale: "logarithmic", from: 0 })).toThrow("bins from 0 to undefined cannot be made");
    expect(() => draw({ series, theory: [{ label: "t", x: [1, 2], y: [1] }] })).toThrow(
      'the curve "t" has 2 values of x and 1 values of y',
    );
  });
});
