import { csvOf, parquetOf, readCsv, readParquet, type LoadedTable, type Table } from "@neuroweave/export";
import { parseManifest } from "../../../packages/export/src/folder/manifest.ts";
import { must, textOf, type Target } from "../target.ts";

const small: Table = {
  columns: [
    { name: "t", unit: "ms", values: new Float64Array([0, 0.5, 1]) },
    { name: "id", values: new Int32Array([2, 0, 1]) },
    { name: "label", values: ["a", "b,c", 'd"e'] },
  ],
};
const maxBytes = 1 << 20;

const sameTable = (one: LoadedTable, other: LoadedTable): boolean =>
  one.columns.length === other.columns.length &&
  one.columns.every(({ name, values }, index) => {
    const twin = other.columns[index]!;
    return (
      name === twin.name &&
      values.length === twin.values.length &&
      Array.from(values as ArrayLike<unknown>).every((each, row) => Object.is(each, twin.values[row]))
    );
  });

export const csvFiles: Target = {
  name: "csv-files",
  seeds: [csvOf(small), "a,b\n1,\n,2\n", '"a\nb",c\r\n"1",2'],
  words: [
    ",",
    '"',
    '""',
    "\n",
    "\r\n",
    "\r",
    " [ms]",
    "NaN",
    "Infinity",
    "-0",
    "1e999",
    "__proto__",
    "é",
    "\ufeff",
    "0x10",
    ";",
  ],
  enter: (input) => {
    const table = readCsv(textOf(input), { maxBytes });
    must(sameTable(readCsv(csvOf(table)), table), "a table that is written reads as another one");
  },
};

export const parquetFiles: Target = {
  name: "parquet-files",
  seeds: [parquetOf(small), parquetOf({ columns: [small.columns[1]!] })],
  words: ["PAR1", "\u0000\u0000\u0000", "\u0001", "\u0015", "\u007f", "id", "label"],
  enter: (input) => readParquet(input, { maxBytes }),
};

export const manifests: Target = {
  name: "manifests",
  seeds: [
    JSON.stringify({
      format: "neuroweave results", version: 1, run: { dt: 0.1 }, complete: true, earlier: ["old.csv"], interrupted: { step: 3 },
      files: [{ name: "spikes.csv", bytes: 3, sha256: "0".repeat(64), kind: "spikes", rows: 1, columns: [{ name: "t", unit: "ms" }] }],
    }),
  ],
  words: ['"__proto__":', '"name":"../x"', '"name":"/etc/passwd"', '"', "..", "/", "\\\\", "null", "-1", "1e999", "[", "]", "{", "}", ",", "CON", "\\u0000"],
  enter: (input) => {
    const { files, earlier = [] } = parseManifest(input);
    for (const name of [...files.map((each) => each.name), ...earlier])
      must(!/[/\\\0]/.test(name) && name !== ".." && name !== ".", `${name} leads out of the folder`);
  },
}; // prettier-ignore
