/** Tables of CSV files. */
import { checkOptions, NeuroweaveError, refusal } from "@neuroweave/equations";
import { scanCsv } from "./csv-scan.ts";
import { arrayOf, type ColumnKind, type LoadedTable, type NumericArray } from "./table.ts";
import { defaultMaxBytes, tooLarge, unreadable, type ReadOptions } from "./unreadable.ts";

/** How a CSV file is read. */
export interface CsvReadOptions extends ReadOptions {
  /** Kinds of columns by name. Without one, a column of numbers is `f64`, and one with any other cell, or any in quotes, `text`. */
  readonly types?: Readonly<Record<string, ColumnKind>>;
}

/** The longest text that engines make. */
const longestText = 2 ** 29 - 24;

/**
 * The table of a CSV file, given as text or as UTF-8 bytes. The first line has the names; `name [unit]` is a name with a unit. An empty cell in a
 * column of numbers is NaN. Errors: `unreadable-file` with the line, for rows of another length, open quotes, bytes that are no
 * UTF-8; `duplicate-name`; `would-lose` where a number is none of the kind asked for; `unknown-name` in `types`.
 */
export function readCsv(content: string | Uint8Array, options: CsvReadOptions = {}): LoadedTable {
  checkOptions("readCsv", options, ["types", "maxBytes"]);
  const { types = {}, maxBytes = defaultMaxBytes } = options;
  if (content.length > Math.min(maxBytes, longestText))
    throw tooLarge("the CSV file", content.length, Math.min(maxBytes, longestText));
  const text = typeof content === "string" ? content : decoded(content);
  const { columns, rows } = outline(text);
  for (const name of Object.keys(types))
    if (!columns.some((column) => column.name === name))
      throw refusal(
        "unknown-name",
        `readCsv: there is no column ${name}`,
        `The file has ${columns.map((each) => each.name).join(", ")}.`,
      );

  const kinds = columns.map(({ name, isText }) =>
    Object.hasOwn(types, name) ? types[name]! : isText ? "text" : "f64",
  );
  const bytes = rows * kinds.length * 8;
  if (bytes > maxBytes) throw tooLarge("the CSV file", bytes, maxBytes);
  const values = kinds.map((kind) => (kind === "text" ? Array.from<string>({ length: rows }) : arrayOf(kind, rows)));
  scanCsv(
    text,
    (cell, quoted, row, column, line) => {
      if (row === 0) return;
      const target = values[column]!;
      if (Array.isArray(target)) target[row - 1] = cell;
      else target[row - 1] = numberOf(cell, quoted, target, `line ${line}, column ${columns[column]!.name}`);
    },
    () => undefined,
  );
  return {
    columns: columns.map(({ name, unit }, index) => ({
      name,
      values: values[index]!,
      ...(unit === undefined ? {} : { unit }),
    })),
  };
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw unreadable("the CSV file", "it is not UTF-8", "Save it as UTF-8.", cause);
  }
}

interface Outline {
  readonly columns: { readonly name: string; readonly unit?: string; isText: boolean }[];
  /** Without the header. */
  readonly rows: number;
}

/** Names, units, number of rows, and which columns are texts. */
function outline(text: string): Outline {
  const columns: Outline["columns"] = [];
  let rows = -1;
  scanCsv(
    text,
    (cell, quoted, row, column) => {
      if (row === 0) columns.push({ ...nameAndUnit(cell), isText: false });
      else if (column < columns.length && (quoted || !isNumber(cell))) columns[column]!.isText = true;
    },
    (row, cells, line) => {
      rows = row;
      if (cells !== columns.length)
        throw unreadable(
          `line ${line} of the CSV file`,
          `it has ${cells} cells, and the header has ${columns.length}`,
          "Give every row a cell for each column.",
        );
    },
  );
  if (rows < 0) throw unreadable("the CSV file", "it has no header", "The first line names the columns.");
  checkNames(columns.map(({ name }) => name));
  return { columns, rows };
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (name === "")
      throw unreadable("the CSV file", `column ${index} has no name`, "Name it (pandas: to_csv(…, index=False)).");
    if (seen.has(name)) throw refusal("duplicate-name", `two columns of the CSV file are named ${name}`, "Rename one.");
    seen.add(name);
  }
}

/** The header `name [unit]`; empty brackets are no unit, and keep a name that ends in brackets whole. */
function nameAndUnit(header: string): { name: string; unit?: string } {
  const at = header.endsWith("]") ? header.lastIndexOf(" [") : -1;
  if (at < 1) return { name: header };
  const unit = header.slice(at + 2, -1);
  return { name: header.slice(0, at), ...(unit === "" ? {} : { unit }) };
}

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/u;

/** As Python, R and JavaScript spell them. */
const special: Readonly<Record<string, number>> = {
  "": NaN,
  nan: NaN,
  na: NaN,
  inf: Infinity,
  "+inf": Infinity,
  "-inf": -Infinity,
  infinity: Infinity,
  "+infinity": Infinity,
  "-infinity": -Infinity,
};

const isNumber = (cell: string): boolean => decimal.test(cell) || Object.hasOwn(special, cell.toLowerCase());

function numberOf(cell: string, quoted: boolean, target: NumericArray, place: string): number {
  if (quoted || !isNumber(cell)) throw unfit(place, cell, "it is no number");
  const value = decimal.test(cell) ? Number(cell) : special[cell.toLowerCase()]!;
  if (target instanceof Float64Array) return value;
  if (target instanceof Float32Array) {
    if (Object.is(Math.fround(value), value)) return value;
    throw unfit(place, cell, "32 bits do not hold it");
  }
  const [least, most] = target instanceof Int32Array ? [-(2 ** 31), 2 ** 31 - 1] : [0, 2 ** 32 - 1];
  if (Number.isInteger(value) && value >= least && value <= most && !Object.is(value, -0)) return value;
  throw unfit(place, cell, `it is no whole number from ${least} to ${most}`);
}

const unfit = (place: string, cell: string, why: string): NeuroweaveError =>
  new NeuroweaveError("would-lose", `${place} of the CSV file holds ${JSON.stringify(cell.slice(0, 80))}: ${why}`, {
    remedy: 'Read the column as "f64" or as "text".',
  });
