import { interactiveStyle } from "../interactive/interactive-markup.ts";
import { pageScripts } from "../interactive/page-scripts.ts";
import type { ChartLibrary } from "../interactive/page-scripts.ts";
import { escapeText } from "../markup.ts";
import { seriesColors } from "../palette.ts";
import { drawSection } from "./draw-section.ts";
import { reportStyle } from "./report-style.ts";
import type { ReportSection } from "./report-section.ts";

/** Title and parts of a report. */
export interface ReportOptions {
  readonly title: string;
  readonly subtitle?: string;
  readonly sections: readonly ReportSection[];
  /** Language of the text, as in the `lang` attribute; "en" by default. */
  readonly language?: string;
  /** Texts of uPlot for interactive figures, where there is no file system to read it from. */
  readonly library?: ChartLibrary;
}

/**
 * A report as one HTML file that needs nothing else: no requests, styles and figures inside. It has a table of contents,
 * follows the reader's light or dark setting, prints, and fits a phone. Within a section the order is paragraphs,
 * equations, tables, figures, code, then its parts; figures and tables are numbered through.
 *
 * All text is escaped, and a content security policy forbids the page to load anything, and to run anything unless it has
 * interactive figures: only then are there scripts. Throws `syntax` for
 * LaTeX that cannot be read, `wrong-length` for a row that does not fit its table's head, and `invalid-value` for a
 * figure that is no `<svg>` element.
 */
export function htmlReport({ title, subtitle, sections, language = "en", library }: ReportOptions): string {
  const interactive = sections.flatMap(interactiveOf);
  const page =
    interactive.length === 0
      ? null
      : pageScripts(
          interactive.some(({ kind }) => kind === "lines"),
          library,
        );
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
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${page ? "script-src 'unsafe-inline'; " : ""}style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeText(title)}</title>`,
    `<style>${page ? [seriesVariables, page.style, reportStyle, interactiveStyle].join("\n") : reportStyle}</style>`,
    "</head>",
    "<body>",
    `<header><h1>${escapeText(title)}</h1>${subtitle === undefined ? "" : `<p class="subtitle">${escapeText(subtitle)}</p>`}</header>`,
    contents.length < 2 ? "" : `<nav aria-label="Contents"><ol>${contents.join("")}</ol></nav>`,
    "<main>",
    ...parts,
    "</main>",
    ...(page?.scripts ?? []).map((script) => `<script>${script}</script>`),
    "</body>",
    "</html>",
    "",
  ]
    .filter((line, index, all) => line !== "" || index === all.length - 1)
    .join("\n");
}

const interactiveOf = ({
  interactive = [],
  parts = [],
}: ReportSection): NonNullable<ReportSection["interactive"]>[number][] => [
  ...interactive,
  ...parts.flatMap(interactiveOf),
];

/** Colors of series, for scripts to read. */
const seriesVariables = (() => {
  const all = (shade: "onLight" | "onDark"): string =>
    seriesColors.map((color, index) => `--series-${index}:${color[shade]}`).join(";");
  return `:root{${all("onLight")}}@media screen and (prefers-color-scheme:dark){:root{${all("onDark")}}}`;
})();
