import {
  compare,
  correlogram,
  fiCurve,
  histogram,
  lines,
  populationRate,
  raster,
  smallMultiples,
  spectrum,
  stdpWindow,
  traces,
  weightEvolution,
  weightMatrix,
} from "@neuroweave/plot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byName, findAll, readMarkup } from "./read-markup.ts";

const times = Float64Array.from({ length: 50 }, (_, k) => k);
const values = times.map((t) => Math.sin(t / 5));

/** Every kind of figure, with the same text in every place that takes text. */
const figures: readonly (readonly [string, (text: string) => string])[] = [
  [
    "traces",
    (text) =>
      traces({
        title: text,
        xLabel: text,
        yLabel: text,
        description: text,
        times,
        series: [
          { label: text, values },
          { label: text, values },
        ],
      }),
  ],
  [
    "smallMultiples",
    (text) =>
      smallMultiples({
        title: text,
        columns: 2,
        columnTitles: [text, text],
        panels: [1, 2, 3].map(() => ({ title: text, note: text, times, series: [{ label: text, values }] })),
      }),
  ],
  [
    "raster",
    (text) =>
      raster({
        title: text,
        times: [1, 2, 3],
        ids: [0, 1, 2],
        n: 3,
        groups: [
          { label: text, from: 0, to: 1 },
          { label: text, from: 1, to: 3 },
        ],
      }),
  ],
  [
    "lines",
    (text) =>
      lines({
        title: text,
        yLabel: text,
        series: [
          { label: text, times, values },
          { label: text, times, values },
        ],
      }),
  ],
  [
    "compare",
    (text) =>
      compare({ title: text, expected: { label: text, times, values }, measured: { label: text, times, values } }),
  ],
  [
    "populationRate",
    (text) =>
      populationRate({
        title: text,
        xLabel: text,
        populations: [{ label: text, times, rate: values, raw: { times, rate: values } }],
        theory: [{ label: text, times, rate: values }],
      }),
  ],
  [
    "histogram",
    (text) =>
      histogram({
        title: text,
        xLabel: text,
        yLabel: text,
        series: [
          { label: text, values },
          { label: text, values: times },
        ],
        theory: [{ label: text, x: times, y: values }],
      }),
  ],
  [
    "weightMatrix",
    (text) =>
      weightMatrix({
        title: text,
        weightLabel: text,
        weights: { sources: [0, 1, 1], targets: [1, 0, 1], values: [1, -1, Number.NaN] },
        shape: [2, 2],
      }),
  ],
  [
    "weightEvolution",
    (text) =>
      weightEvolution({ title: text, times: [0, 1], values: [1, 2, 3, 4], trajectories: [{ label: text, index: 1 }] }),
  ],
  [
    "weightEvolution as density",
    (text) =>
      weightEvolution({
        title: text,
        times: [0, 1],
        values: [1, 2, 3, 4],
        show: "density",
        trajectories: [{ label: text, index: 1 }],
      }),
  ],
  [
    "stdpWindow",
    (text) =>
      stdpWindow({
        title: text,
        yLabel: text,
        points: [{ label: text, dt: [-1, 1], dw: [-1, 1] }],
        rules: [{ label: text, dt: [-1, 1], dw: [-1, 1] }],
      }),
  ],
  [
    "fiCurve",
    (text) =>
      fiCurve({
        title: text,
        measured: [{ label: text, currents: [0, 1], rate: [0, 1], errors: 0.1 }],
        theory: [{ label: text, currents: [0, 1], rate: [0, 1] }],
      }),
  ],
  [
    "spectrum",
    (text) =>
      spectrum({
        title: text,
        series: [{ label: text, frequencies: [1, 10], power: [1, 0.1] }],
        theory: [{ label: text, frequencies: [1, 10], power: [1, 0.1] }],
      }),
  ],
  [
    "correlogram",
    (text) =>
      correlogram({
        title: text,
        series: [{ label: text, lags: [-1, 0, 1], values: [1, 2, 1] }],
        expected: 1,
        band: [0, 2],
      }),
  ],
];

const hostileTexts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    `"><script>alert(1)</script>`,
    `' onload='alert(1)`,
    "]]><svg onload=alert(1)>",
    "</style><img src=x>",
    "&lt;b&gt;&#x0;",
    "\u0000\u0008\u001B[31m",
    "\uD800 half a surrogate",
    "__proto__ constructor",
  ),
);

const shape = (svg: string): string[] =>
  findAll(readMarkup(svg), () => true)
    .filter(({ name }) => name !== "text")
    .map(({ name, attributes }) => `${name} ${[...attributes.keys()].join(" ")}`);

describe.each(figures)("%s", (_, draw) => {
  it("is one well-formed svg element with a name and a description", () => {
    const svg = readMarkup(draw("A title"));
    expect(svg.name).toBe("svg");
    expect(svg.attributes.get("role")).toBe("img");
    expect(svg.attributes.get("aria-label")).toBe("A title");
    expect(svg.children[0]).toMatchObject({ name: "title", text: "A title" });
    expect(svg.children[1]!.name).toBe("desc");
    expect(svg.children[1]!.text).not.toBe("");
  });

  it("gives the same bytes for the same input, whatever was drawn in between", () => {
    const first = draw("again");
    for (const [, other] of figures) other("something else");
    expect(draw("again")).toBe(first);
  });

  it("has no ids, so that several can stand in one document", () => {
    expect(findAll(readMarkup(draw("x")), ({ attributes }) => attributes.has("id"))).toEqual([]);
  });

  it("loads nothing", () => {
    const svg = readMarkup(draw("x"));
    for (const { attributes } of findAll(svg, () => true)) {
      for (const [name, value] of attributes) {
        expect(name).not.toMatch(/^(href|xlink:href|src|on.*)$/u);
        if (name !== "xmlns") expect(value).not.toMatch(/url\(|https?:/u);
      }
    }
    expect(findAll(svg, byName("style"))[0]!.text).not.toMatch(/@import|url\(/u);
  });

  it("takes any text for text: hostile titles and labels add no element and no attribute", () => {
    const harmless = shape(draw("harmless"));
    fc.assert(
      fc.property(hostileTexts, (text) => {
        expect(shape(draw(text))).toEqual(harmless);
      }),
      { numRuns: 60 },
    );
  });
});
