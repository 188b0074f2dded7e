/**
 * What a Parquet file says of itself, checked before it is decoded. The decoder allocates what headers ask for, and repeats a value as often as a
 * run says: a file of a hundred bytes could take all memory. Here every count is held against the rows, and every length against
 * the bytes that there are. Format: github.com/apache/parquet-format.
 */
import {
  snappyUncompress,
  type ColumnMetaData,
  type FileMetaData,
  type PageHeader,
  type SchemaElement,
} from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { unreadable } from "./unreadable.ts";

const fault = (why: string): Error =>
  unreadable("the Parquet file", why, "Make it again; it is damaged, or holds what tables here do not.");

/** The columns of a flat schema; refuses lists, structures and names given twice. */
export function flatColumns({ schema }: FileMetaData): SchemaElement[] {
  const columns = schema.slice(1);
  if (schema[0]?.num_children !== columns.length || columns.some((column) => (column.num_children ?? 0) > 0))
    throw fault("its columns are nested");
  if (columns.some(({ repetition_type }) => repetition_type === "REPEATED")) throw fault("a column holds lists");
  if (new Set(columns.map(({ name }) => name)).size !== columns.length) throw fault("two columns have the same name");
  if (columns.length === 0) throw fault("it has no columns");
  return columns;
}

/** Walks through the pages of all columns. `maxBytes` is for what they are when decompressed. */
export function checkPages(
  bytes: Uint8Array,
  metadata: FileMetaData,
  columns: readonly SchemaElement[],
  maxBytes: number,
): void {
  let left = maxBytes;
  let rows = 0;
  for (const group of metadata.row_groups) {
    const groupRows = Number(group.num_rows);
    if (!Number.isSafeInteger(groupRows) || groupRows < 0) throw fault(`a group has ${String(group.num_rows)} rows`);
    rows += groupRows;
    if (group.columns.length !== columns.length) throw fault(`a group has ${group.columns.length} columns`);
    for (const [index, { meta_data }] of group.columns.entries()) {
      const column = columns[index]!;
      if (meta_data?.path_in_schema[0] !== column.name || meta_data.type !== column.type)
        throw fault(`a group has no column ${column.name} where the schema has it`);
      left -= checkChunk(bytes, meta_data, column, groupRows, left);
    }
  }
  if (rows !== Number(metadata.num_rows)) throw fault(`its groups have ${rows} rows, not ${String(metadata.num_rows)}`);
}

/** One column of one group; gives the bytes it takes when decompressed. */
function checkChunk(
  bytes: Uint8Array,
  chunk: ColumnMetaData,
  column: SchemaElement,
  rows: number,
  maxBytes: number,
): number {
  if (chunk.codec !== "UNCOMPRESSED" && chunk.codec !== "SNAPPY")
    throw unreadable(
      "the Parquet file",
      `column ${column.name} is compressed as ${chunk.codec}`,
      'Write it with compression="snappy".',
    );
  const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
  const end = start + Number(chunk.total_compressed_size);
  if (!(start >= 4 && end >= start && end <= bytes.length))
    throw fault(`column ${column.name} lies outside of the file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  const reader = { view, offset: 0 };
  let seen = 0;
  let taken = 0;
  while (seen < rows && reader.offset < view.byteLength - 1) {
    const header = parquetHeader(reader);
    const { compressed_page_size: size, uncompressed_page_size: full } = header;
    if (!(size >= 0 && reader.offset + size <= view.byteLength))
      throw fault(`a page of column ${column.name} is cut off`);
    if (!(full >= 0)) throw fault(`a page of column ${column.name} has no length`);
    taken += full;
    if (taken > maxBytes) throw fault(`its pages take more than ${maxBytes} bytes; raise maxBytes if you trust it`);
    const page = new Uint8Array(view.buffer, view.byteOffset + reader.offset, size);
    seen += checkPage(page, header, chunk, column, rows - seen);
    reader.offset += size;
  }
  if (seen !== rows) throw fault(`column ${column.name} has ${seen} values, and its group ${rows} rows`);
  return taken;
}

/** One page; gives the number of rows it has. */
function checkPage(
  page: Uint8Array,
  header: PageHeader,
  chunk: ColumnMetaData,
  column: SchemaElement,
  most: number,
): number {
  const nullable = column.repetition_type === "OPTIONAL";
  const first = header.data_page_header;
  const second = header.data_page_header_v2;
  const about = header.type === "DATA_PAGE" ? first : header.type === "DATA_PAGE_V2" ? second : undefined;
  if (header.type === "DICTIONARY_PAGE") return 0;
  if (!about) throw fault(`column ${column.name} has a page of the kind ${String(header.type)}`);
  const { num_values: values, encoding } = about;
  if (!(values >= 0 && values <= most)) throw fault(`a page of column ${column.name} has ${String(values)} values`);
  if (!encodings.has(encoding))
    throw unreadable(
      "the Parquet file",
      `column ${column.name} is encoded as ${encoding}`,
      "Write it with plain or dictionary encoding.",
    );

  let body: Uint8Array;
  let present = values;
  if (second) {
    const levels = second.definition_levels_byte_length + second.repetition_levels_byte_length;
    const lengths = [second.definition_levels_byte_length, second.repetition_levels_byte_length, second.num_nulls];
    if (
      lengths.some((length) => !(length >= 0)) ||
      levels > page.length ||
      second.num_nulls > values ||
      second.num_rows !== values
    )
      throw fault(`the levels of a page of column ${column.name} are wrong`);
    if (nullable) present = checkRuns(page.subarray(second.repetition_levels_byte_length, levels), 1, values);
    if (present !== values - second.num_nulls)
      throw fault(`the missing values of column ${column.name} are miscounted`);
    const rest = page.subarray(levels);
    body = second.is_compressed === false ? rest : expanded(rest, chunk, header.uncompressed_page_size - levels);
  } else {
    body = expanded(page, chunk, header.uncompressed_page_size);
    if (nullable) {
      const length = body.length >= 4 ? new DataView(body.buffer, body.byteOffset).getUint32(0, true) : -1;
      if (length < 0 || 4 + length > body.length)
        throw fault(`the levels of a page of column ${column.name} are cut off`);
      present = checkRuns(body.subarray(4, 4 + length), 1, values);
      body = body.subarray(4 + length);
    }
  }
  if (encoding.endsWith("DICTIONARY") && present > 0) checkRuns(body.subarray(1), body[0] ?? 255, present);
  return values;
}

const encodings: ReadonlySet<string> = new Set(["PLAIN", "PLAIN_DICTIONARY", "RLE_DICTIONARY", "BYTE_STREAM_SPLIT"]);

function expanded(bytes: Uint8Array, { codec }: ColumnMetaData, length: number): Uint8Array {
  if (codec === "UNCOMPRESSED") return bytes;
  if (length < 0) throw fault("a page has a length below zero");
  const full = new Uint8Array(length);
  snappyUncompress(bytes, full);
  return full;
}

/**
 * Runs of equal values and packed groups of eight, as they encode levels and indices: refuses a width above 32 bits, a run or group that ends behind
 * `count` values by more than the rest of a group, and groups without their bytes. Gives how many of the values are odd, which for
 * levels are those that are there.
 */
function checkRuns(bytes: Uint8Array, width: number, count: number): number {
  if (width > 32) throw fault(`indices have ${width} bits`);
  if (width === 0) return 0;
  let at = 0;
  let seen = 0;
  let odd = 0;
  while (seen < count) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) throw fault("its runs are cut off");
      header += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    const length = Math.floor(header / 2);
    const packed = header % 2 === 1;
    const values = packed ? length * 8 : length;
    const end = at + (packed ? length * width : Math.ceil(width / 8));
    if (values === 0 || seen + values > count + (packed ? 7 : 0) || end > bytes.length)
      throw fault("its runs do not fit its rows");
    const used = Math.min(values, count - seen);
    if (!packed) odd += (bytes[at]! & 1) * used;
    else for (let value = 0; value < used; value++) odd += bitAt(bytes, at * 8 + value * width);
    at = end;
    seen += values;
  }
  return odd;
}

const bitAt = (bytes: Uint8Array, bit: number): number => (bytes[Math.floor(bit / 8)]! >> (bit % 8)) & 1;
