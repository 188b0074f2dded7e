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
export { makeFolder } from "./folder/make-folder.ts";
export { openOutput, type FileAbout, type OutputFolder, type OutputOptions } from "./folder/output-folder.ts";
export { readCsv, type CsvReadOptions } from "./csv-read.ts";
export { readParquet } from "./parquet-read.ts";
export type { ReadOptions } from "./unreadable.ts";
export { sonataReportOf, type ReportedPopulation, type SonataReportOptions } from "./sonata/write-report.ts";
export { readSonataSpikes, type SonataSpikes } from "./sonata/read-spikes.ts";
export type { Chunk, FileContent } from "./folder/write-whole.ts";
export { readManifest, verifyOutput, type Verification, type VerifiedFile } from "./folder/verify.ts";
export { convertFile, type Conversion, type ConvertOptions } from "./convert.ts";
export type { SpilledPiece } from "./spill/piece.ts";
export { spillFolder, type SpillFolder, type SpillFolderOptions } from "./spill/spill-folder.ts";
export {
  readSpilled,
  type Spilled,
  type SpilledSamples,
  type SpilledSpikes,
  type SpilledStream,
  type StreamFilter,
} from "./spill/read-spilled.ts";
