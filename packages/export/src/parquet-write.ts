/**
 * Tables as Parquet: DOUBLE, FLOAT, INT32 (signed or UINT_32) and UTF-8 columns, none of them nullable, in row groups. Units and
 * descriptions are in the key-value metadata: `neuroweave.columns` is JSON, a list of { name, unit?, doc? }.
 */
import { checkOptions, checkWhole } from "@neuroweave/equations";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { SchemaElement } from "hyparquet";
import { checkTable, kindOf, rowsAtATime, rowsOf, type ColumnKind, type NumericArray, type Table } from "./table.ts";

/** Key of the metadata that hold units and descriptions. */
export const columnsKey = "neuroweave.columns";

/** How a Parquet file is laid out. */
export interface ParquetOptions {
  /** Rows that are encoded at a time; the default is 65,536, or less in a table of more than 64 columns. */
  readonly rowsPerGroup?: number;
}

/**
 * A table as the bytes of a Parquet file, readable by pandas, pyarrow, DuckDB, Spark. Every bit is kept, but for the payload of NaN.
 * Errors: `invalid-value`, `wrong-length`, `duplicate-name` for a table that is none.
 */
export function parquetOf(table: Table, options: ParquetOptions = {}): Uint8Array {
  const chunks = [...parquetChunks(table, options)];
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The same bytes in pieces, one for each row group of at most some million values, so that memory is bounded by the group. */
export function* parquetChunks(table: Table, options: ParquetOptions = {}): Generator<Uint8Array, void, undefined> {
  checkOptions("parquetOf", options, ["rowsPerGroup"]);
  const rows = checkTable("parquetOf", table);
  const rowsPerGroup = checkWhole(
    "parquetOf: rowsPerGroup",
    options.rowsPerGroup ?? rowsAtATime(table, 65_536, 1 << 22),
    1,
  );
  const bytes = new ByteWriter();
  const schema: SchemaElement[] = [
    { name: "table", num_children: table.columns.length },
    ...table.columns.map(({ name, values }) => ({
      name,
      ...physicalTypes[kindOf(values)],
      repetition_type: "REQUIRED" as const,
    })),
  ];
  const writer = new ParquetWriter({
    writer: bytes,
    schema,
    kvMetadata: metadataOf(table),
    createdBy: "neuroweave",
  });
  for (let from = 0; from < rows; from += rowsPerGroup) {
    const to = Math.min(rows, from + rowsPerGroup);
    const columnData = table.columns.map((column) => encoded(column.name, rowsOf(column, from, to)));
    void writer.write({ columnData, rowGroupSize: rowsPerGroup });
    yield taken(bytes);
  }
  void writer.finish();
  yield taken(bytes);
}

const physicalTypes = {
  f64: { type: "DOUBLE" },
  f32: { type: "FLOAT" },
  i32: { type: "INT32" },
  u32: { type: "INT32", converted_type: "UINT_32" },
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
} as const satisfies Record<ColumnKind, Partial<SchemaElement>>;

/**
 * The writer's dictionaries take 0 and -0 for one key, so floats are written plainly. Its unsigned typed arrays are checked as if
 * they were signed; lists are not.
 */
function encoded(name: string, rows: NumericArray | readonly string[]) {
  if (rows instanceof Float64Array || rows instanceof Float32Array)
    return { name, data: rows, encoding: "PLAIN" as const };
  return { name, data: rows instanceof Int32Array ? rows : Array.from<number | string>(rows) };
}

function metadataOf({ columns, metadata = {} }: Table): { key: string; value: string }[] {
  const described = columns.map(({ name, unit, doc }) => ({ name, unit, doc }));
  return [
    ...Object.entries(metadata).map(([key, value]) => ({ key, value })),
    { key: columnsKey, value: JSON.stringify(described) },
  ];
}

/** Takes what was written out of the writer, which goes on counting from there. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = new Uint8Array(writer.buffer, 0, writer.index).slice();
  writer.index = 0;
  return bytes;
}
