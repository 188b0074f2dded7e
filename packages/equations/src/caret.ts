import type { Span } from "./expression.ts";

/** Characters of a source line that a message shows at most; longer lines are cut around the span. */
const shownWidth = 100;

/**
 * The line of `source` in which `span` begins, and under it carets below the span, indented by `indent`. A source of
 * several lines is introduced by its line number. A span that runs over several lines is underlined to the end of
 * the first; an empty span gets one caret. Offsets outside the source are clamped into it.
 */
export function drawCaret(source: string, span: Span, indent = "    "): string {
  const start = clamp(span.start, 0, source.length);
  const end = clamp(span.end, start, source.length);
  const lineStart = source.lastIndexOf("\n", start - 1) + 1;
  const newline = source.indexOf("\n", start);
  const lineEnd = newline < 0 ? source.length : newline;

  const from = Math.max(lineStart, Math.min(start - shownWidth / 2, lineEnd - shownWidth));
  const to = Math.min(lineEnd, from + shownWidth);
  const cutLeft = from > lineStart ? "…" : "";
  const cutRight = to < lineEnd ? "…" : "";

  const shown = cutLeft + source.slice(from, to).replace(/\r$/, "") + cutRight;
  // Tabs stay tabs in the padding, so that the carets line up whatever a tab's width is.
  const padding = (cutLeft + source.slice(from, start)).replace(/[^\t]/g, " ");
  const carets = "^".repeat(Math.max(1, Math.min(end, to) - start));
  const underlined = `${indent}${shown}\n${indent}${padding}${carets}`;

  if (!source.includes("\n")) return underlined;
  const lineNumber = source.slice(0, lineStart).split("\n").length;
  return `  line ${lineNumber}:\n${underlined}`;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
