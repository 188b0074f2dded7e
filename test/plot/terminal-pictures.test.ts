import {
  graphOf,
  spectrum,
  terminalConnectivityGraph,
  terminalCorrelogram,
  terminalPhasePlane,
  terminalSchedule,
  terminalSpectrum,
  terminalWeightEvolution,
} from "@neuroweave/plot";
import type { TextPlotOptions } from "@neuroweave/plot";
import fc from "fast-check";
import { COBACell, createNetwork, fixedProbability, PairSTDP, Recorder, WeightBounds } from "neuroweave";
import { describe, expect, it } from "vitest";

const net = createNetwork({ dt: 0.1, seed: 2 });
const cells = net.population("cells", 50, [COBACell(), Recorder({ variables: ["v"], every: 0.1 })]);
const others = net.population("others", 1, [COBACell()]);
net.projection("learning", { source: cells.slice(0, 20), target: others, connect: fixedProbability(0.2), receptor: "g_exc", weight: 1, behaviors: [PairSTDP(), WeightBounds({ min: 0, max: 2 })] }); // prettier-ignore
net.projection("off", { source: others, target: cells, connect: fixedProbability(0.2), receptor: "g_inh", weight: 1 }).disable(); // prettier-ignore
const plan = net.explain();

/** dx/dt = −x, dy/dt = −2 y + 1 on a grid: nullclines x = 0 and y = 1/2, a stable node where they cross. */
const axis = Array.from({ length: 41 }, (_, k) => -2 + k / 10);
const field = {
  x: { name: "x", unit: "mV", values: axis },
  y: { name: "y", values: axis },
  dx: axis.flatMap(() => axis.map((x) => -x)),
  dy: axis.flatMap((y) => axis.map(() => -2 * y + 1)),
};

/** The characters inside the axes, row by row. */
function inside(plot: string): string[][] {
  const lines = plot.split("\n").slice(0, -3);
  const margin = lines[0]!.search(/[┤│+|]/u) + 1;
  const columns = [...plot.split("\n").at(-3)!].length - margin;
  return lines.map((line) => [...line.slice(margin).padEnd(columns)]);
}

const values = fc.array(fc.oneof(fc.integer({ min: -99, max: 9999 }), fc.constant(Number.NaN)), { maxLength: 60 });
type Draw = (values: readonly number[], label: string, options: TextPlotOptions) => string;
const plots: readonly (readonly [string, Draw])[] = [
  ["a spectrum", (power, label, options) => terminalSpectrum([{ label, frequencies: power.map((_, k) => k), power }], options)],
  ["a correlogram", (counts, label, options) => terminalCorrelogram([{ label, lags: counts.map((_, k) => k), values: counts }], { ...options, expected: 3 })],
  ["the evolution of weights", (weights, _, options) => terminalWeightEvolution({ times: weights.map((_, k) => k), values: [...weights, ...weights] }, options)],
  ["a phase plane", (path, label, options) => terminalPhasePlane({ ...options, field, trajectories: [{ label, x: path, y: path, breaks: [1] }] })],
]; // prettier-ignore

describe.each(plots)("%s in the terminal", (_, draw) => {
  it("fills its height, never exceeds its width, and is ASCII where there is no Unicode", () => {
    fc.assert(
      fc.property(
        values,
        fc.string({ unit: "grapheme-ascii", maxLength: 60 }),
        fc.integer({ min: 40, max: 160 }),
        fc.integer({ min: 6, max: 30 }),
        fc.boolean(),
        fc.boolean(),
        (given, title, width, height, unicode, color) => {
          const plot = draw(given, title, { width, height, unicode, title, color: false });
          const lines = plot.split("\n");
          expect(lines).toHaveLength(height);
          for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
          if (!unicode) expect(plot).toMatch(/^[\x20-\x7E\n]*$/u);
          expect(draw(given, title, { width, height, unicode, color }).includes("\u001B")).toBe(color);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("what these plots show", () => {
  it("makes a straight line of a power law, since both axes are logarithmic", () => {
    const frequencies = Array.from({ length: 400 }, (_, k) => k);
    const power = frequencies.map((frequency) => frequency ** -2);
    const plot = terminalSpectrum([{ label: "data", frequencies, power }], { width: 70, height: 14 });
    expect(plot.split("\n").at(-1)).toBe("Power (1/Hz): ⠶ data; left out: 1 not finite or not positive");
    expect(plot.split("\n").at(-2)).toMatch(/^ +1 +399 Hz$/u);
    const rows = inside(plot);
    const columns = rows[0]!.length;
    rows.forEach((row, at) =>
      row.forEach((character, column) => {
        if (character === " ") return;
        expect(Math.abs((column + 0.5) / columns - (at + 0.5) / rows.length)).toBeLessThan(1.5 / rows.length);
      }),
    );
  });

  it("takes the same words for scales as the figure", () => {
    const series = [{ label: "a", frequencies: [0, 1, 2], power: [0, 1, 4] }];
    const linear = { xScale: "linear", yScale: "linear" } as const;
    expect(terminalSpectrum(series, linear)).not.toContain("left out");
    expect(spectrum({ title: "", series, ...linear })).not.toContain("left out");
  });

  it("lets every value of a correlogram hold around its lag, with a line at lag zero", () => {
    const lags = [-2, -1, 0, 1, 2];
    const plot = terminalCorrelogram([{ label: "a", lags, values: [0, 0, 10, 0, 0] }], { width: 84, height: 13, expected: 5 }); // prettier-ignore
    const rows = inside(plot);
    const columns = rows[0]!.length;
    const high = rows[0]!.flatMap((character, column) => (character === "o" ? [(column + 0.5) / columns] : []));
    expect(Math.min(...high)).toBeCloseTo(2 / 5, 1);
    expect(Math.max(...high)).toBeCloseTo(3 / 5, 1);
    expect(rows[3]![Math.floor(columns / 2)]).toBe("│");
    expect(rows[Math.round((rows.length - 1) / 2)]!.every((character) => "*o│".includes(character))).toBe(true);
    expect(() => terminalCorrelogram([{ label: "a", lags: [1, 0], values: [1, 1] }])).toThrow("lag 1");
  });

  it("has the median of the weights between the borders of the middle half, between the least and the greatest", () => {
    const times = Array.from({ length: 30 }, (_, k) => k * 10);
    const five = times.flatMap(() => [0, 1, 2, 3, 4]);
    const rows = inside(terminalWeightEvolution({ times, values: five }, { width: 60, height: 20 }));
    const marksAt = (part: number) => rows[Math.round((rows.length - 1) * part)]!.join("").trim();
    expect(marksAt(0)).toMatch(/^\*+$/u);
    expect(marksAt(0.25)).toMatch(/^o+$/u);
    expect(marksAt(0.5)).toMatch(/^\++$/u);
    expect(marksAt(1)).toMatch(/^\*+$/u);
  });

  it("crosses nullclines at the fixed point, names it, and points towards it from all sides", () => {
    const plot = terminalPhasePlane({ field, width: 84, height: 24, title: "" });
    const rows = inside(plot);
    const [height, width] = [rows.length, rows[0]!.length];
    expect(plot.split("\n").at(-1)).toContain("● stable node at (0, 0.5)");
    const row = rows.findIndex((characters) => characters.includes("●"));
    const column = rows[row]!.indexOf("●");
    expect(Math.abs((column + 0.5) / width - 0.5)).toBeLessThan(0.02);
    expect(Math.abs((row + 0.5) / height - 1.5 / 4)).toBeLessThan(0.03);
    const step: Readonly<Record<string, readonly [number, number]>> = { "→": [1, 0], "↗": [1, -1], "↑": [0, -1], "↖": [-1, -1], "←": [-1, 0], "↙": [-1, 1], "↓": [0, 1], "↘": [1, 1] }; // prettier-ignore
    let arrows = 0;
    rows.forEach((characters, y) =>
      characters.forEach((character, x) => {
        const along = step[character];
        if (along === undefined) return;
        arrows++;
        const towards = [(column - x) / width, (row - y) / height] as const;
        expect(along[0] * towards[0] + along[1] * towards[1]).toBeGreaterThan(0);
      }),
    );
    expect(arrows).toBeGreaterThan(50);
  });
});

describe("a network as text", () => {
  const graph = terminalConnectivityGraph(graphOf(plan), { width: 100 });
  it("has every projection below the population that it leaves, with its part, sign and number of synapses", () => {
    const [one, two] = plan.projections;
    expect(graph.split("\n")).toEqual([
      "cells, 50 neurons",
      `  → [0, 20) others  ${one!.synapses} synapses, g_exc (learning)`,
      "others, 1 neuron",
      `  ⊣ cells           ${two!.synapses} synapses, g_inh (off), switched off`,
    ]);
    expect(terminalConnectivityGraph(graphOf(plan), { unicode: false })).toMatch(/^[\x20-\x7E\n]*$/u);
    expect(terminalConnectivityGraph({ nodes: [], links: [] })).toBe("no populations");
  });

  it("has every stage of a step once, what comes later lower", () => {
    const lines = terminalSchedule(plan.stages, { width: 1000 }).split("\n");
    const at = plan.stages.map(({ entity, kind, behaviors }) => {
      const words = [entity, kind, behaviors.join(", ")].filter((word) => word !== "");
      const found = lines.flatMap((line, k) => (words.every((word) => line.includes(word)) ? [k] : []));
      expect(found.length).toBeGreaterThan(0);
      return found[0]!;
    });
    expect(lines.filter((line) => line.startsWith("  "))).toHaveLength(plan.stages.length);
    plan.stages.forEach((one, i) =>
      plan.stages.forEach((other, j) => {
        if (one.priority < other.priority) expect(at[i]).toBeLessThan(at[j]!);
      }),
    );
  });

  it("is never wider than it may be", () => {
    for (const width of [20, 40, 61])
      for (const text of [
        terminalSchedule(plan.stages, { width }),
        terminalConnectivityGraph(graphOf(plan), { width }),
      ])
        for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(width);
  });
});
