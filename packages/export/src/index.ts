export type { Column, ColumnKind, ColumnValues, ComputedValues, LoadedTable, NumericArray, Table } from "./table.ts";
export { csvChunks, csvOf } from "./csv-write.ts";
export { parquetChunks, parquetOf, type ParquetOptions } from "./parquet-write.ts";
export { spikeTable, type SpikesOfPopulation } from "./spikes.ts";
export { traceTable, type Traces, type TraceTableOptions } from "./traces.ts";
export type { SpikeSorting } from "./sonata/sorting-enum.ts";
export { sonataSpikesOf, type SonataSpikesOptions } from "./sonata/write-spikes.ts";
export { fileNameOf } from "./folder/file-name.ts";
export type { FileSystem } from "./folder/file-system.ts";
export type { ColumnEntry, FileEntry, Json, Manifest, RunDescription } from "./folder/manifest.ts";
export {
  openOutput,
  type Chunk,
  type FileAbout,
  type FileContent,
  type OutputFolder,
  type OutputOptions,
} from "./folder/output-folder.ts";
export { readCsv, type CsvReadOptions } from "./csv-read.ts";
export { readParquet } from "./parquet-read.ts";
export type { ReadOptions } from "./unreadable.ts";
export { sonataReportOf, type ReportedPopulation, type SonataReportOptions } from "./sonata/write-report.ts";
export { readSonataSpikes, type SonataSpikes } from "./sonata/read-spikes.ts";
