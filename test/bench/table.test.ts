import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meets, type Row, type Section } from "../../packages/bench/src/outcome.ts";
import { spreadOf } from "../../packages/bench/src/spread.ts";
import { markdownTable, shortNumber, terminalTable } from "../../packages/bench/src/table.ts";

const fast: Row = {
  name: "wasm f64",
  time: spreadOf([0.5, 0.25, 1]),
  speedup: spreadOf([3, 6, 1.5]),
  goal: { of: "speedup", atLeast: 2.5 },
};
const slow: Row = { name: "a|b", time: spreadOf([1234]), goal: { of: "time", atMost: 150 } };
const section: Section = {
  title: "LIF",
  unit: "ns",
  reference: "plain JavaScript",
  rows: [{ name: "plain JavaScript", time: spreadOf([1.5]) }, fast, slow],
  notes: ["both spike"],
};

describe("tables", () => {
  test("for a terminal align their columns and tell what was met", () => {
    expect(terminalTable(section)).toBe(
      [
        "LIF; ns; speedup over plain JavaScript",
        "                    median  range         speedup  range        goal",
        "  plain JavaScript    1.50  1.50 – 1.50",
        "  wasm f64           0.500  0.250 – 1.00    3.00×  1.50 – 6.00  ≥ 2.5×  met",
        "  a|b                 1234  1234 – 1234                         ≤ 150   missed",
        "  both spike",
      ].join("\n"),
    );
  });

  test("leave out columns that nobody fills", () => {
    const { reference: _, ...plain } = { ...section, rows: [{ name: "import", time: spreadOf([12]) }], notes: [] };
    expect(terminalTable(plain)).toBe(
      ["LIF; ns", "          median  range", "  import    12.0  12.0 – 12.0"].join("\n"),
    );
  });

  test("name others in a column of their own where rows have some", () => {
    const { reference: _, ...plain } = { ...section, rows: [{ ...fast, against: "C: 0.4" }], notes: [] };
    expect(
      terminalTable(plain)
        .split("\n")
        .map((line) => line.trim()),
    ).toEqual([
      "LIF; ns",
      "median  range         against  speedup  range        goal",
      "wasm f64   0.500  0.250 – 1.00  C: 0.4     3.00×  1.50 – 6.00  ≥ 2.5×  met",
    ]);
  });

  test("in Markdown have as many cells in every line, and bars within a cell are escaped", () => {
    const lines = markdownTable(section).split("\n");
    const rows = lines.filter((line) => line.startsWith("|"));
    expect(rows).toHaveLength(5);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(8);
    expect(lines).toContain("| wasm f64 | 0.500 | 0.250 – 1.00 | 3.00× | 1.50 – 6.00 | ≥ 2.5× | met |");
    expect(lines).toContain("- both spike");
  });

  test("show at least three significant digits, to within half of the last", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1e7, noNaN: true }), (x) => {
        expect(Math.abs(Number(shortNumber(x)) - x)).toBeLessThanOrEqual(x * 0.005 * (1 + 1e-9));
        expect(shortNumber(x)).not.toContain("e");
      }),
    );
    expect([0, 0.0333, 0.999, 0.9996, 9.996, 117.2, 1234].map(shortNumber)).toEqual(
      ["0", "0.0333", "0.999", "1.00", "10.0", "117", "1234"], // prettier-ignore
    );
  });
});

describe("goals", () => {
  const row = (median: number, goal: Row["goal"]): Row => ({
    name: "x",
    time: spreadOf([median]),
    ...(goal ? { goal } : {}),
  });

  test("are met at the bound and missed beyond it", () => {
    expect(meets(row(1, { of: "time", atMost: 1 }))).toBe(true);
    expect(meets(row(1.01, { of: "time", atMost: 1 }))).toBe(false);
    expect(meets(row(0.94, { of: "time", atLeast: 0.95, atMost: 1.05 }))).toBe(false);
    expect(meets(row(1, { of: "time", atLeast: 0.95, atMost: 1.05 }))).toBe(true);
  });

  test("on speedups look at the speedup and not at the time", () => {
    expect(meets(fast)).toBe(true);
    expect(meets({ ...fast, time: spreadOf([0.1]), speedup: spreadOf([2]) })).toBe(false);
  });

  test("that do not exist are neither met nor missed", () => {
    expect(meets(row(1, undefined))).toBeUndefined();
  });
});
