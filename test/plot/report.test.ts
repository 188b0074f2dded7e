import { htmlReport, latexToMathML, traces } from "@neuroweave/plot";
import type { ReportOptions } from "@neuroweave/plot";
import { NeuroweaveError } from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byName, findAll, readMarkup } from "./read-markup.ts";

const svg = traces({ title: "A trace", times: [0, 1, 2], series: [{ label: "v", values: [1, 2, 1] }] });

/** A report with the same text in every place that takes text. */
const reportOf = (text: string): ReportOptions => ({
  title: text,
  subtitle: text,
  language: text,
  sections: [
    {
      heading: text,
      paragraphs: [text, text],
      equations: ["\\tau \\frac{dv}{dt} = -v"],
      table: { head: [text, text], rows: [[text, "a"]], caption: text },
      figures: [{ svg, caption: text }],
      code: text,
    },
    { heading: text, figures: [{ svg, caption: text }] },
  ],
});

const shape = (html: string): string[] =>
  findAll(readMarkup(html), () => true).map(({ name, attributes }) => `${name} ${[...attributes.keys()].join(" ")}`);

describe("a report", () => {
  const page = readMarkup(htmlReport(reportOf("Words")));
  const all = (name: string) => findAll(page, byName(name));

  it("has one title, a heading for each section, and a table of contents that leads to them", () => {
    expect(all("h1").map(({ text }) => text)).toEqual(["Words"]);
    expect(all("h2")).toHaveLength(2);
    const ids = all("h2").map(({ attributes }) => attributes.get("id"));
    const links = findAll(all("nav")[0]!, byName("a")).map(({ attributes }) => attributes.get("href"));
    expect(links).toEqual(ids.map((id) => `#${id}`));
  });

  it("has no id twice, with the same figure in it twice", () => {
    const ids = findAll(page, ({ attributes }) => attributes.has("id")).map(({ attributes }) => attributes.get("id"));
    expect(new Set(ids).size).toBe(ids.length);
    expect(all("svg")).toHaveLength(2);
  });

  it("numbers figures through, and captions tables", () => {
    expect(all("figcaption").map(({ text }) => text)).toEqual(["Figure 1. Words", "Figure 2. Words"]);
    expect(all("caption").map(({ text }) => text)).toEqual(["Table 1. Words"]);
  });

  it("loads nothing and runs nothing", () => {
    expect(all("script")).toEqual([]);
    expect(all("link")).toEqual([]);
    for (const { attributes, name } of findAll(page, () => true)) {
      for (const [key, value] of attributes) {
        expect(key).not.toMatch(/^(src|on.*|srcset|action)$/u);
        if (key === "href") expect(value).toMatch(/^#/u);
        if (name !== "svg" || key !== "xmlns") expect(value).not.toMatch(/https?:|url\(/u);
      }
    }
    for (const { text } of all("style")) expect(text).not.toMatch(/@import|url\(|https?:/u);
    const policy = all("meta").find(({ attributes }) => attributes.get("http-equiv") === "Content-Security-Policy");
    expect(policy!.attributes.get("content")).toMatch(/^default-src 'none'/u);
  });

  it("takes any text for text: no title, cell, caption or code adds an element or an attribute", () => {
    const harmless = shape(htmlReport(reportOf("harmless")));
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom(
        "</title><script>alert(1)</script>",
        `" onclick="alert(1)`,
        "</code></pre><img src=x>",
        "<!--",
        "</style>",
        "&#60;script>",
      ),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        expect(shape(htmlReport(reportOf(`x${text}`)))).toEqual(harmless);
      }),
    );
  });

  it("shows text as it was written", () => {
    const text = `a < b && "c" > 'd'`;
    const shown = readMarkup(htmlReport(reportOf(text)));
    for (const name of ["h1", "h2", "p", "code", "th"]) expect(findAll(shown, byName(name))[0]!.text).toBe(text);
  });

  it("sets columns of numbers flush right, with or without gaps, and others not", () => {
    const table = {
      head: ["name", "count", "latency"],
      rows: [
        ["a", 42, "14.4"],
        ["b", 0, "–"],
      ],
    };
    const shown = readMarkup(htmlReport({ title: "T", sections: [{ heading: "H", table }] }));
    expect(findAll(shown, byName("th")).map(({ attributes }) => attributes.get("class"))).toEqual([
      undefined,
      "number",
      "number",
    ]);
  });

  it("gives the same bytes for the same input", () => {
    expect(htmlReport(reportOf("again"))).toBe(htmlReport(reportOf("again")));
  });

  it("refuses a row that does not fit its head, and a figure that is none", () => {
    const section = (part: object) => () => htmlReport({ title: "T", sections: [{ heading: "H", ...part }] });
    expect(section({ table: { head: ["a", "b"], rows: [["1"]] } })).toThrow(
      "row 0 has 1 cells, and the head of the table has 2",
    );
    expect(section({ figures: [{ svg: "<img src=x>", caption: "c" }] })).toThrow('the figure "c" is no <svg> element');
  });
});

describe("equations in LaTeX", () => {
  it("become MathML", () => {
    const math = readMarkup(latexToMathML("C \\frac{dv}{dt} = -g_L (v - E_L)"));
    expect(math.name).toBe("math");
    expect(findAll(math, byName("mfrac"))).toHaveLength(1);
    expect(findAll(math, byName("msub"))).toHaveLength(2);
    expect(math.text).toContain("C");
  });

  it.each([
    "\\frac{",
    "\\nothing",
    "\\href{javascript:alert(1)}{x}",
    "\\includegraphics{https://example.org/x.png}",
    "\\class{a}{b}",
  ])("are refused with a reason: %s", (latex) => {
    try {
      latexToMathML(latex);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(NeuroweaveError);
      expect((error as NeuroweaveError).code).toBe("syntax");
      expect((error as NeuroweaveError).summary).toMatch(/^the LaTeX ".*" cannot be read: [^\n]+$/u);
    }
  });

  it("are well-formed MathML without links or handlers, or refused, for any text", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(..."ab\\{}_^<>&\"'$#%~ 12+=", "\\frac", "\\text{", "\\exp", "\\color{red}"),
          maxLength: 30,
        }),
        (latex) => {
          let markup: string;
          try {
            markup = latexToMathML(latex);
          } catch (error) {
            expect(error).toBeInstanceOf(NeuroweaveError);
            return;
          }
          for (const { name, attributes } of findAll(readMarkup(markup), () => true)) {
            expect(name).toMatch(/^(math|semantics|annotation|m[a-z]+)$/u);
            for (const key of attributes.keys()) expect(key).not.toMatch(/^(on.*|href|src)$/u);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
