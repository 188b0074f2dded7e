import { correlogram, populationRate, spectrum } from "@neuroweave/plot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAxes } from "./read-axes.ts";
import { byClass, byName, findAll, framesOf, linesOf, readMarkup, strokesOf } from "./read-markup.ts";
import type { MarkupNode, Point } from "./read-markup.ts";

const textsOf = (svg: MarkupNode) => findAll(svg, byName("text")).map(({ text }) => text);
const dashedOf = (svg: MarkupNode, color: number) =>
  findAll(svg, byClass(`nw-line-${color}`))
    .filter(({ attributes }) => attributes.has("stroke-dasharray"))
    .map(({ attributes }) => attributes.get("d")!)
    .filter((d) => !d.endsWith("h18"));

function expectPoints(found: readonly Point[], expected: readonly (readonly [number, number])[]): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((point, k) => {
    expect(Math.abs(point.x - expected[k]![0])).toBeLessThan(0.12);
    expect(Math.abs(point.y - expected[k]![1])).toBeLessThan(0.12);
  });
}

describe("a population rate", () => {
  it("passes through every rate at its time, and begins at zero", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 80, noNaN: true }), { minLength: 3, maxLength: 60 }), (rate) => {
        fc.pre(Math.max(...rate) > 1);
        const times = rate.map((_, k) => k * 10);
        const svg = readMarkup(populationRate({ title: "Rate", populations: [{ label: "a", times, rate }] }));
        const { x, y } = readAxes(svg);
        expectPoints(
          strokesOf(linesOf(svg, 0)[0]!)[0]!,
          rate.map((value, k) => [x(times[k]!), y(value)]),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("shades spans, draws the raw rate pale below, and theory in dashes", () => {
    const svg = readMarkup(
      populationRate({
        title: "Rate",
        populations: [
          { label: "exc", times: [0, 50, 100], rate: [5, 10, 5], raw: { times: [0, 50, 100], rate: [2, 20, 3] } },
          { label: "inh", times: [0, 100], rate: [8, 8] },
        ],
        theory: [{ label: "mean field", times: [0, 100], rate: [6, 6] }],
        spans: [{ from: 20, to: 40 }],
      }),
    );
    const { x, y } = readAxes(svg);
    const [raw, smooth] = linesOf(svg, 0);
    expectPoints(strokesOf(raw!)[0]!, [
      [x(0), y(2)],
      [x(50), y(20)],
      [x(100), y(3)],
    ]);
    expectPoints(strokesOf(smooth!)[0]!, [
      [x(0), y(5)],
      [x(50), y(10)],
      [x(100), y(5)],
    ]);
    const pale = findAll(svg, byClass("nw-line-0")).find(({ attributes }) => attributes.get("d") === raw);
    expect(Number(pale!.attributes.get("stroke-opacity"))).toBeLessThan(0.5);
    expectPoints(strokesOf(dashedOf(svg, 0)[0]!)[0]!, [
      [x(0), y(6)],
      [x(100), y(6)],
    ]);
    const [span] = framesOf(svg);
    expect([span!.left, span!.right]).toEqual([expect.closeTo(x(20), 1), expect.closeTo(x(40), 1)]);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["exc", "inh", "mean field"]));
  });

  it("leaves a gap where a rate is not finite, and counts it", () => {
    const svg = readMarkup(
      populationRate({
        title: "Rate",
        populations: [{ label: "a", times: [0, 1, 2, 3, 4], rate: [1, 2, Number.NaN, 2, 1] }],
      }),
    );
    expect(strokesOf(linesOf(svg, 0)[0]!)).toHaveLength(2);
    expect(textsOf(svg)).toContain("left out: 1 not finite");
  });

  it("says so where there is no rate, and refuses lists that do not fit", () => {
    expect(textsOf(readMarkup(populationRate({ title: "", populations: [] })))).toContain("no rates");
    expect(() => populationRate({ title: "", populations: [{ label: "a", times: [1, 2], rate: [1] }] })).toThrow(
      'the rate "a" has 2 times and 1 rates',
    );
    expect(() => populationRate({ title: "", populations: [], xDomain: [1, Number.NaN] })).toThrow("xDomain");
  });
});

describe("a spectrum", () => {
  const frequencies = Float64Array.from({ length: 200 }, (_, k) => 10 ** (k / 66.5));

  it("shows a power law as a straight line, whatever its exponent and size", () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -9, max: 6 }), (tenths, decade) => {
        fc.pre(Math.abs(tenths) > 3);
        const power = frequencies.map((f) => 10 ** decade * f ** (tenths / 10));
        const svg = readMarkup(spectrum({ title: "Spectrum", series: [{ label: "s", frequencies, power }] }));
        const { x, y } = readAxes(svg, { x: "logarithmic", y: "logarithmic" });
        const points = strokesOf(linesOf(svg, 0)[0]!)[0]!;
        expect(points.length).toBe(200);
        points.forEach((point, k) => {
          expect(Math.abs(point.x - x(frequencies[k]!))).toBeLessThan(0.2);
          expect(Math.abs(point.y - y(power[k]!))).toBeLessThan(0.2);
        });
      }),
      { numRuns: 40 },
    );
  });

  it("leaves out what a logarithmic axis cannot show, and counts it", () => {
    const series = [{ label: "s", frequencies: [0, 1, 10, 100, 200], power: [5, 1, 0.1, 0, Number.NaN] }];
    const svg = readMarkup(spectrum({ title: "Spectrum", series }));
    expect(strokesOf(linesOf(svg, 0)[0]!)).toHaveLength(1);
    expect(textsOf(svg)).toContain("left out: 3 not finite or not positive");
    const linear = readMarkup(spectrum({ title: "Spectrum", series, xScale: "linear", yScale: "linear" }));
    expect(textsOf(linear)).toContain("left out: 1 not finite");
  });

  it("says so where no power is to show, and refuses a domain without logarithm", () => {
    const none = readMarkup(spectrum({ title: "", series: [{ label: "s", frequencies: [0], power: [1] }] }));
    expect(textsOf(none)).toContain("no power to show");
    expect(() => spectrum({ title: "", series: [], yDomain: [0, 1] })).toThrow(
      "yDomain runs from 0 to 1 on a logarithmic axis",
    );
    expect(() => spectrum({ title: "", series: [{ label: "s", frequencies: [1], power: [] }] })).toThrow(
      'the spectrum "s" has 1 frequencies and 0 values',
    );
  });
});

describe("a correlogram", () => {
  it("has a bar around every lag, as high as its value, and a line at zero", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 3, maxLength: 41 }), (values) => {
        fc.pre(Math.max(...values) > 0);
        const half = (values.length - 1) / 2;
        const lags = values.map((_, k) => 2 * (k - half));
        const svg = readMarkup(correlogram({ title: "Correlogram", series: [{ label: "c", lags, values }] }));
        const { x, y } = readAxes(svg);
        const points = strokesOf(linesOf(svg, 0)[0]!)[0]!;
        const outline = values.flatMap((value, k) => [
          [x(lags[k]! - 1), y(value)] as const,
          [x(lags[k]! + 1), y(value)] as const,
        ]);
        expectPoints(points, [[x(lags[0]! - 1), y(0)], ...outline, [x(lags.at(-1)! + 1), y(0)]]);
        const [zero] = findAll(svg, byClass("nw-guide"));
        expect(strokesOf(zero!.attributes.get("d")!)[0]![0]!.x).toBeCloseTo(x(0), 1);
      }),
      { numRuns: 40 },
    );
  });

  it("shows what is expected by chance", () => {
    const svg = readMarkup(
      correlogram({
        title: "Correlogram",
        series: [{ label: "c", lags: [-1, 0, 1], values: [4, 9, 5] }],
        expected: 5,
        band: [3, 7],
      }),
    );
    const { y } = readAxes(svg);
    for (const point of strokesOf(dashedOf(svg, 1)[0]!)[0]!) expect(point.y).toBeCloseTo(y(5), 1);
    const band = findAll(svg, byClass("nw-fill-1")).find(({ name }) => name === "path");
    const numbers = [...band!.attributes.get("d")!.matchAll(/,([\d.]+)/gu)].map(([, at]) => Number(at));
    expect([Math.min(...numbers), Math.max(...numbers)]).toEqual([expect.closeTo(y(7), 1), expect.closeTo(y(3), 1)]);
  });

  it("says so where there is no lag, and refuses lags that do not ascend", () => {
    const empty = readMarkup(correlogram({ title: "", series: [{ label: "c", lags: [], values: [] }] }));
    expect(textsOf(empty)).toContain("no lags");
    expect(() => correlogram({ title: "", series: [{ label: "c", lags: [1, 0], values: [1, 1] }] })).toThrow(
      'lag 1 of the correlogram "c" is 0',
    );
  });
});
