/** Tables: named columns of one length, as every format here takes and gives them. */
import { NeuroweaveError, refusal } from "@neuroweave/equations";

/** Numbers that files keep exactly, and the typed array of each. */
export type NumericArray = Float64Array | Float32Array | Int32Array | Uint32Array;

/** What a column holds: numbers of 64 or 32 bits, whole numbers with or without a sign, or text. */
export type ColumnKind = "f64" | "f32" | "i32" | "u32" | "text";

/** Values that are made when they are asked for, so that a large table needs no copy of what it is made from. */
export interface ComputedValues {
  readonly kind: ColumnKind;
  readonly length: number;
  /** The values of rows `from` to `to`, which is not among them: a typed array of `kind`, or texts. */
  slice(from: number, to: number): NumericArray | readonly string[];
}

/** The values of a column: numbers, texts, or what computes them when they are written. */
export type ColumnValues = NumericArray | readonly string[] | ComputedValues;

/** A column of a table. */
export interface Column {
  /** Unique within the table, and not empty. */
  readonly name: string;
  /** One value per row. */
  readonly values: ColumnValues;
  /** As in `declareUnit`: "ms", "mV", "1". */
  readonly unit?: string;
  /** What the column is, in a few words. */
  readonly doc?: string;
}

/** Columns of one length, and texts about all of them. */
export interface Table {
  readonly columns: readonly Column[];
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A table whose columns are in memory, as readers give it. */
export interface LoadedTable extends Table {
  readonly columns: readonly (Column & { readonly values: NumericArray | readonly string[] })[];
}

export const isNumeric = (values: unknown): values is NumericArray =>
  values instanceof Float64Array ||
  values instanceof Float32Array ||
  values instanceof Int32Array ||
  values instanceof Uint32Array;

const isTexts = (values: unknown): values is readonly string[] => Array.isArray(values);

export function kindOf(values: ColumnValues): ColumnKind {
  if (values instanceof Float64Array) return "f64";
  if (values instanceof Float32Array) return "f32";
  if (values instanceof Int32Array) return "i32";
  if (values instanceof Uint32Array) return "u32";
  return isTexts(values) ? "text" : (values as ComputedValues).kind;
}

/** An array of `length` zeros of the kind. */
export function arrayOf(kind: Exclude<ColumnKind, "text">, length: number): NumericArray {
  if (kind === "f64") return new Float64Array(length);
  if (kind === "f32") return new Float32Array(length);
  return kind === "i32" ? new Int32Array(length) : new Uint32Array(length);
}

/** Rows `from` to `to` (not among them) of a column. Texts are checked, as UTF-8 has no place for half a surrogate pair. */
export function rowsOf(column: Column, from: number, to: number): NumericArray | readonly string[] {
  const rows = isNumeric(column.values) ? column.values.subarray(from, to) : column.values.slice(from, to);
  if (!isNumeric(rows)) checkTexts(column.name, rows, from);
  return rows;
}

/** Rows that are made at a time: so many, or fewer where that would be more than so many cells. */
export const rowsAtATime = ({ columns }: Table, rows: number, cells: number): number =>
  Math.max(1, Math.min(rows, Math.floor(cells / columns.length)));

/**
 * The number of rows of a table. Refuses (`invalid-value`, `duplicate-name`, `wrong-length`) a table without columns, columns
 * of another length or of values that no format keeps exactly, and names that are empty or given twice.
 */
export function checkTable(call: string, table: Table): number {
  const columns: unknown = (table as Table | undefined)?.columns;
  if (!Array.isArray(columns) || columns.length === 0)
    throw refusal("invalid-value", `${call}: the table has no columns`, "Give { columns: [{ name, values }, …] }.");
  const names = new Set<string>();
  for (const column of table.columns) {
    checkColumn(call, column);
    if (names.has(column.name))
      throw refusal(
        "duplicate-name",
        `${call}: two columns are named ${column.name}`,
        "Give each column its own name.",
      );
    names.add(column.name);
  }
  const rows = table.columns[0]!.values.length;
  for (const { name, values } of table.columns)
    if (values.length !== rows)
      throw refusal(
        "wrong-length",
        `${call}: column ${name} has ${values.length} rows and ${table.columns[0]!.name} has ${rows}`,
        "All columns of a table have the same length.",
      );
  checkMetadata(call, table.metadata ?? {});
  return rows;
}

function checkColumn(call: string, { name, values, unit, doc }: Column): void {
  if (typeof name !== "string" || name === "" || isNoLabel(name))
    throw refusal(
      "invalid-value",
      `${call}: a column is named ${JSON.stringify(name)}`,
      "Give a text that is not empty.",
    );
  for (const text of [unit, doc])
    if (text !== undefined && (typeof text !== "string" || isIllFormed(text)))
      throw refusal("invalid-value", `${call}: unit or doc of column ${name} is ${String(text)}`, "Give a text.");
  const computed = values as Partial<ComputedValues> | undefined;
  const known =
    isNumeric(values) ||
    isTexts(values) ||
    (typeof computed?.slice === "function" &&
      typeof computed.kind === "string" &&
      Number.isSafeInteger(computed.length));
  if (!known)
    throw refusal(
      "invalid-value",
      `${call}: the values of column ${name} are of no kind that files keep`,
      "Give a Float64Array, Float32Array, Int32Array, Uint32Array or a list of texts.",
    );
}

function checkMetadata(call: string, metadata: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(metadata))
    if (typeof value !== "string" || isNoLabel(value) || isNoLabel(key))
      throw refusal("invalid-value", `${call}: the metadata ${key} is ${String(value)}`, "Metadata are texts by name.");
}

/** Names of populations are the same for many rows in a row. */
function checkTexts(column: string, texts: readonly unknown[], firstRow: number): void {
  let checked: unknown;
  for (const [index, text] of texts.entries()) {
    if (text === checked && index > 0) continue;
    if (typeof text !== "string" || isIllFormed(text)) throw noText(column, text, firstRow + index);
    checked = text;
  }
}

function noText(column: string, text: unknown, row: number): NeuroweaveError {
  return new NeuroweaveError(
    "invalid-value",
    typeof text === "string"
      ? `row ${row} of column ${column} holds half a surrogate pair, which UTF-8 cannot keep`
      : `row ${row} of column ${column} is ${String(text)}, not a text`,
    { remedy: "Give well-formed texts, or a typed array for numbers." },
  );
}

/** With the flag u, pairs are one character: what is left are halves. */
const isIllFormed = (text: string): boolean => /\p{Surrogate}/u.test(text);

/** Readers take a byte order mark at the beginning of a name for none of it. */
const isNoLabel = (text: string): boolean => isIllFormed(text) || text.startsWith("\uFEFF");
