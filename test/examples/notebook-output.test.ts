import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { growth } from "../../examples/seed-notebook/growth.ts";
import { meanField } from "../../examples/seed-notebook/mean-field.ts";
import type { NotebookResults } from "../../examples/seed-notebook/notebook.ts";
import { firingPatterns } from "../../examples/seed-notebook/patterns.ts";
import { izhikevichPatterns } from "../../examples/seed-notebook/presets.ts";
import { notebookReport } from "../../examples/seed-notebook/report.ts";
import { spikeStrip } from "../../examples/seed-notebook/spike-strip.ts";
import { notebookText } from "../../examples/seed-notebook/terminal.ts";
import { stripVTControlCharacters } from "node:util";
import { byName, findAll, readMarkup, type MarkupNode } from "../plot/read-markup.ts";

/** The notebook with few neurons: what is tested here is how results are shown. */
const shortNotebook = async (): Promise<NotebookResults> => ({
  patterns: await firingPatterns(),
  growth: await growth(),
  presets: await izhikevichPatterns(),
  meanField: await meanField(200),
});

let results: NotebookResults;
beforeAll(async () => {
  results = await shortNotebook();
});

describe("the notebook in a terminal", () => {
  const terminals = fc.record({
    width: fc.integer({ min: 40, max: 200 }),
    unicode: fc.boolean(),
    color: fc.boolean(),
    interactive: fc.boolean(),
  });

  it("fits the width, keeps to ASCII and leaves colors out where it is told to", () => {
    fc.assert(
      fc.property(terminals, (terminal) => {
        const text = notebookText(results, terminal);
        const plain = stripVTControlCharacters(text);
        for (const line of plain.split("\n")) expect([...line].length).toBeLessThanOrEqual(terminal.width);
        if (!terminal.color) expect(text).toBe(plain);
        if (!terminal.unicode) expect(plain).toMatch(/^[\n -~]*$/u);
      }),
      { numRuns: 60 },
    );
  });

  it("says the same in color and without", () => {
    const terminal = { width: 80, unicode: true, interactive: true };
    const colored = notebookText(results, { ...terminal, color: true });
    expect(colored).toContain("\u001B[");
    expect(stripVTControlCharacters(colored)).toBe(notebookText(results, { ...terminal, color: false }));
  });

  it("names every pattern with its number of spikes", () => {
    const text = notebookText(results, { width: 80, unicode: false, color: false, interactive: false });
    for (const row of ["a tonic +42 ", "d bursting +9 ", "f silent +0 ", "f delayed bursting +24 ", "g transient +1 "])
      expect(text).toMatch(new RegExp(`^${row}`, "mu"));
  });
});

describe("a spike strip", () => {
  it("shows a spike in every character that has one, and the input below", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 599 }), { maxLength: 40 }),
        fc.integer({ min: 0, max: 600 }),
        (width, moments, stop) => {
          const spikes = moments.toSorted((a, b) => a - b).map((moment) => moment + 0.5);
          const strip = spikeStrip({ spikes, from: 0, to: 600, on: (time) => time < stop }, width, false);
          const expected = Array.from({ length: width }, (_, index) => {
            const [from, to] = [(index * 600) / width, ((index + 1) * 600) / width];
            if (spikes.some((time) => time >= from && time < to)) return "|";
            return (from + to) / 2 < stop ? "_" : " ";
          });
          expect(strip).toBe(expected.join(""));
        },
      ),
    );
  });

  it("has two moments in a character of Braille", () => {
    const strip = spikeStrip({ spikes: [0.5, 3.5], from: 0, to: 4, on: (time) => time > 1 && time < 3 }, 2, true);
    // Left column dots 1-3 for the spike and dot 8 for the input on the right; then dot 7 on the left and 4-6 on the right.
    expect([...strip].map((cell) => cell.codePointAt(0)! - 0x2800)).toEqual([0x07 | 0x80, 0x40 | 0x38]);
  });
});

describe("the report", () => {
  let page: MarkupNode;
  let text: string;
  beforeAll(() => {
    text = notebookReport(results);
    page = readMarkup(text);
  });

  it("is well-formed and needs nothing from elsewhere", () => {
    const loading = findAll(
      page,
      ({ attributes }) => attributes.has("src") || /^https?:/u.test(attributes.get("href") ?? ""),
    );
    expect(loading).toEqual([]);
    expect(findAll(page, byName("script"))).toEqual([]);
    expect(text).not.toMatch(/url\(|@import/u);
  });

  it("has the figures, tables and equations of all four experiments", () => {
    expect(findAll(page, byName("h2"))).toHaveLength(8);
    expect(findAll(page, byName("figure"))).toHaveLength(7);
    expect(findAll(page, byName("table"))).toHaveLength(5);
    expect(findAll(page, byName("math"))).toHaveLength(7);
  });

  it("gives the reason of every verdict and the origin of every term", () => {
    const cells = new Set(findAll(page, byName("td")).map((cell) => cell.text));
    for (const { verdict } of [...results.patterns.notebook, ...results.patterns.paper])
      expect(cells).toContain(verdict.reason);
    for (const { terms } of results.growth.models[2]!.dynamics)
      for (const { text: term, behavior } of terms) {
        expect(cells).toContain(term);
        expect(cells).toContain(behavior);
      }
  });

  it("is the same, byte for byte, when everything is run again", async () => {
    expect(notebookReport(await shortNotebook())).toBe(text);
  });
});
