import { NeuroweaveError } from "@neuroweave/equations";
import { escapeText } from "../markup.ts";
import type { ReportTable } from "./report-section.ts";
import { scrollable } from "./scrollable.ts";

/** Columns with longer texts than this keep a width in which sentences can be read; the table scrolls instead. */
const sentenceLength = 40;

/** A table as HTML; throws `wrong-length` for a row that does not fit its head. */
export function drawTable({ head, rows, caption }: ReportTable, number: number): string {
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
  const name = `Table ${number}`;
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

/** True for a column of numbers; cells that are empty or a dash say that there is none. */
function isNumeric(cells: readonly (string | number)[]): boolean {
  const filled = cells.map((cell) => String(cell).trim()).filter((text) => !["", "-", "–", "—"].includes(text));
  return (
    filled.length > 0 && filled.every((text) => /^([+\-−]?\d[\d.,\s]*(e[+-]?\d+\s*)?%?|NaN|-?Infinity)$/iu.test(text))
  );
}
