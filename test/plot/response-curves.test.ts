import { fiCurve, stdpWindow } from "@neuroweave/plot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAxes } from "./read-axes.ts";
import { byClass, byName, findAll, linesOf, readMarkup, strokesOf } from "./read-markup.ts";
import type { MarkupNode } from "./read-markup.ts";

const textsOf = (svg: MarkupNode) => findAll(svg, byName("text")).map(({ text }) => text);

/** Middles of the discs in a color of the palette. */
const discsOf = (svg: MarkupNode, color: number) =>
  findAll(svg, byClass(`nw-line-${color}`))
    .filter(({ attributes }) => attributes.get("stroke-linecap") === "round")
    .flatMap(({ attributes }) => strokesOf(attributes.get("d")!).map(([middle]) => middle!));

const small = fc.integer({ min: -1000, max: 1000 }).map((k) => k / 10);

describe("an STDP window", () => {
  it("has a disc at every pair, and lines at zero on both axes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(small, small), { minLength: 2, maxLength: 60 }), (pairs) => {
        fc.pre([0, 1].every((k) => new Set(pairs.map((pair) => pair[k])).size > 1));
        const svg = readMarkup(
          stdpWindow({
            title: "Window",
            points: [{ label: "pairs", dt: pairs.map(([dt]) => dt), dw: pairs.map(([, dw]) => dw) }],
          }),
        );
        const { x, y } = readAxes(svg);
        const discs = discsOf(svg, 0);
        for (const [dt, dw] of pairs)
          expect(discs.some((disc) => Math.hypot(disc.x - x(dt), disc.y - y(dw)) < 0.3)).toBe(true);
        expect(discs.length).toBeLessThanOrEqual(pairs.length);
        const guides = findAll(svg, byClass("nw-guide")).map(({ attributes }) => strokesOf(attributes.get("d")!)[0]!);
        expect(guides).toHaveLength(2);
        expect(guides[0]!.map((point) => point.x)).toEqual([expect.closeTo(x(0), 1), expect.closeTo(x(0), 1)]);
        expect(guides[1]!.map((point) => point.y)).toEqual([expect.closeTo(y(0), 1), expect.closeTo(y(0), 1)]);
      }),
      { numRuns: 40 },
    );
  });

  const dt = Float64Array.from({ length: 81 }, (_, k) => k - 40);
  const rule = (t: number) => (t < 0 ? -2.4 * Math.exp(t / 20) : 2 * Math.exp(-t / 20));

  it("draws the rule through its values, and does not join its two branches", () => {
    const svg = readMarkup(stdpWindow({ title: "Window", rules: [{ label: "rule", dt, dw: dt.map(rule) }] }));
    const { x, y } = readAxes(svg);
    const branches = strokesOf(linesOf(svg, 0)[0]!);
    expect(branches).toHaveLength(2);
    expect(branches[0]!.at(-1)!.x).toBeLessThan(x(0));
    const points = branches.flat();
    expect(points).toHaveLength(81);
    points.forEach((point, k) => {
      expect(Math.abs(point.x - x(dt[k]!))).toBeLessThan(0.12);
      expect(Math.abs(point.y - y(rule(dt[k]!)))).toBeLessThan(0.12);
    });
    const whole = stdpWindow({ title: "Window", rules: [{ label: "rule", dt, dw: dt.map(rule), continuous: true }] });
    expect(strokesOf(linesOf(readMarkup(whole), 0)[0]!)).toHaveLength(1);
  });

  it("says by which power of ten small changes are to be multiplied", () => {
    const svg = readMarkup(
      stdpWindow({ title: "Window", rules: [{ label: "rule", dt, dw: dt.map((t) => rule(t) / 1e5) }] }),
    );
    expect(textsOf(svg)).toContain("Δw × 10⁻⁶");
    const { y } = readAxes(svg);
    const lowest = Math.max(
      ...strokesOf(linesOf(svg, 0)[0]!)
        .flat()
        .map((point) => point.y),
    );
    expect(Math.abs(lowest - y((rule(-1) / 1e5) * 1e6))).toBeLessThan(0.2);
  });

  it("draws a hundred thousand pairs in a file of bounded size", () => {
    const many = Float64Array.from({ length: 100_000 }, (_, k) => ((k * 7919) % 100_003) / 500 - 100);
    const others = many.map((_, k) => ((k * 104_729) % 99_991) / 1000 - 50);
    const draw = (count: number) =>
      stdpWindow({
        title: "Window",
        points: [{ label: "pairs", dt: many.subarray(0, count), dw: others.subarray(0, count) }],
      });
    expect(draw(100_000).length).toBeLessThan(700_000);
  });

  it("counts pairs that it leaves out, says so where there is none, and refuses lists that do not fit", () => {
    const points = [{ label: "p", dt: [1, 2, Number.NaN], dw: [1, 2, 3] }];
    expect(textsOf(readMarkup(stdpWindow({ title: "", points })))).toContain("left out: 1 not finite");
    expect(textsOf(readMarkup(stdpWindow({ title: "" })))).toContain("no pairs");
    expect(() => stdpWindow({ title: "", points: [{ label: "p", dt: [1], dw: [] }] })).toThrow(
      'the series "p" has 1 values of Δt and 0 values of Δw',
    );
  });
});

describe("an f–I curve", () => {
  const currents = [0, 100, 200, 300];
  const rates = [0, 0, 20, 35];

  it("has a disc at every rate, with a bar from rate − error to rate + error", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 4, maxLength: 4 }), (errors) => {
        const svg = readMarkup(fiCurve({ title: "f–I", measured: [{ label: "cell", currents, rate: rates, errors }] }));
        const { x, y } = readAxes(svg);
        const discs = discsOf(svg, 0);
        currents.forEach((current, k) => {
          expect(Math.hypot(discs[k]!.x - x(current), discs[k]!.y - y(rates[k]!))).toBeLessThan(0.1);
        });
        const bars = strokesOf(linesOf(svg, 0)[0]!).filter(([a, b]) => a!.x === b!.x);
        expect(bars).toHaveLength(4);
        bars.forEach(([foot, head], k) => {
          expect(Math.abs(foot!.x - x(currents[k]!))).toBeLessThan(0.1);
          expect(Math.abs(foot!.y - y(rates[k]! - errors[k]!))).toBeLessThan(0.1);
          expect(Math.abs(head!.y - y(rates[k]! + errors[k]!))).toBeLessThan(0.1);
        });
      }),
      { numRuns: 25 },
    );
  });

  it("draws theory in dashes under the discs, in their color", () => {
    const theory = [{ label: "theory", currents, rate: [0, 0, 22, 34] }];
    const svg = readMarkup(fiCurve({ title: "f–I", measured: [{ label: "cell", currents, rate: rates }], theory }));
    const { x, y } = readAxes(svg);
    const drawn = findAll(svg, byClass("nw-line-0")).filter(({ attributes }) => !attributes.get("d")!.endsWith("h18"));
    expect(drawn.map(({ attributes }) => attributes.has("stroke-dasharray"))).toEqual([true, false]);
    const points = strokesOf(drawn[0]!.attributes.get("d")!)[0]!;
    points.forEach((point, k) => {
      expect(Math.hypot(point.x - x(currents[k]!), point.y - y(theory[0]!.rate[k]!))).toBeLessThan(0.12);
    });
  });

  it("refuses errors that do not fit or lie below zero, and says so where there is no rate", () => {
    const measured = [{ label: "cell", currents, rate: rates, errors: [1] }];
    expect(() => fiCurve({ title: "", measured })).toThrow('the curve "cell" has 4 rates and 1 errors');
    expect(() => fiCurve({ title: "", measured: [{ ...measured[0]!, errors: -1 }] })).toThrow(
      'error 0 of the curve "cell" is -1',
    );
    expect(textsOf(readMarkup(fiCurve({ title: "", measured: [] })))).toContain("no rates");
  });
});
