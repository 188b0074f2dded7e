import { NeuroweaveError } from "@neuroweave/equations";
import { escapeText } from "../markup.ts";
import { latexToMathML } from "./latex.ts";
import { reportStyle } from "./report-style.ts";

/** A figure as this package draws it, and what the reader should see in it. */
export interface ReportFigure {
  /**
   * One `<svg>` element. It goes into the page as it is: pass figures of this package, never text of unknown origin.
   */
  readonly svg: string;
  readonly caption: string;
}

/** Cells are text; columns that hold numbers only are set flush right. */
export interface ReportTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly caption?: string;
}

/** A part of a report. */
export interface ReportSection {
  readonly heading: string;
  readonly paragraphs?: readonly string[];
  /** LaTeX without dollar signs, one displayed equation each. */
  readonly equations?: readonly string[];
  readonly table?: ReportTable;
  readonly figures?: readonly ReportFigure[];
  readonly code?: string;
}

/** Title and parts of a report. */
export interface ReportOptions {
  readonly title: string;
  readonly subtitle?: string;
  readonly sections: readonly ReportSection[];
  /** Language of the text, as in the `lang` attribute; "en" by default. */
  readonly language?: string;
}

/**
 * A report as one HTML file that needs nothing else: no scripts, no requests, styles and figures inside. It has a
 * table of contents, follows the reader's light or dark setting, prints, and fits a phone. Within a section the order
 * is paragraphs, equations, table, figures, code; figures and tables are numbered through.
 *
 * All text is escaped, and a content security policy forbids the page to run or load anything. Throws `syntax` for
 * LaTeX that cannot be read, `wrong-length` for a row that does not fit its table's head, and `invalid-value` for a
 * figure that is no `<svg>` element.
 */
export function htmlReport({ title, subtitle, sections, language = "en" }: ReportOptions): string {
  const numbers = { figure: 0, table: 0 };
  const parts = sections.map((section, index) => drawSection(section, `section-${index + 1}`, numbers));
  const contents = sections.map(
    ({ heading }, index) => `<li><a href="#section-${index + 1}">${escapeText(heading)}</a></li>`,
  );
  return [
    "<!doctype html>",
    `<html lang="${escapeText(language)}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeText(title)}</title>`,
    `<style>${reportStyle}</style>`,
    "</head>",
    "<body>",
    `<header><h1>${escapeText(title)}</h1>${subtitle === undefined ? "" : `<p class="subtitle">${escapeText(subtitle)}</p>`}</header>`,
    contents.length < 2 ? "" : `<nav aria-label="Contents"><ol>${contents.join("")}</ol></nav>`,
    "<main>",
    ...parts,
    "</main>",
    "</body>",
    "</html>",
    "",
  ]
    .filter((line, index, all) => line !== "" || index === all.length - 1)
    .join("\n");
}

interface RunningNumbers {
  figure: number;
  table: number;
}

function drawSection(section: ReportSection, id: string, numbers: RunningNumbers): string {
  const { heading, paragraphs = [], equations = [], table, figures = [], code } = section;
  return [
    `<section aria-labelledby="${id}">`,
    `<h2 id="${id}">${escapeText(heading)}</h2>`,
    ...paragraphs.map((text) => `<p>${escapeText(text)}</p>`),
    ...equations.map((latex) => scrollable("equation", "Equation", latexToMathML(latex))),
    ...(table === undefined ? [] : [drawTable(table, numbers)]),
    ...figures.map((figure) => drawFigure(figure, numbers)),
    ...(code === undefined ? [] : [`<pre class="scroll" tabindex="0"><code>${escapeText(code)}</code></pre>`]),
    "</section>",
  ].join("\n");
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
  return `<figure>${scrollable("", name, markup)}${text}</figure>`;
}

/** Columns with longer texts than this keep a width in which sentences can be read; the table scrolls instead. */
const sentenceLength = 40;

function drawTable({ head, rows, caption }: ReportTable, numbers: RunningNumbers): string {
  rows.forEach((row, index) => {
    if (row.length === head.length) return;
    throw new NeuroweaveError(
      "wrong-length",
      `row ${index} has ${row.length} cells, and the head of the table has ${head.length}`,
      {
        remedy: "give every row one cell for each column",
      },
    );
  });
  numbers.table++;
  const name = `Table ${numbers.table}`;
  const numeric = head.map((_, column) => isNumeric(rows.map((row) => row[column]!)));
  const wordy = head.map((_, column) => rows.some((row) => String(row[column]!).length > sentenceLength));
  const look = (column: number): string =>
    numeric[column] === true ? ' class="number"' : wordy[column] === true ? ' class="sentence"' : "";
  const headCells = head.map((text, column) => `<th scope="col"${look(column)}>${escapeText(text)}</th>`).join("");
  const body = rows.map(
    (row) => `<tr>${row.map((cell, column) => `<td${look(column)}>${escapeText(String(cell))}</td>`).join("")}</tr>`,
  );
  const title = caption === undefined ? "" : `<caption><b>${name}.</b> ${escapeText(caption)}</caption>`;
  const table = `<table>${title}<thead><tr>${headCells}</tr></thead><tbody>${body.join("")}</tbody></table>`;
  return scrollable("table", name, table);
}

/**
 * A box that scrolls sideways where the screen is too narrow, reachable by keyboard as WCAG asks of anything that
 * scrolls.
 */
function scrollable(kind: string, name: string, content: string): string {
  const classes = kind === "" ? "scroll" : `scroll ${kind}`;
  return `<div class="${classes}" role="group" aria-label="${escapeText(name)}" tabindex="0">${content}</div>`;
}

/** True for a column of numbers; cells that are empty or a dash say that there is none. */
function isNumeric(cells: readonly (string | number)[]): boolean {
  const filled = cells.map((cell) => String(cell).trim()).filter((text) => !["", "-", "–", "—"].includes(text));
  return (
    filled.length > 0 && filled.every((text) => /^([+\-−]?\d[\d.,\s]*(e[+-]?\d+)?\s*%?|NaN|-?Infinity)$/iu.test(text))
  );
}
