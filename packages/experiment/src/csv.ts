/** Rows as text. */

/**
 * Rows as comma-separated values: a line of names, then a line for each row, ended by "\n" and quoted as in RFC 4180. Entries of
 * nested records become columns of their own (`parameters.rate`); lists are written as JSON. Columns stand in the order in which
 * the rows first have them; what a row lacks is empty. Numbers keep all their digits.
 */
export function toCsv(rows: readonly object[]): string {
  const flat = rows.map((row) => new Map(entriesOf("", row)));
  const columns = [...new Set(flat.flatMap((row) => [...row.keys()]))];
  if (columns.length === 0) return "";
  const lines = [columns, ...flat.map((row) => columns.map((column) => textOf(row.get(column))))];
  return lines.map((line) => `${line.map(quoted).join(",")}\n`).join("");
}

function entriesOf(prefix: string, record: object): [string, unknown][] {
  return Object.entries(record).flatMap(([name, value]): [string, unknown][] =>
    isRecord(value) ? entriesOf(`${prefix}${name}.`, value) : [[`${prefix}${name}`, value]],
  );
}

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "object") return String(value);
  return JSON.stringify(ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value);
}

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
