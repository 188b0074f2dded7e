import type { InteractiveFigure } from "../interactive/interactive-figure.ts";

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

/** A displayed equation, and of which part of it came from where. */
export interface ReportEquation {
  /** LaTeX without dollar signs; or plain text, for what cannot be typeset. */
  readonly latex?: string;
  readonly text?: string;
  /** Said above it, once for neighbours that share it. */
  readonly label?: string;
  readonly origins?: readonly { readonly text: string; readonly from: string }[];
}

/** A part of a report. */
export interface ReportSection {
  readonly heading: string;
  readonly paragraphs?: readonly string[];
  /** LaTeX without dollar signs, one displayed equation each, or equations with their origins. */
  readonly equations?: readonly (string | ReportEquation)[];
  readonly table?: ReportTable;
  readonly tables?: readonly ReportTable[];
  readonly figures?: readonly ReportFigure[];
  readonly interactive?: readonly InteractiveFigure[];
  readonly code?: string;
  /** Sections below this one, without sections of their own. */
  readonly parts?: readonly ReportSection[];
}
