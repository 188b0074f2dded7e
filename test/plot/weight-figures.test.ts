import { weightEvolution, weightMatrix } from "@neuroweave/plot";
import type { WeightMatrixOptions } from "@neuroweave/plot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAxes } from "./read-axes.ts";
import { byClass, byName, findAll, linesOf, readMarkup, strokesOf } from "./read-markup.ts";
import type { MarkupNode, Point } from "./read-markup.ts";

const draw = (options: Omit<WeightMatrixOptions, "title">) =>
  readMarkup(weightMatrix({ title: "Weights", ...options }));
const textsOf = (svg: MarkupNode) => findAll(svg, byName("text")).map(({ text }) => text);

interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly fill: string;
}

function cellsOf(svg: MarkupNode): Rectangle[] {
  return findAll(svg, byClass("nw-cells"))[0]!.children.flatMap(({ attributes }) =>
    strokesOf(attributes.get("d")!).map((points) => ({ ...boxAround(points), fill: attributes.get("fill")! })),
  );
}

function boxAround(points: readonly Point[]) {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** The color of the cell over a place; nothing where there is paper. */
const colorAt = (cells: readonly Rectangle[], x: number, y: number): string | undefined =>
  cells.find((cell) => x >= cell.left && x <= cell.right && y >= cell.top && y <= cell.bottom)?.fill;

/** The color that the bar shows at a value between `low` and `high`. */
function barColors(svg: MarkupNode): string[] {
  return findAll(svg, byClass("nw-color-bar"))[0]!.children.map(({ attributes }) => attributes.get("fill")!);
}
function colorOnBar(colors: readonly string[], value: number, low: number, high: number): string {
  return colors[Math.min(colors.length - 1, Math.floor(((value - low) / (high - low)) * colors.length))]!;
}

const channels = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
const linear = (color: string) => channels(color).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
const luminance = (color: string) =>
  [0.2126, 0.7152, 0.0722].reduce((sum, part, k) => sum + part * linear(color)[k]!, 0);

describe("a weight matrix", () => {
  const shape = [7, 5] as const;
  const weight = fc.integer({ min: -8, max: 8 }).map((k) => k / 4);
  const synapses = fc.uniqueArray(
    fc.record({ source: fc.nat({ max: 6 }), target: fc.nat({ max: 4 }), value: weight }),
    { selector: ({ source, target }) => source * 5 + target, maxLength: 35 },
  );

  it("colors every synapse as its color bar says, and no pair without one", () => {
    fc.assert(
      fc.property(synapses, fc.boolean(), (list, dense) => {
        const values = Array.from({ length: 35 }, () => 0);
        const present = Array.from({ length: 35 }, () => false);
        for (const { source, target, value } of list) {
          values[source * 5 + target] = value;
          present[source * 5 + target] = true;
        }
        const sparse = {
          sources: list.map(({ source }) => source),
          targets: list.map(({ target }) => target),
          values: list.map(({ value }) => value),
        };
        const svg = draw({ weights: dense ? { values, present } : sparse, shape, domain: [-2, 2] });
        const { x, y } = readAxes(svg);
        const cells = cellsOf(svg);
        const colors = barColors(svg);
        for (let source = 0; source < 7; source++)
          for (let target = 0; target < 5; target++) {
            const k = source * 5 + target;
            const expected = present[k] ? colorOnBar(colors, values[k]!, -2, 2) : undefined;
            expect(colorAt(cells, x(source), y(target)), `${source} → ${target}`).toBe(expected);
          }
      }),
      { numRuns: 40 },
    );
  });

  it("crosses out weights that are not finite, and tells them from pairs without a synapse", () => {
    const svg = draw({
      weights: { sources: [0, 1, 2], targets: [0, 1, 2], values: [1, Number.NaN, Number.POSITIVE_INFINITY] },
      shape: [4, 4],
    });
    const { x, y } = readAxes(svg);
    const [crosses] = findAll(svg, byClass("nw-broken"));
    const boxes = strokesOf(crosses!.attributes.get("d")!).map(boxAround);
    const middles = boxes.map(({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2]);
    for (const k of [1, 2])
      expect(middles.filter(([atX, atY]) => Math.hypot(atX! - x(k), atY! - y(k)) < 0.2)).toHaveLength(2);
    expect(middles).toHaveLength(4);
    expect(textsOf(svg)).toContain("paper: no synapse · crossed out: weight not finite (2)");
  });

  it("gives large matrices as means of cells, in a file of bounded size", () => {
    const n = 1000;
    const values = Float32Array.from({ length: n * n }, (_, k) => (k < (n * n) / 2 ? 1 : -1) * ((k % 2) + 0.5));
    const text = weightMatrix({ title: "Weights", weights: { values }, shape: [n, n], domain: [-1, 1] });
    expect(text.length).toBeLessThan(500_000);
    const svg = readMarkup(text);
    const { x, y } = readAxes(svg);
    const cells = cellsOf(svg);
    // Each cell holds as many weights of 0.5 as of 1.5.
    const colors = barColors(svg);
    for (const target of [10, 500, 990]) {
      expect(colorAt(cells, x(100), y(target))).toBe(colors.at(-1));
      expect(colorAt(cells, x(900), y(target))).toBe(colors[0]);
    }
    expect(textsOf(svg)).toContain("cells: means of several synapses");
  });

  it("has a scale that darkens with strength, and whose signs a color-blind reader tells apart", () => {
    const colors = barColors(draw({ weights: { values: [-1, 1] }, shape: [2, 1] }));
    const middle = (colors.length - 1) / 2;
    expect(Number.isInteger(middle)).toBe(true);
    for (let k = 1; k <= middle; k++) {
      expect(luminance(colors[middle + k]!)).toBeLessThan(luminance(colors[middle + k - 1]!));
      expect(luminance(colors[middle - k]!)).toBeLessThan(luminance(colors[middle - k + 1]!));
    }
    // Dichromats of the red-green kinds see yellow against blue (Viénot, Brettel and Mollon 1999): the mean of the
    // red and green cones' answers against that of the blue ones.
    const yellowness = (color: string): number => {
      const [red, green, blue] = linear(color) as [number, number, number];
      return Math.cbrt(0.7152 * green + 0.2126 * red) - Math.cbrt(blue);
    };
    for (let k = 5; k <= middle; k++)
      expect(yellowness(colors[middle + k]!) - yellowness(colors[middle - k]!)).toBeGreaterThan(0.2);
    // Neither end fades into the light or the dark paper.
    for (const color of colors) {
      expect((1 + 0.05) / (luminance(color) + 0.05)).toBeGreaterThan(1.3);
      expect((luminance(color) + 0.05) / (luminance("#15181c") + 0.05)).toBeGreaterThan(1.7);
    }
  });

  it("says so where there is no synapse, and refuses what does not fit", () => {
    const none = { sources: [], targets: [], values: [] };
    expect(textsOf(draw({ weights: none, shape }))).toContain("no synapses");
    expect(() => draw({ weights: { ...none, values: [1] }, shape })).toThrow("0 sources, 0 targets and 1 weights");
    expect(() => draw({ weights: { sources: [7], targets: [0], values: [1] }, shape })).toThrow(
      "the source of synapse 0 is 7, and there are 7 sources",
    );
    expect(() => draw({ weights: { values: [1, 2] }, shape })).toThrow("2 weights for 7 sources and 5 targets");
    expect(() => draw({ weights: none, shape: [0, 5] })).toThrow("0 is not a number of neurons");
    expect(() => draw({ weights: none, shape, domain: [1, 1] })).toThrow("the color scale runs from 1 to 1");
  });
});

describe("weights over time", () => {
  const n = 40;
  const steps = 30;
  const times = Array.from({ length: steps }, (_, k) => k * 100);
  const values = Float64Array.from({ length: steps * n }, (_, k) => {
    const [step, synapse] = [Math.floor(k / n), k % n];
    return 0.5 + ((((synapse * 13) % n) / n - 0.5) * step) / steps;
  });
  const at = (step: number) => values.slice(step * n, (step + 1) * n).sort();

  /** Linear interpolation between order statistics, as most software does by default. */
  const quantile = (sorted: Float64Array, q: number): number => {
    const place = q * (sorted.length - 1);
    const low = Math.floor(place);
    return sorted[low]! * (1 - place + low) + sorted[Math.min(sorted.length - 1, low + 1)]! * (place - low);
  };

  it("shows median and bands at their quantiles, and single synapses at their values", () => {
    const svg = readMarkup(
      weightEvolution({ title: "Weights", times, values, trajectories: [{ label: "synapse 7", index: 7 }] }),
    );
    const { x, y } = readAxes(svg);
    const median = strokesOf(linesOf(svg, 0)[0]!)[0]!;
    const single = strokesOf(linesOf(svg, 1)[0]!)[0]!;
    const bands = findAll(svg, byClass("nw-fill-0"))
      .filter(({ name }) => name === "path")
      .map(({ attributes }) => [...attributes.get("d")!.matchAll(/([\d.]+),([\d.]+)/gu)].map((m) => Number(m[2])));
    expect(bands).toHaveLength(3);
    times.forEach((time, k) => {
      expect(Math.abs(median[k]!.x - x(time))).toBeLessThan(0.12);
      expect(Math.abs(median[k]!.y - y(quantile(at(k), 0.5)))).toBeLessThan(0.12);
      expect(Math.abs(single[k]!.y - y(values[k * n + 7]!))).toBeLessThan(0.12);
      [0, 0.05, 0.25].forEach((q, band) => {
        expect(Math.abs(bands[band]![k]! - y(quantile(at(k), 1 - q)))).toBeLessThan(0.12);
        expect(Math.abs(bands[band]!.at(-1 - k)! - y(quantile(at(k), q)))).toBeLessThan(0.12);
      });
    });
  });

  it("shows histograms as columns: color where there are weights, paper where there are none", () => {
    const svg = readMarkup(weightEvolution({ title: "Weights", times, values, show: "density", yDomain: [0, 1] }));
    const { x, y } = readAxes(svg);
    const cells = cellsOf(svg);
    for (const step of [0, 10, 29]) {
      const middle = x(times[step]! + 50);
      for (const weight of at(step)) expect(colorAt(cells, middle, y(weight))).toBeDefined();
      expect(colorAt(cells, middle, y(at(step)[0]! - 0.05))).toBeUndefined();
      expect(colorAt(cells, middle, y(at(step).at(-1)! + 0.05))).toBeUndefined();
    }
  });

  it("takes neighboring times together where there are many, in a file of bounded size", () => {
    const many = Float64Array.from({ length: 20_000 }, (_, k) => k);
    const drift = Float64Array.from({ length: 20_000 * 10 }, (_, k) => Math.floor(k / 10) / 20_000 + (k % 10) / 100);
    for (const show of ["bands", "density"] as const) {
      const text = weightEvolution({ title: "Weights", times: many, values: drift, show });
      expect(text.length).toBeLessThan(150_000);
    }
  });

  it("counts weights that are not finite, says so where there is none, and refuses what does not fit", () => {
    const broken = weightEvolution({ title: "", times: [0, 1], values: [1, Number.NaN, 2, 3] });
    expect(textsOf(readMarkup(broken))).toContain("left out: 1 not finite");
    expect(textsOf(readMarkup(weightEvolution({ title: "", times: [], values: [] })))).toContain("no weights");
    expect(() => weightEvolution({ title: "", times: [0, 1], values: [1, 2, 3] })).toThrow("3 weights for 2 times");
    expect(() => weightEvolution({ title: "", times: [1, 0], values: [1, 2] })).toThrow("time 1 of the weights is 0");
    const trajectories = [{ label: "one", index: 3 }];
    expect(() => weightEvolution({ title: "", times: [0], values: [1], trajectories })).toThrow(
      'the trajectory "one" is of synapse 3, and there are 1',
    );
  });
});
