/**
 * Results as other programs see them: writes one file of each kind, has Python read them with h5py, libsonata, pandas and pyarrow, and reads what
 * h5py and pandas write; runs the Python of docs/guide/results.md too. Run by `npm run check:files`; ends with 1 where anything differs.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import {
  csvOf,
  parquetOf,
  readCsv,
  readParquet,
  readSonataSpikes,
  sonataReportOf,
  sonataSpikesOf,
  spikeTable,
} from "@neuroweave/export";
import { NeuroweaveError } from "@neuroweave/equations";
import { environmentOf } from "../../packages/bench/src/peers/install.ts";

/** Their readers, where they can be had: without Python or its packages nothing is compared, and that is said. */
async function readers(): Promise<string> {
  try {
    return await environmentOf({ name: "readers", pythons: ["3.12", "3.11", "3.13"] });
  } catch (error) {
    if (!(error instanceof NeuroweaveError && error.code === "not-supported")) throw error;
    process.stderr.write(`NOT COMPARED with other programs: ${error.message}\n`);
    process.exit(0);
  }
}

const python = await readers();
// Within the repository, so that programs there find the packages.
const dist = fileURLToPath(new URL("../../dist", import.meta.url));
mkdirSync(dist, { recursive: true });
const folder = mkdtempSync(join(dist, "files-"));
const write = (name: string, content: Uint8Array | string): void => writeFileSync(join(folder, name), content);
const read = (name: string): Uint8Array => readFileSync(join(folder, name));

try {
  const populations = [
    { name: "exc", times: [0.5, 0.1, 0.1 + 0.2], ids: [3, 1, 3] },
    { name: "inh →", times: [], ids: [] },
  ];
  for (const sorting of ["by_time", "by_id", "none"] as const)
    write(`${sorting}.h5`, await sonataSpikesOf({ populations, sorting }));
  // More than a million, so that the file is in chunks.
  const many = Float64Array.from({ length: 1_100_000 }, (_, spike) => spike * 0.1);
  write(
    "many.h5",
    await sonataSpikesOf({ populations: [{ name: "many", times: many, ids: new Uint32Array(many.length) }] }),
  );

  const values = Float64Array.from({ length: 12 }, (_, index) => index + 0.5);
  const traces = { times: [0, 0.25, 0.5, 0.75], values, shape: [4, 3] as const };
  write("report.h5", await sonataReportOf({ populations: [{ name: "cells", traces, ids: [2, 5, 9] }], unit: "mV" }));

  const table = {
    columns: [
      { name: "time", values: new Float64Array([0.1 + 0.2, -0, NaN, Infinity]), unit: "ms" },
      { name: "v", values: new Float32Array([0.1, -0, NaN, -Infinity]), unit: "mV" },
      { name: "id", values: new Uint32Array([0, 1, 2 ** 31, 2 ** 32 - 1]) },
      { name: "change", values: new Int32Array([-(2 ** 31), -1, 0, 2 ** 31 - 1]) },
      { name: 'a "name", in quotes', values: ["é", "line\nbreak", "1", ""] },
    ],
    metadata: { protocol: "A → B" },
  };
  write("table.parquet", parquetOf(table, { rowsPerGroup: 3 }));
  write("table.csv", csvOf(table));
  write("spikes.csv", csvOf(spikeTable(populations)));

  execFileSync(python, [fileURLToPath(new URL("read_files.py", import.meta.url)), folder], { stdio: "inherit" });

  // The guide: its first program writes the folder that its Python reads.
  const guide = readFileSync(new URL("../../docs/guide/results.md", import.meta.url), "utf8");
  const blocks = (language: string): string[] =>
    [...guide.matchAll(/^```(\w+)\n(.*?)^```$/gmsu)].filter(([, name]) => name === language).map(([, , code]) => code!);
  write("guide.ts", blocks("ts")[0]!);
  write("guide.py", blocks("python").join("\n"));
  const options = { cwd: folder, env: { ...process.env, TMPDIR: folder } };
  execFileSync(process.execPath, ["--import", "tsx", "guide.ts"], options);
  execFileSync(python, ["guide.py"], options);

  const same = (what: string, found: unknown, wanted: unknown): void => {
    if (!isDeepStrictEqual(found, wanted))
      throw new Error(`${what}: ${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`);
  };
  same("spikes of h5py", await readSonataSpikes(read("theirs.h5")), [
    { name: "a", times: new Float64Array([1.5, 2.5]), ids: new Uint32Array([7, 0]), sorting: "by_time" },
    { name: "b", times: new Float64Array([2, 1]), ids: new Uint32Array([1, 2]), sorting: "none" },
  ]);
  const theirs = [
    { name: "time", values: new Float64Array([0.1 + 0.2, NaN]) },
    { name: "neuron", values: new Float64Array([3, 4]) },
    { name: "name", values: ["exc", "é"] },
  ];
  same("Parquet of pandas", (await readParquet(read("theirs.parquet"))).columns, theirs);
  same("CSV of pandas", readCsv(read("theirs.csv")).columns, theirs);
  process.stdout.write(
    "h5py, libsonata, pandas and pyarrow read every file as it was written, and theirs are read here\n",
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
