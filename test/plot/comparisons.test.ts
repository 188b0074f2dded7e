import { compare, lines, smallMultiples } from "@neuroweave/plot";
import type { Panel } from "@neuroweave/plot";
import { describe, expect, it } from "vitest";
import { byName, findAll, framesOf, linesOf, readMarkup, strokesOf } from "./read-markup.ts";

const times = [0, 10, 20, 30];
const constant = (value: number) => times.map(() => value);
const panel = (title: string, value: number): Panel => ({
  title,
  times,
  series: [{ label: "v", values: constant(value) }],
  spans: [{ from: 0, to: 40 }],
});
const textsOf = (svg: string) => findAll(readMarkup(svg), byName("text"));

describe("small multiples", () => {
  const four = [panel("a", -80), panel("b", 0), panel("c", 20), panel("d", -80)];

  it("have one scale: a value stands at the same height in every panel", () => {
    const svg = readMarkup(smallMultiples({ title: "Four", panels: four, yDomain: [-100, 50] }));
    const frames = framesOf(svg);
    expect(frames).toHaveLength(4);
    linesOf(svg, 0).forEach((d, index) => {
      const { top, bottom } = frames[index]!;
      const value = [-80, 0, 20, -80][index]!;
      expect(strokesOf(d)[0]![0]!.y).toBeCloseTo(bottom - ((value + 100) / 150) * (bottom - top), 0.9);
    });
  });

  it("fit all data of all panels when no range is given", () => {
    const svg = readMarkup(smallMultiples({ title: "Four", panels: four }));
    const frames = framesOf(svg);
    linesOf(svg, 0).forEach((d, index) => {
      const { y } = strokesOf(d)[0]![0]!;
      expect(y).toBeGreaterThan(frames[index]!.top);
      expect(y).toBeLessThan(frames[index]!.bottom);
    });
  });

  it("stand row by row in as many columns as are asked for", () => {
    const frames = framesOf(readMarkup(smallMultiples({ title: "Four", panels: four, columns: 2 })));
    expect(frames[1]!.left).toBeGreaterThan(frames[0]!.right);
    expect(frames[1]!.top).toBe(frames[0]!.top);
    expect(frames[2]!.left).toBe(frames[0]!.left);
    expect(frames[2]!.top).toBeGreaterThan(frames[0]!.bottom);
  });

  it("label times below the lowest panel of each column only", () => {
    const labels = textsOf(smallMultiples({ title: "Three", panels: four.slice(0, 3), columns: 2, xDomain: [0, 40] }));
    expect(labels.filter(({ text }) => text === "40")).toHaveLength(2);
  });

  it("put a note beside its title, or below it where both do not fit", () => {
    const noted = (note: string) => {
      const texts = textsOf(
        smallMultiples({ title: "", panels: [{ ...panel("Title", 0), note }], columns: 1, width: 300 }),
      );
      const yOf = (start: string) => Number(texts.find(({ text }) => text.startsWith(start))!.attributes.get("y"));
      return yOf(note.slice(0, 4)) - yOf("Title");
    };
    expect(noted("tonic")).toBe(0);
    expect(noted("a note that is much too long for its line")).toBeGreaterThan(10);
  });

  it("refuse columns that do not fit, and titles that are not one for each column", () => {
    expect(() => smallMultiples({ title: "", panels: four, columns: 9, width: 900 })).toThrow("9 columns do not fit");
    expect(() => smallMultiples({ title: "", panels: four, columns: 2, columnTitles: ["one"] })).toThrow(
      "1 column titles for 2 columns",
    );
  });
});

describe("curves", () => {
  const rise = { label: "rise", times: [0, 50, 100], values: [0, 5, 10] };
  const coarse = { label: "coarse", times: [0, 100], values: [4, 4] };

  it("have times of their own and one pair of axes", () => {
    const svg = readMarkup(
      lines({
        title: "Two",
        series: [rise, coarse],
        xDomain: [0, 100],
        yDomain: [0, 10],
        spans: [{ from: 0, to: 100 }],
      }),
    );
    const { left, right, top, bottom } = framesOf(svg)[0]!;
    const first = strokesOf(linesOf(svg, 0)[0]!)[0]!;
    const second = strokesOf(linesOf(svg, 1)[0]!)[0]!;
    expect(first[1]!.x).toBeCloseTo((left + right) / 2, 0.9);
    expect(first[1]!.y).toBeCloseTo((top + bottom) / 2, 0.9);
    expect(second.map(({ y }) => Math.round(bottom - 0.4 * (bottom - top) - y))).toEqual([0, 0]);
  });

  it("begin at zero where nothing is negative", () => {
    const svg = readMarkup(
      lines({ title: "High", series: [{ ...coarse, values: [100, 110] }], spans: [{ from: 0, to: 100 }] }),
    );
    const { bottom, top } = framesOf(svg)[0]!;
    const [low, high] = strokesOf(linesOf(svg, 0)[0]!)[0]!;
    expect((bottom - low!.y) / (bottom - high!.y)).toBeCloseTo(100 / 110, 1.9);
    expect(high!.y).toBeGreaterThan(top);
  });

  it("that are compared lie over one another: the expected one on top, both in the legend", () => {
    const figure = compare({ title: "Rates", expected: rise, measured: coarse });
    const svg = readMarkup(figure);
    const paths = findAll(
      svg,
      ({ name, attributes }) => name === "path" && /nw-line/u.test(attributes.get("class") ?? ""),
    );
    const drawn = paths.filter(({ attributes }) => !attributes.get("d")!.endsWith("h18"));
    expect(drawn.map(({ attributes }) => attributes.get("class"))).toEqual(["nw-line-4", "nw-line-0"]);
    expect(Number(drawn[0]!.attributes.get("stroke-width"))).toBeGreaterThan(
      Number(drawn[1]!.attributes.get("stroke-width")),
    );
    expect(textsOf(figure).map(({ text }) => text)).toEqual(expect.arrayContaining(["rise", "coarse"]));
  });

  it("are refused where values and times differ in number", () => {
    expect(() => lines({ title: "", series: [{ ...rise, values: [1] }] })).toThrow('the series "rise" has 1 values');
  });
});
