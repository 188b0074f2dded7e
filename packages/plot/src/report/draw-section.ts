import { NeuroweaveError } from "@neuroweave/equations";
import { drawInteractive, whatIsIn } from "../interactive/interactive-markup.ts";
import { escapeText } from "../markup.ts";
import { latexToMathML } from "./latex.ts";
import { drawTable } from "./report-table.ts";
import type { ReportEquation, ReportFigure, ReportSection } from "./report-section.ts";
import { scrollable } from "./scrollable.ts";

/** Running numbers of a page. */
export interface RunningNumbers {
  figure: number;
  table: number;
}

/** A section as HTML: heading, paragraphs, equations, tables, figures, code, then the sections below it. */
export function drawSection(section: ReportSection, id: string, numbers: RunningNumbers, level: 2 | 3 = 2): string {
  const { heading, paragraphs = [], equations = [], table, tables = [], figures = [], code, parts = [] } = section;
  const { interactive = [] } = section;
  return [
    `<section aria-labelledby="${id}">`,
    `<h${level} id="${id}">${escapeText(heading)}</h${level}>`,
    ...paragraphs.map((text) => `<p>${escapeText(text)}</p>`),
    ...drawEquations(equations.map((each) => (typeof each === "string" ? { latex: each } : each))),
    ...[...(table === undefined ? [] : [table]), ...tables].map((each) => drawTable(each, ++numbers.table)),
    ...figures.map((figure) => drawFigure(figure, numbers)),
    ...interactive.map((figure) => {
      const name = `Figure ${++numbers.figure}`;
      const caption = `<figcaption><b>${name}.</b> ${escapeText(figure.caption ?? whatIsIn(figure))}</figcaption>`;
      return `<figure>${drawInteractive(figure, heading)}${caption}</figure>`;
    }),
    ...(code === undefined ? [] : [`<pre class="scroll" tabindex="0"><code>${escapeText(code)}</code></pre>`]),
    ...parts.map((part, index) => drawSection(part, `${id}-${index + 1}`, numbers, 3)),
    "</section>",
  ].join("\n");
}

function drawEquations(equations: readonly ReportEquation[]): string[] {
  return equations.map(({ latex, text = "", label, origins = [] }, index) => {
    const said = label === undefined || label === equations[index - 1]?.label;
    const above = said ? "" : `<p class="equation-label">${escapeText(label)}</p>`;
    const content = latex === undefined ? `<code>${escapeText(text)}</code>` : latexToMathML(latex);
    const below = origins.map(
      (origin) => `<div><dt><code>${escapeText(origin.text)}</code></dt><dd>${escapeText(origin.from)}</dd></div>`,
    );
    const list =
      below.length === 0 ? "" : `<dl class="origins" aria-label="Where its terms come from">${below.join("")}</dl>`;
    return above + scrollable("equation", "Equation", content) + list;
  });
}

function drawFigure({ svg, caption }: ReportFigure, numbers: RunningNumbers): string {
  const markup = svg.trim();
  if (!/^<svg[\s>]/u.test(markup) || !markup.endsWith("</svg>")) {
    throw new NeuroweaveError("invalid-value", `the figure ${JSON.stringify(caption)} is no <svg> element`, {
      remedy: "pass the string that traces, raster, lines, compare or smallMultiples returned",
    });
  }
  numbers.figure++;
  const name = `Figure ${numbers.figure}`;
  const text = `<figcaption><b>${name}.</b> ${escapeText(caption)}</figcaption>`;
  return `<figure>${scrollable(isWide(markup) ? "wide" : "", name, markup)}${text}</figure>`;
}

/** Figures broader than the page keep their size, so that their text can be read, and scroll. */
function isWide(svg: string): boolean {
  const width = /^<svg[^>]*\swidth="([\d.]+)"/u.exec(svg)?.[1];
  return Number(width ?? 0) > 960;
}
