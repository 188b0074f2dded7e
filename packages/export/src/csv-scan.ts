/** The cells of a CSV text, one after the other (RFC 4180; lines end in LF or CR LF). */
import { unreadable } from "./unreadable.ts";

/** `text` is without quotes. `row` counts from 0, the header's, and `line` from 1, as editors do. */
export type OnCell = (text: string, quoted: boolean, row: number, column: number, line: number) => void;

/** Calls `onCell` for each cell in order and `onRow` after each row. Empty lines at the end are no rows. Errors: `unreadable-file`. */
export function scanCsv(text: string, onCell: OnCell, onRow: (row: number, cells: number, line: number) => void): void {
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  let line = 1;
  let row = 0;
  let column = 0;
  let rowLine = 1;
  while (at < text.length) {
    if (column === 0 && isBlank(text, at)) return;
    const quoted = text[at] === '"';
    const end = quoted ? quoteEnd(text, at, line) : cellEnd(text, at);
    const cell = quoted ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, end);
    if (!quoted && cell.includes('"')) throw broken(line, "a quote stands within a cell that does not begin with one");
    onCell(cell, quoted, row, column, line);
    column++;
    if (quoted) line += count(cell, "\n");
    if (text[end] === ",") {
      at = end + 1;
      if (at === text.length) onCell("", false, row, column++, line);
      else continue;
    } else at = afterLine(text, end, line);
    onRow(row, column, rowLine);
    row++;
    column = 0;
    line++;
    rowLine = line;
  }
}

/** Whether there is nothing but ends of lines from here on. */
function isBlank(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) if (text[at] !== "\n" && text[at] !== "\r") return false;
  return true;
}

function cellEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "," && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}

/** Behind the quote that ends a cell; two in a row stand for one. */
function quoteEnd(text: string, from: number, line: number): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  if (at < 0) throw broken(line, "a quote is not closed before the file ends");
  return at + 1;
}

function afterLine(text: string, end: number, line: number): number {
  if (end === text.length) return end;
  if (text[end] === "\n") return end + 1;
  if (text[end] === "\r" && text[end + 1] === "\n") return end + 2;
  throw broken(line, `${JSON.stringify(text[end])} follows the end of a cell`);
}

function count(text: string, letter: string): number {
  let found = 0;
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) found++;
  return found;
}

const broken = (line: number, why: string): Error =>
  unreadable(`line ${line} of the CSV file`, why, "Put texts in quotes, and double the quotes within them.");
