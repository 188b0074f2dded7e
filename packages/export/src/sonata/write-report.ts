/**
 * Recorded variables as a SONATA report (SONATA Developer Guide, "Frame oriented, node element recordings"): /report/<population>/data, T × n, and
 * what its columns and rows are. Point neurons have one element each. Values are floats of 32 bits: readers refuse others.
 */
import { checkOptions, isList, refusal } from "@neuroweave/equations";
import type { Dataset, Group } from "h5wasm";
import { checkTraces, type Traces } from "../traces.ts";
import { hdf5Of } from "./hdf5-file.ts";
import { putUnits } from "./long-dataset.ts";
import { checkGroupName, putHead } from "./sonata-file.ts";

/** Samples of one population, and the neurons that they are of. */
export interface ReportedPopulation {
  readonly name: string;
  /** At least two samples, equally far apart. */
  readonly traces: Traces;
  /** Neurons of the columns, ascending; the default is from 0 to n - 1. */
  readonly ids?: ArrayLike<number>;
}

/** Populations and unit of a report. */
export interface SonataReportOptions {
  readonly populations: readonly ReportedPopulation[];
  /** Unit of the variable: "mV". A file has one variable. */
  readonly unit: string;
}

/** Bytes that are written at a time, about. */
const pieceBytes = 1 << 23;

/** Bytes of values that a file made in memory may have. */
const mostBytes = 1.5 * 2 ** 30;

/**
 * The bytes of a SONATA report of one variable. Values are rounded to floats of 32 bits, which is what the format has; Parquet keeps
 * all. Errors: `would-lose` for samples that are not equally far apart or only one, as the file has start, stop and step;
 * `wrong-length`, `invalid-name`, `duplicate-name`, `out-of-memory`.
 */
export async function sonataReportOf(options: SonataReportOptions): Promise<Uint8Array> {
  checkOptions("sonataReportOf", options, ["populations", "unit"]);
  const { populations, unit } = options;
  if (typeof unit !== "string" || unit === "")
    throw refusal("invalid-value", `sonataReportOf: unit is ${String(unit)}`, 'Give the unit of the variable: "mV".');
  checkReported(populations);
  return hdf5Of((file) => {
    putHead(file);
    const report = file.create_group("report");
    for (const population of populations) putPopulation(report.create_group(population.name), population, unit);
  });
}

function checkReported(populations: readonly ReportedPopulation[]): void {
  const names = new Set<string>();
  let bytes = 0;
  for (const { name, traces, ids } of populations) {
    checkGroupName(name);
    if (names.has(name)) throw refusal("duplicate-name", `two populations are named ${name}`, "Report each once.");
    names.add(name);
    checkTraces("sonataReportOf", traces);
    const n = traces.shape[1];
    if (ids !== undefined && (!isList(ids) || ids.length !== n || !isAscending(ids)))
      throw refusal(
        "wrong-length",
        `the ids of ${name} are not ${n} ascending whole numbers`,
        "Give one for each column.",
      );
    bytes += traces.values.length * 4;
  }
  if (bytes > mostBytes)
    throw refusal(
      "out-of-memory",
      `${bytes} bytes of samples do not fit into a report made in memory`,
      "Write Parquet.",
    );
}

function isAscending(ids: ArrayLike<number>): boolean {
  for (let index = 0; index < ids.length; index++)
    if (!Number.isSafeInteger(ids[index]) || ids[index]! <= (index === 0 ? -1 : ids[index - 1]!)) return false;
  return true;
}

function putPopulation(group: Group, { name, traces, ids }: ReportedPopulation, unit: string): void {
  const n = traces.shape[1];
  putUnits(putValues(group, traces), unit);
  const mapping = group.create_group("mapping");
  const put = (dataset: string, data: BigUint64Array | Uint32Array | Float32Array | Float64Array) =>
    mapping.create_dataset({ name: dataset, data, shape: [data.length] });
  putUnits(put("time", startStopStep(name, traces.times)), "ms");
  const numbers = ids ?? Uint32Array.from({ length: n }, (_, neuron) => neuron);
  const nodes = put(
    "node_ids",
    BigUint64Array.from({ length: n }, (_, index) => BigInt(numbers[index]!)),
  );
  nodes.create_attribute("sorted", new Uint8Array([1]), []);
  // One more than the guide's text has, as its formula and every reader need.
  put(
    "index_pointers",
    BigUint64Array.from({ length: n + 1 }, (_, index) => BigInt(index)),
  );
  put("element_ids", new Uint32Array(n).fill(1));
  put("element_pos", new Float32Array(n).fill(1));
}

function putValues(group: Group, { values, shape: [samples, n] }: Traces): Dataset {
  const rows = Math.max(1, Math.floor(pieceBytes / (4 * Math.max(1, n))));
  const part = (from: number, to: number): Float32Array => Float32Array.from(values.subarray(from * n, to * n));
  const first = Math.min(samples, rows);
  const options = samples <= rows ? {} : { maxshape: [null, n], chunks: [rows, n] };
  const data = group.create_dataset({ name: "data", data: part(0, first), shape: [first, n], ...options });
  for (let from = rows; from < samples; from += rows) {
    const to = Math.min(samples, from + rows);
    data.resize([to, n]);
    data.write_slice([[from, to], []], part(from, to));
  }
  return data;
}

/** Half of a millionth of a step is what sums and products of dt differ by. */
const tolerance = 5e-7;

/** The frames are at start + k · step, and stop is where the next one would be. */
function startStopStep(name: string, times: ArrayLike<number>): Float64Array {
  const last = times.length - 1;
  const start = times[0]!;
  const step = (times[last]! - start) / last;
  let uniform = last > 0 && step > 0;
  for (let frame = 0; uniform && frame <= last; frame++)
    uniform = Math.abs(times[frame]! - (start + frame * step)) <= tolerance * step;
  if (!uniform)
    throw refusal(
      "would-lose",
      `the samples of ${name} are not two or more at equal distances, which is all that a SONATA report can say`,
      "Write a table instead.",
    );
  return new Float64Array([start, start + (last + 1) * step, step]);
}
