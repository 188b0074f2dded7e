/** Files of one format into files of another. */
import { readFile, stat } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { checkOptions, NeuroweaveError, refusal } from "@neuroweave/equations";
import { csvChunks } from "./csv-write.ts";
import { readCsv, type CsvReadOptions } from "./csv-read.ts";
import { fileError, systemFiles } from "./folder/file-system.ts";
import { isOfSystem, unfinishedPath, writeWhole, type FileContent } from "./folder/write-whole.ts";
import { parquetChunks } from "./parquet-write.ts";
import { readParquet } from "./parquet-read.ts";
import { readSonataSpikes } from "./sonata/read-spikes.ts";
import { isSorted } from "./sonata/sorting.ts";
import { sonataSpikesOf } from "./sonata/write-spikes.ts";
import { spikesOfTable } from "./spikes-of-table.ts";
import { spikeTable } from "./spikes.ts";
import { kindOf, type LoadedTable, type Table } from "./table.ts";
import { defaultMaxBytes, tooLarge, type ReadOptions } from "./unreadable.ts";

/** What a conversion may replace and leave out. */
export interface ConvertOptions extends ReadOptions {
  /** Whether an existing file may be replaced. */
  readonly overwrite?: boolean;
  /** The population of all spikes, for a table without a column `population`. */
  readonly population?: string;
  /** Whether columns and metadata that the other format has no place for may be left out. */
  readonly allowLoss?: boolean;
  /** Kinds of columns of a CSV file, as for `readCsv`; numbers are `f64` otherwise. */
  readonly types?: CsvReadOptions["types"];
}

/** What a conversion has written. */
export interface Conversion {
  readonly rows: number;
  /** What the new file does not say any more, in words; never a value, unless `allowLoss` was given. */
  readonly lost: readonly string[];
}

type Format = "csv" | "parquet" | "sonata";

const formats: Readonly<Record<string, Format>> = {
  ".csv": "csv",
  ".parquet": "parquet",
  ".h5": "sonata",
  ".hdf5": "sonata",
};

/**
 * Converts tables between CSV and Parquet, and spikes between those and SONATA HDF5, as the endings of the two names say. No value is changed.
 * Errors: `invalid-value` for endings that are not known or the same format; `would-lose` for metadata in CSV and for columns in
 * SONATA other than population, time and neuron, unless `allowLoss`; `unreadable-file`; `cannot-write`.
 */
export async function convertFile(from: string, to: string, options: ConvertOptions = {}): Promise<Conversion> {
  checkOptions("convertFile", options, ["overwrite", "population", "allowLoss", "types", "maxBytes"]);
  const { overwrite = false, allowLoss = false, maxBytes = defaultMaxBytes } = options;
  const [source, target] = [formatOf(from), formatOf(to)];
  if (source === target)
    throw refusal("invalid-value", `${from} and ${to} have the same format`, "Name files with different endings.");
  if (!overwrite) await checkFree(to);

  const lost: string[] = [];
  const table = await tableOf(source, await bytesOf(from, maxBytes), { ...options, maxBytes }, lost);
  const leaveOut = (what: string, remedy: string): void => {
    if (!allowLoss)
      throw new NeuroweaveError("would-lose", `${to} has no place for ${what} of ${from}`, {
        remedy: `${remedy} Or allow the loss (allowLoss).`,
      });
    lost.push(what);
  };
  await write(to, await contentOf(target, table, options, leaveOut, lost));
  return { rows: table.columns[0]!.values.length, lost };
}

function formatOf(path: string): Format {
  const ending = extname(path).toLowerCase();
  const format = Object.hasOwn(formats, ending) ? formats[ending] : undefined;
  if (format !== undefined) return format;
  throw refusal(
    "invalid-value",
    `${path}: files ending in "${ending}" are not converted`,
    `Use ${Object.keys(formats).join(", ")}.`,
  );
}

async function checkFree(path: string): Promise<void> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new NeuroweaveError("cannot-write", `${path} is already there`, {
      remedy: "Name another file, or say that it may be replaced (overwrite).",
    });
}

async function bytesOf(path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes) throw tooLarge(path, size, maxBytes);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof NeuroweaveError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NeuroweaveError(
      "unreadable-file",
      `${path} cannot be read: ${reason}`,
      { remedy: "Name a file that is there." },
      { cause },
    );
  }
}

async function tableOf(format: Format, bytes: Uint8Array, options: ConvertOptions, lost: string[]): Promise<Table> {
  const { maxBytes = defaultMaxBytes, types = {} } = options;
  if (format === "csv") return readCsv(bytes, { maxBytes, types });
  if (Object.keys(types).length > 0)
    throw refusal(
      "invalid-value",
      "types are those of the columns of a CSV file",
      "The other formats have types: leave it out.",
    );
  if (format === "parquet") return readParquet(bytes, { maxBytes });
  const populations = await readSonataSpikes(bytes, { maxBytes });
  for (const { name, times } of populations)
    if (times.length === 0) lost.push(`the population ${name}, which has no spikes`);
  return spikeTable(populations);
}

type LeaveOut = (what: string, remedy: string) => void;

async function contentOf(
  format: Format,
  table: Table,
  { population }: ConvertOptions,
  leaveOut: LeaveOut,
  lost: string[],
): Promise<FileContent> {
  if (format === "parquet") return parquetChunks(table);
  if (format === "csv") {
    const keys = Object.keys(table.metadata ?? {});
    if (keys.length > 0) leaveOut(`the metadata ${keys.join(", ")}`, "Keep them elsewhere.");
    if (table.columns.some(({ doc }) => doc !== undefined)) lost.push("descriptions of columns");
    if (table.columns.some(({ values }) => !["f64", "text"].includes(kindOf(values)))) lost.push("types of numbers");
    return csvChunks(table);
  }
  const { populations, others } = spikesOfTable(table as LoadedTable, population);
  if (others.length > 0) leaveOut(`the columns ${others.join(", ")}`, "Drop them first.");
  const sorting = (["by_time", "by_id"] as const).find((each) => populations.every((spikes) => isSorted(spikes, each)));
  return sonataSpikesOf({ populations, sorting: sorting ?? "none" });
}

async function write(to: string, content: FileContent): Promise<void> {
  const path = resolve(to);
  try {
    await writeWhole(unfinishedPath(path), path, content, systemFiles);
  } catch (cause) {
    throw isOfSystem(cause) ? fileError("cannot write", path, cause) : cause;
  }
}
