/** Spikes, samples and measures of a network as files of a folder. */
import {
  csvChunks,
  fileNameOf,
  parquetChunks,
  sonataReportOf,
  sonataSpikesOf,
  spikeTable,
  traceTable,
  type FileAbout,
  type FileContent,
  type OutputFolder,
  type Table,
} from "@neuroweave/export";
import type { Network, RunMeasures } from "neuroweave";
import { canSpike } from "../running/population-results.ts";
import type { Format } from "./formats.ts";
import { recordedVariables, type RecordedVariable } from "./recorded-variables.ts";

export interface ResultsRequest {
  readonly network: Network;
  readonly measures: RunMeasures;
  readonly formats: readonly Format[];
  /** Says what a format cannot keep. */
  note(line: string): void;
}

/**
 * `spikes.FORMAT` with the spikes of all populations, `MEMBER.VARIABLE.FORMAT` for everything that was recorded, and `measures.json` where
 * there are measures. Throws where a file cannot be written; those before it are whole.
 */
export async function writeResults(
  folder: OutputFolder,
  { network, measures, formats, note }: ResultsRequest,
): Promise<void> {
  const spikes = network.populations.filter(canSpike).map((population) => {
    const { times, ids } = population.spikes();
    return { name: population.name, n: population.n, times, ids };
  });
  if (spikes.length > 0)
    for (const format of formats) {
      if (format !== "sonata") await writeTable(folder, "spikes", spikeTable(spikes), format, "spikes");
      else await folder.write("spikes.h5", await sonataSpikesOf({ populations: spikes }), { kind: "spikes" });
    }
  const variables = recordedVariables(network);
  for (const each of variables) {
    // Two recorders of one variable differ in their intervals.
    const twice =
      variables.filter(({ member, variable }) => member === each.member && variable === each.variable).length > 1;
    const name = `${each.member}.${each.variable}${twice ? `.${each.recorder}` : ""}`;
    for (const format of formats) await writeTraces(folder, name, each, format, note);
  }
  if (Object.keys(measures).length > 0)
    await folder.write("measures.json", `${JSON.stringify(measures, null, 2)}\n`, { kind: "measures" });
}

async function writeTraces(
  folder: OutputFolder,
  name: string,
  { variable, unit, recorded, member }: RecordedVariable,
  format: Format,
  note: (line: string) => void,
) {
  if (format !== "sonata") {
    // A column is named as in equations; "g_exc.g" is no name there either.
    const table = traceTable(recorded, { variable, ...(unit === "1" ? {} : { unit }) });
    return writeTable(folder, name, table, format, "traces");
  }
  if (recorded.shape[0] < 2)
    return note(`${name} has ${recorded.shape[0]} samples, and a SONATA report needs two: it is not written as one`);
  const bytes = await sonataReportOf({ populations: [{ name: member, traces: recorded }], unit });
  await folder.write(fileNameOf(name, "h5"), bytes, { kind: "traces" });
}

async function writeTable(folder: OutputFolder, name: string, table: Table, format: "csv" | "parquet", kind: string): Promise<void> {
  const content: FileContent = format === "csv" ? csvChunks(table) : parquetChunks(table);
  const columns = table.columns.map(({ name, unit }) => (unit === undefined ? { name } : { name, unit }));
  const about: FileAbout = { kind, rows: table.columns[0]!.values.length, columns };
  await folder.write(fileNameOf(name, format), content, about);
} // prettier-ignore
