/** An error as the page shows it. */
import { NeuroweaveError } from "neuroweave";
import type { Refusal } from "../protocol.ts";

/** Message lines between the place and the remedy: the source with carets below what is meant. */
function caretOf(error: NeuroweaveError): string {
  if (error.source === undefined || error.span === undefined) return "";
  const { source, span } = error;
  const from = source.lastIndexOf("\n", span.start - 1) + 1;
  const newline = source.indexOf("\n", span.start);
  const line = source.slice(from, newline < 0 ? source.length : newline);
  const indent = line.length - line.trimStart().length;
  const width = Math.max(1, Math.min(span.end - from, line.length) - (span.start - from));
  return `${line.trimStart()}\n${" ".repeat(Math.max(0, span.start - from - indent))}${"^".repeat(width)}`;
}

/** `inFile` keeps the place in the file, which a person who edits on the page does not see. */
export function refusalOf(error: unknown, inFile: boolean): Refusal {
  if (!(error instanceof NeuroweaveError)) {
    const summary = error instanceof Error ? error.message : String(error);
    return { code: "internal", summary, behavior: "", entity: "", caret: "", remedy: "", candidates: [] };
  }
  return {
    code: error.code,
    summary: inFile ? error.summary : error.summary.replace(/^(?:populations|projections|behaviors)\S*: /u, ""),
    behavior: error.behavior ?? "",
    entity: error.entity ?? "",
    caret: caretOf(error),
    remedy: error.remedy ?? "",
    candidates: error.candidates ?? [],
  };
}
