import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fiCurve, populationRate, weightMatrix } from "@neuroweave/plot";
import { svgToPng } from "@neuroweave/plot/png";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAxes } from "./read-axes.ts";
import { readMarkup } from "./read-markup.ts";
import { readPng } from "./read-png.ts";
import type { Picture } from "./read-png.ts";

const currents = [0, 100, 200, 300];
const figure = (title: string) =>
  fiCurve({ title, measured: [{ label: "cell", currents, rate: [0, 0, 20, 35] }], width: 600, height: 300 });

const hex = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
const near = (picture: Picture, x: number, y: number, color: string): boolean =>
  hex(color).every((channel, k) => Math.abs(picture.at(Math.round(x), Math.round(y))[k]! - channel) <= 3);

/** Pixels of a rectangle that are much darker than white paper. */
function inkIn(picture: Picture, left: number, top: number, right: number, bottom: number): number {
  let ink = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) if (picture.at(x, y)[1] < 128) ink++;
  return ink;
}

describe("a figure as a PNG", () => {
  it("has the size of the figure times the scale, or the width that is asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 30, max: 900 }), (halves, width) => {
        const scaled = readPng(svgToPng(figure("Size"), { scale: halves / 2 }));
        expect([scaled.width, scaled.height]).toEqual([300 * halves, 150 * halves]);
        const wide = readPng(svgToPng(figure("Size"), { width }));
        expect(wide.width).toBe(width);
        expect(Math.abs(wide.height - width / 2)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 8 },
    );
    expect(readPng(svgToPng(figure("Size"))).width).toBe(1200);
  });

  it("has ink where the data are, and paper where none are", () => {
    const svg = figure("");
    const { x, y } = readAxes(readMarkup(svg));
    const picture = readPng(svgToPng(svg, { scale: 3 }));
    currents.forEach((current, k) => {
      const [atX, atY] = [x(current) * 3, y([0, 0, 20, 35][k]!) * 3];
      expect(near(picture, atX, atY, "#0072B2")).toBe(true);
      expect(near(picture, atX + 27, atY - 27, "#ffffff")).toBe(true);
    });
  });

  it("has cells in the colors of their weights", () => {
    const svg = weightMatrix({ title: "", weights: { values: [-1, 1, 0, 0.5] }, shape: [2, 2] });
    const { x, y } = readAxes(readMarkup(svg));
    const picture = readPng(svgToPng(svg, { scale: 1 }));
    const fills = [...svg.matchAll(/<path d="M([\d.]+),([\d.]+)V[^"]*" fill="(#\w+)"/gu)];
    expect(fills).toHaveLength(4);
    for (const [, left, bottom, fill] of fills) {
      const halfCell = (x(1) - x(0)) / 2;
      expect(near(picture, Number(left) + halfCell * 0.8, Number(bottom) - (y(0) - y(1)) * 0.4, fill!)).toBe(true);
    }
  });

  it("shows text, Greek and raised digits too, with the fonts that come along", () => {
    const band = (title: string) => {
      const picture = readPng(svgToPng(figure(title), { scale: 2 }));
      return inkIn(picture, 20, 20, 1000, 72);
    };
    expect(band(".")).toBeLessThan(40);
    for (const title of ["Rate", "Δw τ µ σ", "10⁻³ × A₊", "→ −"]) expect(band(title), title).toBeGreaterThan(60);
    // A character without a glyph would be drawn as one and the same box.
    const drawn = ["Δ", "τ", "⁻", "₊", "→", "−"].map((one) =>
      Buffer.from(svgToPng(figure(one), { scale: 1 })).toString("base64"),
    );
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  it("has the colors of dark paper on request, and the background that is asked for below what is transparent", () => {
    const rate = populationRate({ title: "Dark", populations: [{ label: "a", times: [0, 1], rate: [1, 1] }] });
    expect(near(readPng(svgToPng(rate, { scale: 1 })), 3, 3, "#ffffff")).toBe(true);
    const dark = readPng(svgToPng(rate, { scale: 1, paper: "dark" }));
    expect(near(dark, 3, 3, "#15181c")).toBe(true);
    const { x, y } = readAxes(readMarkup(rate));
    const column = [-2, -1, 0, 1, 2].map((step) => dark.at(Math.round(x(0.5)), Math.round(y(1)) + step));
    expect(column.some(([red, green, blue]) => blue > 150 && green > 100 && red < 140)).toBe(true);
    const bare = `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><path d="M0,0H5V10H0Z" fill="#f00"/></svg>`;
    expect(readPng(svgToPng(bare, { scale: 1 })).at(15, 5)[3]).toBe(0);
    expect(readPng(svgToPng(bare, { scale: 1, background: "#00ff00" })).at(15, 5)).toEqual([0, 255, 0, 255]);
  });

  it("is the same bytes every time", () => {
    expect(Buffer.compare(svgToPng(figure("Again")), svgToPng(figure("Again")))).toBe(0);
  });

  it("refuses what is no SVG, and pictures without size or without end", () => {
    expect(() => svgToPng("<p>no figure</p>")).toThrow("the text is no SVG that can be drawn");
    expect(() => svgToPng("")).toThrow("the text is no SVG that can be drawn");
    expect(() => svgToPng(figure(""), { scale: 0 })).toThrow("svgToPng: scale is 0");
    expect(() => svgToPng(figure(""), { width: Number.NaN })).toThrow("svgToPng: width is NaN");
    expect(() => svgToPng(figure(""), { scale: 1000 })).toThrow("million pixels");
  });

  it("is behind an entry of its own: nothing that browsers import leads to the native module", () => {
    const entry = fileURLToPath(new URL("../../packages/plot/src/index.ts", import.meta.url));
    const seen = new Set<string>();
    const outside = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const [, from] of readFileSync(file, "utf8").matchAll(/(?:from|import) "([^"]+)"/gu)) {
        if (from!.startsWith(".")) visit(join(dirname(file), from!));
        else outside.add(from!);
      }
    };
    visit(entry);
    expect(seen.size).toBeGreaterThan(30);
    expect(outside).toContain("@observablehq/plot");
    expect([...outside].filter((name) => /resvg|dejavu|^node:/u.test(name))).toEqual([]);
  });
});
