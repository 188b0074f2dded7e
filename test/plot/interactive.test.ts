import { interactiveHtml } from "@neuroweave/plot";
import type { InteractiveFigure } from "@neuroweave/plot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../model/refusals.ts";
import { byClass, byName, findAll, readMarkup } from "./read-markup.ts";

interface Packed {
  readonly type: "u8" | "u16" | "u32" | "f32" | "f64";
  readonly base64: string;
}

/** Reads packed numbers by Node's own decoder. */
const numbersIn = ({ type, base64 }: Packed): number[] => {
  const bytes = Buffer.from(base64, "base64");
  const read = {
    u8: "readUInt8",
    u16: "readUInt16LE",
    u32: "readUInt32LE",
    f32: "readFloatLE",
    f64: "readDoubleLE",
  } as const;
  const size = { u8: 1, u16: 2, u32: 4, f32: 4, f64: 8 }[type];
  return Array.from({ length: bytes.length / size }, (_, j) => bytes[read[type]](j * size));
};
const payloads = (html: string): Record<string, unknown>[] =>
  findAll(readMarkup(html), byClass("interactive")).map(
    (part) => JSON.parse(findAll(part, byName("script"))[0]!.text) as never,
  );
const pageOf = (...figures: InteractiveFigure[]): string => interactiveHtml({ title: "Page", figures });

const lines: InteractiveFigure = {
  kind: "lines",
  title: "Waves",
  times: [0, 1, 2],
  series: [{ label: "v", values: [1, 2, 3] }],
};
const spikes: InteractiveFigure = { kind: "raster", title: "Spikes", times: [3, 1, 2], ids: [0, 1, 2], n: 3 };
const matrix: InteractiveFigure = { kind: "heat map", title: "Weights", rows: 2, columns: 2, values: [0, 1, -2, 0.5] };

describe("an interactive page", () => {
  const page = readMarkup(pageOf(lines, spikes, matrix));

  it("loads nothing, and runs nothing but what it carries", () => {
    for (const { attributes, name } of findAll(page, () => true))
      for (const [key, value] of attributes) {
        expect(key).not.toMatch(/^(src|on.*|srcset|action)$/u);
        if (key === "href") expect(value).toMatch(/^#/u);
        if (name !== "svg" && name !== "math") expect(value).not.toMatch(/https?:|url\(/u);
      }
    for (const { text } of findAll(page, byName("style"))) expect(text).not.toMatch(/@import|url\(|https?:/u);
    const policy = findAll(page, byName("meta"))
      .find(({ attributes }) => attributes.has("http-equiv"))!
      .attributes.get("content")!;
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none'/u,
    );
  });

  it("names every figure and what its keys do, and says when scripts are off", () => {
    const surfaces = findAll(page, byClass("surface"));
    expect(surfaces.map(({ attributes }) => attributes.get("tabindex"))).toEqual(["0", "0", "0"]);
    for (const [j, title] of ["Waves", "Spikes", "Weights"].entries())
      expect(surfaces[j]!.attributes.get("aria-label")).toMatch(new RegExp(`^${title}\\. .*Arrow keys`, "u"));
    expect(findAll(page, byName("noscript"))).toHaveLength(3);
  });

  it("sorts spikes by time, those of one time as they were given, as sorting by comparison does", () => {
    const time = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, -0, 5e-324, -5e-324, 1e300, -1e300, 0.1, 0.30000000000000004),
      fc.integer({ min: -3, max: 300 }).map((k) => k * 0.1),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(time, fc.nat(999)), { maxLength: 600 }), fc.boolean(), (given, single) => {
        const all = given.map(([t]) => (single ? Math.fround(t) : t)).map((t) => (Number.isFinite(t) ? t : 1));
        const times = single ? Float32Array.from(all) : Float64Array.from(all);
        const ids = given.map(([, id]) => id);
        const order = ids.map((_, j) => j).sort((a, b) => times[a]! - times[b]! || a - b);
        const [payload] = payloads(pageOf({ kind: "raster", title: "Spikes", times, ids, n: 1000 }));
        const shown = { times: numbersIn(payload!.times as Packed), ids: numbersIn(payload!.ids as Packed) };
        // Signs of zeros too.
        expect(shown.times.every((t, k) => Object.is(t, times[order[k]!]))).toBe(true);
        expect(shown.ids).toEqual(order.map((j) => ids[j]));
      }),
      { seed: 31, numRuns: 150 },
    );
  });

  it("names the groups of a raster beside their colors", () => {
    const groups = [
      { label: "low", from: 0, to: 1 },
      { label: "high", from: 1, to: 3 },
    ];
    const entries = (figure: object) =>
      findAll(readMarkup(pageOf({ ...spikes, ...figure } as InteractiveFigure)), byName("li"));
    expect(entries({ groups }).map(({ text }) => text)).toEqual(["low", "high"]);
    expect(entries({ groups: groups.slice(1) })).toEqual([]);
  });

  it("carries uPlot only where there are lines", () => {
    expect(pageOf(lines)).toContain("leeoniya/uPlot");
    expect(pageOf(spikes, matrix)).not.toContain("leeoniya/uPlot");
  });

  it("carries numbers bit for bit, in no wider a type than they need", () => {
    const number = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.float(), fc.double(), fc.nat(2 ** 32 - 1));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), (values) => {
        const [payload] = payloads(pageOf({ ...matrix, rows: 1, columns: values.length, values }));
        const packed = payload!["values"] as Packed;
        const back = numbersIn(packed);
        expect(back.length).toBe(values.length);
        back.forEach((value, j) => expect(value).toBe(values[j]));
        const whole = values.every((value) => Number.isInteger(value) && value >= 0 && !Object.is(value, -0));
        if (whole && Math.max(...values) < 256) expect(packed.type).toBe("u8");
      }),
    );
  });

  it("sorts spikes by time and keeps each with its neuron", () => {
    const spike = fc.tuple(fc.double({ min: 0, max: 1e3, noNaN: true }), fc.nat(9));
    fc.assert(
      fc.property(fc.array(spike, { maxLength: 60 }), (list) => {
        const figure = {
          ...spikes,
          times: list.map(([time]) => time),
          ids: list.map(([, id]) => id),
          n: 10,
        } as InteractiveFigure;
        const [payload] = payloads(pageOf(figure));
        const [times, ids] = [numbersIn(payload!["times"] as Packed), numbersIn(payload!["ids"] as Packed)];
        const sorted = [...list].sort((a, b) => a[0] - b[0]);
        expect(times).toEqual(sorted.map(([time]) => time));
        expect(ids).toEqual(sorted.map(([, id]) => id));
      }),
    );
  });

  it("takes any text for text", () => {
    const shape = (html: string): string[] => findAll(readMarkup(html), () => true).map(({ name }) => name);
    const withText = (text: string): string =>
      interactiveHtml({
        title: text,
        figures: [
          {
            ...lines,
            title: text,
            caption: text,
            xLabel: text,
            series: [{ label: text, values: [1, 2, 3] }],
          } as InteractiveFigure,
          { ...spikes, title: text, groups: [{ label: text, from: 0, to: 2 }] } as InteractiveFigure,
        ],
      });
    const harmless = shape(withText("harmless"));
    for (const text of [
      "</script><script>alert(1)</script>",
      "<!--<script>",
      `" onfocus="alert(1)`,
      "</style>",
      "\u2028'`${1}",
    ]) {
      expect(shape(withText(text))).toEqual(harmless);
      const [first] = payloads(withText(text));
      expect(first!["labels"]).toEqual([text]);
    }
  });

  it("gives the same bytes again, and refuses what cannot be drawn", async () => {
    expect(pageOf(lines, spikes, matrix)).toBe(pageOf(lines, spikes, matrix));
    const refused = (figure: object) => refusal(() => pageOf(figure as InteractiveFigure));
    expect((await refused({ ...lines, times: [0, 1] })).code).toBe("wrong-length");
    expect((await refused({ ...lines, times: [0, 2, 1] })).code).toBe("out-of-range");
    expect((await refused({ ...matrix, rows: 3 })).code).toBe("wrong-length");
    const library = { script: "</script><script>alert(1)", style: "" };
    const foreign = await refusal(() => interactiveHtml({ title: "Page", figures: [lines], library }));
    expect(foreign.code).toBe("invalid-value");
    expect((await refused({ ...spikes, ids: [0, 1, 3] })).code).toBe("out-of-range");
  });
});
