/** Tables of Parquet files. */
import { checkOptions } from "@neuroweave/equations";
import { parquetMetadata, parquetRead, type FileMetaData, type SchemaElement } from "hyparquet";
import { checkPages, flatColumns } from "./parquet-check.ts";
import { columnsKey } from "./parquet-write.ts";
import { arrayOf, isNumeric, type ColumnKind, type LoadedTable, type NumericArray } from "./table.ts";
import { defaultMaxBytes, readingOf, tooLarge, unreadable, type ReadOptions } from "./unreadable.ts";

/** How other libraries see the file; wrong for a table that is made from it. */
const othersKeys: ReadonlySet<string> = new Set(["ARROW:schema", "pandas"]);

/**
 * The table of a Parquet file: flat columns of floats, whole numbers and UTF-8 texts, plain or with a dictionary, uncompressed or as snappy, which
 * pandas and pyarrow write unless told otherwise. Whole numbers of 64 bits become `f64` if all are exact there. Missing floats are
 * NaN. Errors: `unreadable-file` for a damaged file, other types, other missing values, and more than `maxBytes`.
 */
export async function readParquet(bytes: Uint8Array, options: ReadOptions = {}): Promise<LoadedTable> {
  checkOptions("readParquet", options, ["maxBytes"]);
  const { maxBytes = defaultMaxBytes } = options;
  if (bytes.length > maxBytes) throw tooLarge("the Parquet file", bytes.length, maxBytes);
  return readingOf("the Parquet file", "Make it again; it is damaged, or no Parquet file.", async () => {
    checkMagic(bytes);
    const metadata = parquetMetadata(bytes, { geoparquet: false });
    const elements = flatColumns(metadata);
    const rows = Number(metadata.num_rows);
    const size = rows * elements.length * 8;
    if (!(size <= maxBytes)) throw tooLarge("the Parquet file", size, maxBytes);
    checkPages(bytes, metadata, elements, maxBytes);
    const columns = elements.map((element) => emptyColumn(element, rows));
    await fillColumns(bytes, metadata, new Map(columns.map((column) => [column.name, column])));
    return described(columns, metadata);
  });
}

function checkMagic(bytes: Uint8Array): void {
  const magicAt = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || magicAt(0) !== "PAR1")
    throw unreadable("the file", "it does not begin as a Parquet file does", "Name a Parquet file.");
  if (magicAt(bytes.length - 4) !== "PAR1")
    throw unreadable("the Parquet file", "its end is missing", "Make it again; it was cut off.");
}

interface OpenColumn {
  readonly name: string;
  readonly values: NumericArray | string[];
  /** Of 64-bit whole numbers, which must be exact as doubles. */
  readonly isWide: boolean;
}

function emptyColumn(element: SchemaElement, rows: number): OpenColumn {
  const { name } = element;
  const kind = kindOfElement(element);
  const values = kind === "text" ? Array.from<string>({ length: rows }) : arrayOf(kind, rows);
  return { name, values, isWide: element.type === "INT64" };
}

function kindOfElement({ name, type, converted_type, logical_type }: SchemaElement): ColumnKind {
  const logical = logical_type?.type;
  const isPlain = converted_type === undefined && logical === undefined;
  if (type === "DOUBLE" && isPlain) return "f64";
  if (type === "FLOAT" && isPlain) return "f32";
  if (type === "BYTE_ARRAY" && (converted_type === "UTF8" || logical === "STRING")) return "text";
  const isWhole =
    (converted_type === undefined || /^U?INT_/u.test(converted_type)) &&
    (logical === undefined || logical === "INTEGER");
  if (isWhole && type === "INT32") return converted_type === "UINT_32" ? "u32" : "i32";
  if (isWhole && type === "INT64") return "f64";
  throw unreadable(
    "the Parquet file",
    `column ${name} is of the type ${logical ?? converted_type ?? type}`,
    "Tables here hold floats, whole numbers and texts; leave the column out, or convert it.",
  );
}

const exact = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Group by group, so that no more than one is decoded at a time. */
async function fillColumns(
  bytes: Uint8Array,
  metadata: FileMetaData,
  columns: ReadonlyMap<string, OpenColumn>,
): Promise<void> {
  const file = {
    byteLength: bytes.length,
    // A Buffer of Node is bytes too, and its own slice is none.
    slice: (from: number, to?: number) => Uint8Array.prototype.slice.call(bytes, from, to).buffer as ArrayBuffer,
  };
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    let failed: unknown;
    await parquetRead({
      file,
      metadata,
      rowStart,
      rowEnd,
      parsers: { stringFromBytes: (text: Uint8Array) => text && exact.decode(text) } as never,
      onChunk({ columnName, columnData, rowStart: from }) {
        try {
          copyInto(columns.get(columnName)!, columnData, from);
        } catch (cause) {
          failed ??= cause;
        }
      },
    });
    if (failed !== undefined) throw failed;
    rowStart = rowEnd;
  }
}

function copyInto({ name, values, isWide }: OpenColumn, part: ArrayLike<unknown>, from: number): void {
  if (from + part.length > values.length)
    throw unreadable("the Parquet file", `column ${name} is too long`, "Make it again.");
  for (let row = 0; row < part.length; row++) {
    const value = part[row];
    if (isNumeric(values)) values[from + row] = isWide ? narrowed(name, value) : numberOf(name, value, values);
    else if (typeof value === "string") values[from + row] = value;
    else throw missing(name, from + row);
  }
}

function numberOf(name: string, value: unknown, values: NumericArray): number {
  if (typeof value === "number") return value;
  if (values instanceof Float64Array || values instanceof Float32Array) return NaN;
  throw missing(name, 0);
}

function narrowed(name: string, value: unknown): number {
  if (value === undefined || value === null) throw missing(name, 0);
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw unreadable(
    "the Parquet file",
    `column ${name} holds ${String(value)}, which no double is`,
    "Store it as text.",
  );
}

const missing = (name: string, row: number): Error =>
  unreadable(
    "the Parquet file",
    `column ${name} lacks values, the first at or behind row ${row}`,
    "Fill or drop them first.",
  );

function described(columns: readonly OpenColumn[], { key_value_metadata = [] }: FileMetaData): LoadedTable {
  const entries = key_value_metadata.filter(({ key }) => !othersKeys.has(key));
  const about = aboutColumns(entries.find(({ key }) => key === columnsKey)?.value);
  const metadata = Object.fromEntries(
    entries.filter(({ key }) => key !== columnsKey).map(({ key, value = "" }) => [key, value]),
  );
  return {
    columns: columns.map(({ name, values }) => ({ name, values, ...about.get(name) })),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  };
}

/** Units and descriptions by name. What is no list of texts was not written here, and says nothing. */
function aboutColumns(text: string | undefined): Map<string, { unit?: string; doc?: string }> {
  const parsed: unknown = text === undefined ? [] : JSON.parse(text);
  const list = Array.isArray(parsed) ? (parsed as ({ name?: unknown; unit?: unknown; doc?: unknown } | null)[]) : [];
  return new Map(
    list.map((entry) => [
      String(entry?.name),
      {
        ...(typeof entry?.unit === "string" ? { unit: entry.unit } : {}),
        ...(typeof entry?.doc === "string" ? { doc: entry.doc } : {}),
      },
    ]),
  );
}
