import {
  terminalCapabilities,
  terminalFiCurve,
  terminalHistogram,
  terminalRate,
  terminalStdpWindow,
  terminalWeightMatrix,
} from "@neuroweave/plot";
import type { TextPlotOptions } from "@neuroweave/plot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const printableAscii = /^[\x20-\x7E\n]*$/u;
const controls = /(?!\n)[\p{Cc}\u202E]/u;
const withoutColors = (text: string) =>
  text.split("\u001B").map((part, k) => (k === 0 ? part : part.replace(/^\[\d+m/u, "")));
const numbers = fc.array(
  fc.oneof(
    fc.integer({ min: -99, max: 99 }),
    fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((k) => k / 1000),
    fc.constant(Number.NaN),
  ),
  { maxLength: 60 },
);

type Draw = (values: readonly number[], label: string, options: TextPlotOptions) => string;

const plots: readonly (readonly [string, Draw])[] = [
  [
    "a rate",
    (values, label, options) => {
      const times = values.map((_, k) => k);
      const other = { label, times, rate: values.toReversed() };
      return terminalRate([{ label, times, rate: values }, other], options);
    },
  ],
  ["a histogram", (values, _, options) => terminalHistogram(values, options)],
  [
    "an STDP window",
    (values, label, options) =>
      terminalStdpWindow(
        {
          rules: [{ label, dt: values.toSorted((a, b) => a - b), dw: values }],
          points: [{ label, dt: values, dw: values }],
        },
        options,
      ),
  ],
  [
    "an f–I curve",
    (values, label, options) => {
      const currents = values.map((_, k) => k);
      return terminalFiCurve([{ label, currents, rate: values }], {
        ...options,
        theory: [{ label, currents, rate: values }],
      });
    },
  ],
  [
    "a weight matrix",
    (values, _, options) =>
      terminalWeightMatrix(
        { sources: values.map((_, k) => k % 7), targets: values.map((_, k) => k % 5), values },
        [7, 5],
        options,
      ),
  ],
];

describe.each(plots)("%s in the terminal", (_, draw) => {
  it("fills its height, and never exceeds its width, in any terminal down to 40 columns", () => {
    fc.assert(
      fc.property(
        numbers,
        fc.string({ unit: "grapheme-ascii", maxLength: 80 }),
        fc.integer({ min: 40, max: 200 }),
        fc.integer({ min: 6, max: 40 }),
        fc.boolean(),
        (values, text, width, height, unicode) => {
          const lines = draw(values, text, { width, height, unicode, title: text }).split("\n");
          expect(lines).toHaveLength(height);
          for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it("is plain text where NO_COLOR is set, ASCII where the terminal has no Unicode, and colored only on request", () => {
    const values = [1, -2, 3, -1, 0, 2, Number.NaN];
    const tty = { isTTY: true, columns: 60 };
    const dumb = terminalCapabilities(tty, { NO_COLOR: "1", TERM: "linux", LANG: "en_US.UTF-8" });
    expect(draw(values, "plain", dumb)).toMatch(printableAscii);
    const rich = terminalCapabilities(tty, { LANG: "en_US.UTF-8" });
    expect(draw(values, "rich", rich)).toContain("\u001B[");
    const pipe = terminalCapabilities({}, { LANG: "en_US.UTF-8" });
    expect(draw(values, "pipe", pipe)).not.toContain("\u001B");
  });

  it("says the same with color as without, marks aside", () => {
    const values = [1, 5, 2, 8];
    const words = (text: string) =>
      withoutColors(text)
        .join("")
        .match(/(?!o+\b)[A-Za-z0-9.]{2,}/gu);
    expect(words(draw(values, "curve", { color: true }))).toEqual(words(draw(values, "curve", { color: false })));
  });

  it("takes escape sequences out of labels, and refuses a size in which nothing can be read", () => {
    expect(draw([1, 2], "a\u001B]0;b\u0007\u202Ec", { width: 60 })).not.toMatch(controls);
    expect(() => draw([1, 2], "x", { width: 10 })).toThrow("cannot be read");
  });
});

/** The characters inside the axes of a plot without a title, row by row. */
function inside(plot: string): string[][] {
  const lines = plot.split("\n").slice(0, -3);
  const margin = lines[0]!.search(/[┤│+|]/u) + 1;
  const columns = [...plot.split("\n").at(-3)!].length - margin;
  return lines.map((line) => [...line.slice(margin).padEnd(columns)]);
}

describe("what the plots in the terminal show", () => {
  it("puts the higher of two rates above the lower, each in a character of its own without color", () => {
    const times = [0, 1, 2, 3];
    const plot = terminalRate(
      [
        { label: "low", times, rate: [10, 10, 10, 10] },
        { label: "high", times, rate: [20, 20, 20, 20] },
      ],
      { width: 60, height: 14 },
    );
    const rows = inside(plot);
    const rowOf = (mark: string) => rows.findIndex((row) => row.every((character) => character === mark));
    expect(rowOf("o")).toBe(0);
    expect(rowOf("*")).toBe(Math.round((rows.length - 1) / 2));
    expect(plot.split("\n").at(-1)).toBe("Rate (Hz): * low o high");
    expect(plot.split("\n")[0]).toMatch(/^20 ┤/u);
  });

  it("makes bars of a histogram as high as their counts, to an eighth of a line", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 12 }), (counts) => {
        fc.pre(counts.some((count) => count > 0));
        const values = counts.flatMap((count, bin) => Array.from({ length: count }, () => bin + 0.5));
        const bins = Array.from({ length: counts.length + 1 }, (_, j) => j);
        const rows = inside(terminalHistogram(values, { bins, width: 70, height: 12 }));
        const highest = Math.max(...counts);
        const columns = rows[0]!.length;
        for (let column = 0; column < columns; column++) {
          const count = counts[Math.floor((column * counts.length) / columns)]!;
          const eighths = rows.reduce((sum, row) => sum + " ▁▂▃▄▅▆▇█".indexOf(row[column]!), 0);
          expect(Math.abs(eighths - (count / highest) * rows.length * 8)).toBeLessThanOrEqual(
            0.5 + (count > 0 ? 0.5 : 0),
          );
        }
      }),
      { numRuns: 50 },
    );
    expect(terminalHistogram([])).toContain("no values");
    expect(terminalHistogram([1, 2, Number.NaN])).toContain("2 values, 2 bins, 1 left out");
  });

  it("has zero lines in an STDP window, and no line between its two branches", () => {
    const dt = Array.from({ length: 201 }, (_, k) => k - 100);
    const dw = dt.map((t) => (t < 0 ? -Math.exp(t / 20) : Math.exp(-t / 20)));
    const rows = inside(terminalStdpWindow({ rules: [{ label: "rule", dt, dw }] }, { width: 61, height: 15 }));
    const columns = rows[0]!.length;
    const upright = rows.filter((row) => row[Math.floor(columns / 2)] === "│");
    expect(upright.length).toBeGreaterThan(rows.length / 2);
    const across = rows.find((row) => row.filter((character) => character === "─").length > 10);
    expect(across).toBeDefined();
    const middle = rows.indexOf(across!);
    const isCurve = (character: string) => !" ─│".includes(character);
    rows.forEach((row, k) => {
      const left = row.slice(0, Math.floor(columns / 2) - 1).some(isCurve);
      const right = row.slice(Math.floor(columns / 2) + 2).some(isCurve);
      if (k < middle) expect([left, right]).toEqual([false, expect.any(Boolean)]);
      if (k > middle) expect([left, right]).toEqual([expect.any(Boolean), false]);
    });
  });

  it("shows the sign of every weight, what is not finite, and blanks where there is no synapse", () => {
    const cells = fc.array(fc.constantFrom(-4, -1, 0, 1, 4, Number.NaN, undefined), { minLength: 54, maxLength: 54 });
    fc.assert(
      fc.property(cells, fc.boolean(), (weights, unicode) => {
        fc.pre(weights.some((weight) => weight !== undefined));
        const listed = weights.flatMap((weight, k) => (weight === undefined ? [] : [{ k, weight }]));
        const plot = terminalWeightMatrix(
          {
            sources: listed.map(({ k }) => Math.floor(k / 6)),
            targets: listed.map(({ k }) => k % 6),
            values: listed.map(({ weight }) => weight),
          },
          [9, 6],
          { width: 39, height: 9, unicode },
        );
        const rows = inside(plot);
        expect([rows.length, rows[0]!.length]).toEqual([6, 36]);
        const [positive, negative, zero, broken] = unicode ? ["░▒▓█", "⠂⠆⠶⣿", "·", "×"] : ["+*%#", "-~=@", ".", "!"];
        weights.forEach((weight, k) => {
          const [source, target] = [Math.floor(k / 6), k % 6];
          for (let column = source * 4; column < source * 4 + 4; column++) {
            const character = rows[5 - target]![column]!;
            if (weight === undefined) expect(character).toBe(" ");
            else if (Number.isNaN(weight)) expect(character).toBe(broken);
            else if (weight === 0) expect(character).toBe(zero);
            else expect(weight > 0 ? positive : negative).toContain(character);
            if (weight === 4) expect(character).toBe(positive![3]);
          }
        });
      }),
      { numRuns: 50 },
    );
  });

  it("puts measured points of an f–I curve over the line of theory", () => {
    const currents = Array.from({ length: 50 }, (_, k) => k * 10);
    const plot = terminalFiCurve([{ label: "data", currents: [0, 490], rate: [0, 49] }], {
      theory: [{ label: "theory", currents, rate: currents.map((current) => current / 10) }],
      width: 60,
      height: 14,
      color: false,
      currentUnit: "nA",
    });
    const rows = inside(plot);
    expect(rows.at(-1)![0]).toBe("o");
    expect(rows.flat().filter((character) => character === "o")).toHaveLength(2);
    expect(rows.flat().filter((character) => character === "*").length).toBeGreaterThan(40);
    expect(plot).toContain("490 nA");
  });

  it("refuses lists that do not fit, and says so where there is nothing to show", () => {
    expect(() => terminalRate([{ label: "a", times: [1], rate: [] }])).toThrow('the rate "a" has 1 times and 0 rates');
    expect(terminalRate([])).toContain("Rate (Hz): no rates");
    expect(terminalStdpWindow({})).toContain("no pairs");
    expect(terminalWeightMatrix({ sources: [], targets: [], values: [] }, [3, 3])).toContain("no synapses");
    expect(() => terminalWeightMatrix({ values: [1] }, [3, 3])).toThrow("1 weights for 3 sources and 3 targets");
  });
});
