import { sparkline, terminalRaster, terminalTrace } from "@neuroweave/plot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const finite = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((k) => k / 1000),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
);
const printableAscii = /^[\x20-\x7E\n]*$/u;

/** The dots of a Braille or ASCII plot without title: `lit(x, y)` counts from the upper left dot inside the axes. */
function dotsOf(plot: string, unicode: boolean) {
  const lines = plot.split("\n").slice(0, -2);
  const margin = lines[0]!.search(unicode ? /[┤│]/u : /[+|]/u) + 1;
  const [across, down] = unicode ? [2, 4] : [1, 2];
  const rows = lines.map((line) => [...line].slice(margin));
  const bits = unicode
    ? [
        [0x01, 0x08],
        [0x02, 0x10],
        [0x04, 0x20],
        [0x40, 0x80],
      ]
    : [[1], [2]];
  const valueOf = (character: string): number =>
    unicode ? Math.max(0, character.codePointAt(0)! - 0x2800) : " '.:".indexOf(character);
  return {
    height: rows.length * down,
    lit: (x: number, y: number): boolean => {
      const character = rows[Math.floor(y / down)]?.[Math.floor(x / across)] ?? " ";
      return character !== " " && (valueOf(character) & bits[y % down]![x % across]!) !== 0;
    },
    labels: lines.map((line) => line.slice(0, margin - 1).trim()),
  };
}

describe("a sparkline", () => {
  it("runs from the lowest bar to the highest", () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe("▁▂▃▄▅▆▇█");
  });

  it("never falls where the values rise, and has one bar for each share of them", () => {
    fc.assert(
      fc.property(
        fc.array(finite, { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        (values, width, unicode) => {
          const bars = unicode ? "▁▂▃▄▅▆▇█" : "_.,-~=*#";
          const line = [
            ...sparkline(
              values.toSorted((a, b) => a - b),
              width,
              { unicode },
            ),
          ];
          expect(line).toHaveLength(Math.min(width, values.length));
          const heights = line.map((bar) => bars.indexOf(bar));
          expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
          expect(heights).toEqual(heights.toSorted((a, b) => a - b));
        },
      ),
    );
  });

  it("has bars of one height for a constant, and blanks where nothing is finite", () => {
    expect(sparkline([5, 5, 5], 3)).toBe("▄▄▄");
    expect(sparkline([0, Number.NaN, 1], 3)).toBe("▁ █");
    expect(sparkline([], 10)).toBe("");
  });
});

describe("a trace in the terminal", () => {
  it("lights the dot of every sample, by the labels of its own axis", () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 60, maxLength: 60 }), fc.boolean(), (values, unicode) => {
        const plot = terminalTrace(values, { width: 80, height: 12, unicode });
        const { lit, height, labels } = dotsOf(plot, unicode);
        const high = Number(labels[0]);
        const low = Number(labels.at(-1));
        expect(low).toBeLessThanOrEqual(Math.min(...values) + 1e-3 * Math.abs(low));
        expect(high).toBeGreaterThanOrEqual(Math.max(...values) - 1e-3 * Math.abs(high));
        const columns = plot.split("\n").at(-2)!.split(/[─-]/u).length - 1;
        const wide = columns * (unicode ? 2 : 1);
        values.forEach((value, k) => {
          const y = Math.round(((high - value) / (high - low)) * (height - 1));
          const x = Math.round((k / 59) * (wide - 1));
          const near = [y - 1, y, y + 1].some((row) => row >= 0 && row < height && lit(x, row));
          expect(near, `sample ${k} at ${x}, ${y}`).toBe(true);
        });
      }),
      { numRuns: 50 },
    );
  });

  it("never exceeds its width and height, in any terminal down to 40 columns", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(finite, fc.constant(Number.NaN)), { maxLength: 400 }),
        fc.integer({ min: 40, max: 200 }),
        fc.integer({ min: 5, max: 40 }),
        fc.boolean(),
        fc.string({ unit: "grapheme-ascii", maxLength: 300 }),
        (values, width, height, unicode, title) => {
          const lines = terminalTrace(values, { width, height, unicode, title, from: 0, to: 12_345.678 }).split("\n");
          expect(lines).toHaveLength(height);
          for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it("draws spikes as strokes up to the upper border", () => {
    const flat = Array.from({ length: 100 }, () => 0);
    const { lit } = dotsOf(
      terminalTrace(flat, { width: 40, height: 10, from: 0, to: 99, spikes: [50], unicode: false }),
      false,
    );
    const topDots = Array.from({ length: 40 }, (_, x) => lit(x, 0));
    expect(topDots.filter(Boolean)).toHaveLength(1);
  });

  it("is plain text without color, ASCII without Unicode, and colored only on request", () => {
    const values = [1, 2, 3, 2, 1];
    expect(terminalTrace(values, { unicode: false, title: "Plain" })).toMatch(printableAscii);
    expect(terminalTrace(values)).not.toContain("\u001B");
    expect(terminalTrace(values, { color: true })).toContain("\u001B[");
  });

  it("takes the escape sequences out of titles", () => {
    expect(terminalTrace([1, 2], { title: "a\u001B]0;b\u0007\u202Ec" }).split("\n")[0]).toBe("a ]0;b c");
  });

  it("refuses a size in which nothing can be read", () => {
    expect(() => terminalTrace([1], { width: 10 })).toThrow("10 columns and 14 rows cannot be read");
  });
});

describe("a raster in the terminal", () => {
  const spikeLists = fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 15 })), {
    maxLength: 100,
  });

  it("lights a dot in the row of the neuron for each spike, and no other", () => {
    fc.assert(
      fc.property(spikeLists, fc.boolean(), (spikes, unicode) => {
        const n = 16;
        const plot = terminalRaster(
          { times: spikes.map(([time]) => time), ids: spikes.map(([, id]) => id), n },
          { width: 84, height: unicode ? 6 : 10, unicode, from: 0, to: 100 },
        );
        const { lit, height } = dotsOf(plot, unicode);
        expect(height).toBe(n);
        const wide = 80 * (unicode ? 2 : 1);
        const expected = new Set(spikes.map(([time, id]) => `${Math.floor((time / 100) * wide)},${n - 1 - id}`));
        const found = new Set<string>();
        for (let y = 0; y < height; y++) for (let x = 0; x < wide; x++) if (lit(x, y)) found.add(`${x},${y}`);
        expect(found).toEqual(expected);
      }),
    );
  });

  it("keeps neurons apart where there is room for it", () => {
    const plot = terminalRaster({ times: [5, 5], ids: [0, 1], n: 2 }, { width: 40, height: 10, from: 0, to: 10 });
    const { lit, height } = dotsOf(plot, true);
    const column = Array.from({ length: 80 }, (_, x) => x).find((x) => lit(x, height - 2))!;
    const rows = Array.from({ length: height }, (_, y) => lit(column, y));
    const strokes = rows.filter((on, y) => on && rows[y - 1] !== true);
    expect(strokes).toHaveLength(2);
  });

  it("refuses spikes that do not fit the population", () => {
    expect(() => terminalRaster({ times: [1], ids: [9], n: 2 })).toThrow(
      "spike 0 belongs to neuron 9, and there are 2 neurons",
    );
    expect(() => terminalRaster({ times: [1], ids: [0], n: 2 }, { from: 3, to: 3 })).toThrow(
      "the time axis runs from 3 to 3",
    );
  });
});
