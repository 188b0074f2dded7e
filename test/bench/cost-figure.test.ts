import { describe, expect, test } from "vitest";
import { costFigure, type CostCurve } from "../../packages/bench/src/contest/cost-figure.ts";
import { byName, findAll, readMarkup } from "../plot/read-markup.ts";

const curve = (label: string, scale: number): CostCurve => ({
  label,
  points: [1e3, 1e4, 1e5, 1e6, 1e7].map((size, k) => ({
    size,
    median: scale * (1 + k / 10),
    lowest: scale * 0.9,
    highest: scale * 2,
  })),
});

const figure = costFigure({
  title: "LIF & others",
  xLabel: "neurons",
  yLabel: "ns per neuron and step",
  curves: [curve("wasm", 1.2), curve("native", 0.4), curve("C < all", 0.2), { label: "nobody", points: [] }],
});

describe("figures of cost against size", () => {
  const texts = findAll(readMarkup(figure), byName("text")).map(({ text }) => text);

  test("are SVG files of their own", () => {
    const { name, attributes } = readMarkup(figure);
    expect(name).toBe("svg");
    expect(attributes.get("xmlns")).toBe("http://www.w3.org/2000/svg");
    expect(figure).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("name their axes, and what is drawn", () => {
    expect(texts).toContain("LIF & others");
    expect(figure).toContain("LIF &amp; others");
    for (const label of ["neurons", "ns per neuron and step", "wasm", "native", "C < all"])
      expect(texts.some((text) => text.includes(label))).toBe(true);
    expect(texts.some((text) => text.includes("nobody"))).toBe(false);
  });

  test("mark every power of ten on the axis of sizes", () => {
    for (const power of ["10³", "10⁴", "10⁵", "10⁶", "10⁷"]) expect(texts).toContain(power);
  });

  test("of nobody are empty, and well-formed", () => {
    const empty = costFigure({ title: "t", xLabel: "x", yLabel: "y", curves: [] });
    expect(readMarkup(empty).name).toBe("svg");
    expect(empty).not.toMatch(/NaN|undefined|Infinity/);
  });
});
