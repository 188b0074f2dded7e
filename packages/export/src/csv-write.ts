/**
 * Tables as CSV (RFC 4180, lines end in "\n", UTF-8). Numbers are the shortest decimals that read back as the same double;
 * texts are always in quotes, so that a reader can tell the text "1" from the number 1. A unit stands behind the name of
 * its column: `time [ms]`.
 */
import { refusal } from "@neuroweave/equations";
import { checkTable, rowsAtATime, rowsOf, type Column, type Table } from "./table.ts";

/**
 * A table as the text of a CSV file. Loses `doc`, `metadata` and the width of numbers, not a bit of their values; the payload of NaN
 * counts for nothing. Errors: `invalid-value`, `wrong-length`, `duplicate-name` for a table that is none.
 */
export function csvOf(table: Table): string {
  return [...csvChunks(table)].join("");
}

/** The same text in pieces of at most some hundred thousand cells, for tables that should not become text all at once. */
export function* csvChunks(table: Table): Generator<string, void, undefined> {
  const rows = checkTable("csvOf", table);
  const rowsPerChunk = rowsAtATime(table, 8192, 1 << 18);
  yield `${table.columns.map(headerOf).join(",")}\n`;
  for (let from = 0; from < rows; from += rowsPerChunk) {
    const to = Math.min(rows, from + rowsPerChunk);
    const columns = table.columns.map((column) => rowsOf(column, from, to));
    let text = "";
    for (let row = 0; row < to - from; row++) {
      for (const [index, values] of columns.entries()) text += `${index > 0 ? "," : ""}${cellOf(values[row]!)}`;
      text += "\n";
    }
    yield text;
  }
}

/** A name that ends as if it had a unit is followed by empty brackets, so that reading gives the name back. */
function headerOf({ name, unit = "" }: Column): string {
  if (/[[\]]/u.test(unit))
    throw refusal("invalid-value", `csvOf: the unit ${unit} has brackets, which stand around units here`, "Use ( ).");
  const header = unit !== "" || name.endsWith("]") ? `${name} [${unit}]` : name;
  return /["\n\r,\uFEFF]|^\s|\s$/u.test(header) ? quoted(header) : header;
}

function cellOf(value: number | string): string {
  if (typeof value === "string") return quoted(value);
  return Object.is(value, -0) ? "-0" : String(value);
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
