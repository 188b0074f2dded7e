import { htmlReport } from "../report/html-report.ts";
import type { InteractiveFigure } from "./interactive-figure.ts";
import type { ChartLibrary } from "./page-scripts.ts";

/** Title and figures of a page. */
export interface InteractiveHtmlOptions {
  readonly title: string;
  readonly subtitle?: string;
  readonly figures: readonly InteractiveFigure[];
  readonly language?: string;
  /** Texts of uPlot, where there is no file system to read it from. */
  readonly library?: ChartLibrary;
}

/**
 * Figures to zoom, move and read from as one HTML file that loads nothing: scripts, styles and numbers are inside. Works with a
 * mouse, with fingers and with keys alone, in light and dark; takes a million spikes.
 *
 * Throws `wrong-length`, `out-of-range`, `not-finite` and `invalid-n` for figures that cannot be drawn, and `not-supported`
 * outside Node unless `library` is given.
 */
export function interactiveHtml({ figures, ...words }: InteractiveHtmlOptions): string {
  return htmlReport({
    ...words,
    sections: figures.map((figure) => ({ heading: figure.title, interactive: [figure] })),
  });
}
