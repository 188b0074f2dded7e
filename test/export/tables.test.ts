/** Tables survive their files: what is written is read back, bit for bit. */
import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import {
  csvChunks,
  csvOf,
  parquetChunks,
  parquetOf,
  readCsv,
  readParquet,
  type Column,
  type LoadedTable,
  type NumericArray,
  type Table,
} from "@neuroweave/export";

/** Any double, with those that files lose most easily more often than chance would have them. */
const double = fc.oneof(
  fc.double(),
  fc.constantFrom(-0, 0, NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE, 0.1 + 0.2, 2 ** 53 + 2, 1e21, 1e-7),
);

/** Texts that look like something else, or end a cell, a line, a file. */
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "",
    " ",
    ",",
    '"',
    '""',
    "\n",
    "\r\n",
    "\r",
    "1",
    "NaN",
    "-0",
    "a [b]",
    "\uFEFF",
    "exc→inh",
    "__proto__",
    "🧠",
    "\0",
  ),
);

/** What may name a column or be metadata. */
const label = text.filter((each) => !each.startsWith("\uFEFF"));
const name = label.filter((each) => each !== "");

const unit = fc.constantFrom("ms", "mV", "nS", "1", "mV / ms", "µS");

const columnValues = (rows: number): fc.Arbitrary<NumericArray | string[]> => {
  const exactly = { minLength: rows, maxLength: rows };
  return fc.oneof(
    fc.array(double, exactly).map((list) => Float64Array.from(list)),
    fc.array(double, exactly).map((list) => Float32Array.from(list)),
    fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), exactly).map((list) => Int32Array.from(list)),
    fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), exactly).map((list) => Uint32Array.from(list)),
    fc.array(text, exactly),
  );
};

const tables = (least: number): fc.Arbitrary<LoadedTable> =>
  fc
    .tuple(fc.integer({ min: least, max: 40 }), fc.uniqueArray(name, { minLength: 1, maxLength: 6 }))
    .chain(([rows, names]) =>
      fc.record({
        columns: fc.tuple(
          ...names.map((each) =>
            fc.record(
              { name: fc.constant(each), values: columnValues(rows), unit, doc: text },
              { requiredKeys: ["name", "values"] },
            ),
          ),
        ),
        metadata: fc.dictionary(name, label, { minKeys: 1 }),
      }),
    );

/** Bits of numbers, with one NaN for all. */
const bits = (values: Column["values"]): readonly (string | bigint)[] => {
  const view = new DataView(new ArrayBuffer(8));
  return Array.from(values as ArrayLike<number | string>, (value) => {
    if (typeof value === "string") return value;
    view.setFloat64(0, value);
    return Number.isNaN(value) ? NaN.toString() + "!" : view.getBigUint64(0);
  });
};

const kind = (values: Column["values"]): string => values.constructor.name;

describe("a table", () => {
  test("is the same when it has been Parquet, with types, units, descriptions and metadata", async () => {
    await fc.assert(
      fc.asyncProperty(tables(0), fc.integer({ min: 1, max: 50 }), async (table, rowsPerGroup) => {
        const read = await readParquet(parquetOf(table, { rowsPerGroup }));
        expect(
          read.columns.map(({ values, ...about }) => ({ ...about, kind: kind(values), bits: bits(values) })),
        ).toEqual(table.columns.map(({ values, ...about }) => ({ ...about, kind: kind(values), bits: bits(values) })));
        expect(read.metadata).toEqual(table.metadata);
      }),
      { numRuns: 300 },
    );
  });

  test("has the same names, units and values when it has been CSV, numbers of any width as the doubles they are", () => {
    fc.assert(
      fc.property(tables(1), (table) => {
        const read = readCsv(csvOf(table));
        expect(read.columns.map((column) => [column.name, column.unit, bits(column.values)])).toEqual(
          table.columns.map((column) => [column.name, column.unit, bits(column.values)]),
        );
      }),
      { numRuns: 500 },
    );
  });

  test("has its types again when CSV is read with them", () => {
    const types = {
      Float64Array: "f64",
      Float32Array: "f32",
      Int32Array: "i32",
      Uint32Array: "u32",
      Array: "text",
    } as const;
    fc.assert(
      fc.property(tables(0), (table) => {
        const asked = Object.fromEntries(
          table.columns.map((column) => [column.name, types[kind(column.values) as keyof typeof types]]),
        );
        const read = readCsv(new TextEncoder().encode(csvOf(table)), { types: asked });
        expect(read.columns.map((column) => [kind(column.values), bits(column.values)])).toEqual(
          table.columns.map((column) => [kind(column.values), bits(column.values)]),
        );
      }),
    );
  });
});

test("Parquet says what its columns are to any reader", async () => {
  const table: Table = {
    columns: [
      { name: "time.at", values: new Float64Array([0.5, -0]), unit: "ms" },
      { name: "id", values: new Uint32Array([1, 2 ** 32 - 1]) },
      { name: "who", values: ["é", ""] },
    ],
  };
  const bytes = parquetOf(table);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const { schema, num_rows } = parquetMetadata(file);
  expect(num_rows).toBe(2n);
  expect(
    schema.map(({ name, type, converted_type, repetition_type }) => [name, type, converted_type, repetition_type]),
  ).toEqual([
    ["table", undefined, undefined, undefined],
    ["time.at", "DOUBLE", undefined, "REQUIRED"],
    ["id", "INT32", "UINT_32", "REQUIRED"],
    ["who", "BYTE_ARRAY", "UTF8", "REQUIRED"],
  ]);
  expect(await parquetReadObjects({ file })).toEqual([
    { "time.at": 0.5, id: 1, who: "é" },
    { "time.at": -0, id: 2 ** 32 - 1, who: "" },
  ]);
});

test("a table of many columns is written in pieces of few rows", () => {
  const wide: Table = {
    columns: Array.from({ length: 1000 }, (_, index) => ({
      name: `c${index}`,
      values: new Float64Array(10_000).fill(index),
    })),
  };
  const csv = [...csvChunks(wide)];
  expect(csv.length).toBe(1 + Math.ceil(10_000 / 262));
  expect([...parquetChunks(wide)].length).toBe(1 + Math.ceil(10_000 / 4194));
  expect(csv[1]!.startsWith("0,1,2,3,")).toBe(true);
});

describe("CSV", () => {
  const table: Table = {
    columns: [
      { name: "time", values: new Float64Array([0.1, 0.1 + 0.2, -0]), unit: "ms" },
      { name: "v", values: new Float32Array([0.1, -70, NaN]), unit: "mV" },
      { name: 'said "so", then', values: ["a", 'b"c', "d,\ne"] },
    ],
  };

  test("has numbers as short as they can be, and quotes around every text", () => {
    expect(csvOf(table)).toBe(
      'time [ms],v [mV],"said ""so"", then"\n' +
        '0.1,0.10000000149011612,"a"\n' +
        '0.30000000000000004,-70,"b""c"\n' +
        '-0,NaN,"d,\ne"\n',
    );
  });

  test("of other programs is read: Windows lines, a byte order mark, texts without quotes, empty cells, Python's names of infinity", () => {
    const { columns } = readCsv('\uFEFFcell,rate [Hz],note\r\n1,inf,ok\r\n2,,"a\r\nb"\r\n\r\n');
    expect(columns).toEqual([
      { name: "cell", values: new Float64Array([1, 2]) },
      { name: "rate", unit: "Hz", values: new Float64Array([Infinity, NaN]) },
      { name: "note", values: ["ok", "a\r\nb"] },
    ]);
  });

  test.each([
    ["", "it has no header"],
    ["a,b\n1,2\n3\n", "line 3"],
    ['a\n"x\ny\n', "line 2"],
    ['a\nx"y\n', "line 2"],
    ['a\n"x"y\n', "line 2"],
    ["a,\n1,2\n", "column 1 has no name"],
    ["a,a\n1,2\n", "two columns"],
  ])("%j is refused with the place", (content, place) => {
    expect(() => readCsv(content)).toThrow(place);
  });

  test("is not read into numbers that cannot hold it", () => {
    for (const [cell, type] of [
      ["1.5", "u32"],
      ["-1", "u32"],
      ["4294967296", "u32"],
      ["-0", "i32"],
      ["0.1", "f32"],
      ['"1"', "f64"],
    ] as const)
      expect(() => readCsv(`a\n${cell}\n`, { types: { a: type } })).toThrow("line 2, column a");
  });

  test("with bytes that are no UTF-8, and CSV larger than accepted, are refused", () => {
    expect(() => readCsv(new Uint8Array([0x61, 0x0a, 0xff]))).toThrow("UTF-8");
    expect(() => readCsv("a\n".repeat(100), { maxBytes: 99 })).toThrow("99 are accepted");
    expect(() => readCsv(`a\n${"1\n".repeat(40)}`, { maxBytes: 100 })).toThrow("320 bytes");
  });
});

describe("what is no table is refused", () => {
  test.each([
    [{ columns: [] }, "no columns"],
    [{ columns: [{ name: "", values: new Float64Array(1) }] }, "named"],
    [{ columns: [{ name: "\uFEFFa", values: new Float64Array(1) }] }, "named"],
    [{ columns: [{ name: "a", values: new Uint8Array(1) }] }, "Float64Array"],
    [{ columns: [{ name: "a", values: ["\uD800"] }] }, "surrogate"],
    [{ columns: [{ name: "a", values: [1] }] }, "not a text"],
    [
      {
        columns: [
          { name: "a", values: ["x"] },
          { name: "a", values: ["x"] },
        ],
      },
      "two columns",
    ],
    [
      {
        columns: [
          { name: "a", values: ["x"] },
          { name: "b", values: [] },
        ],
      },
      "has 0 rows",
    ],
  ])("%j", (table, reason) => {
    expect(() => csvOf(table as unknown as Table)).toThrow(reason);
    expect(() => parquetOf(table as unknown as Table)).toThrow(reason);
  });
});
