/**
 * A piece of a spilled run as a table of its own. The metadata `neuroweave.piece` say what it is a piece of, and hold a hash of that and
 * of all values: a Parquet file has no checksum that every reader checks, and a flipped bit of a double is a double.
 */
import { createHash, type Hash } from "node:crypto";
import { isList, refusal } from "@neuroweave/equations";
import type { Column, ComputedValues, LoadedTable, Table } from "../table.ts";
import { unreadable } from "../unreadable.ts";
import type { StreamName } from "./piece-name.ts";

/** What one population or projection has recorded between two hand-overs: a `SpilledChunk` of a network. */
export interface SpilledPiece {
  /** Population, projection or signal. */
  readonly entity: string;
  /** Name of the recorder; null for spikes. */
  readonly recorder: string | null;
  /** The step border at which it was handed on, in steps since the start. */
  readonly until: number;
  /** Steps of the spikes or samples, ascending, all below `until`; at least one. */
  readonly steps: Float64Array;
  /** The same in ms. */
  readonly times: Float64Array;
  /** Neurons from 0, one for each spike; null for samples. */
  readonly ids: Uint32Array | null;
  /** Of samples: T × n values by variable. */
  readonly columns: Readonly<Record<string, Float64Array>>;
}

const pieceKey = "neuroweave.piece";
const leading = ["step", "time", "index"];

/** What a piece says of itself. */
interface About extends StreamName {
  readonly format: 1;
  readonly number: number;
  readonly until: number;
  /** Number of samples, or of spikes. */
  readonly count: number;
  /** Values of each variable in a sample, in the order of the columns. */
  readonly widths: readonly (readonly [variable: string, width: number])[];
}

/** Refuses (`invalid-value`, `wrong-length`, `out-of-range`) what no network hands on. */
export function checkPiece(call: string, piece: SpilledPiece): void {
  const { entity, recorder, until, steps, times, ids, columns } = piece;
  const isNamed = typeof entity === "string" && (recorder === null ? isList(ids) : typeof recorder === "string");
  if (!isNamed || !(steps instanceof Float64Array) || !(times instanceof Float64Array) || steps.length === 0)
    throw refusal("invalid-value", `${call}: this is no chunk of a network`, "Give the folder to net.spill({ to }).");
  const fits =
    times.length === steps.length &&
    (ids === null || ids.length === steps.length) &&
    Object.values(columns).every((values) => values.length % steps.length === 0);
  if (!fits)
    throw refusal("wrong-length", `${call}: the columns of ${entity} differ in length`, "Give what the network gives.");
  if (!(Number.isSafeInteger(until) && until > steps.at(-1)! && steps[0]! >= 0))
    throw refusal(
      "out-of-range",
      `${call}: a chunk of ${entity} has the step ${String(steps.at(-1))}, and was handed on at ${String(until)}`,
      "Give the network's own step border.",
    );
}

/** The table of a piece, which makes its columns when they are asked for. Spikes have a row each, samples one for each neuron or synapse. */
export function tableOfPiece(piece: SpilledPiece, number: number): Table {
  const { entity, recorder, until, steps, times, ids } = piece;
  const widths = Object.entries(piece.columns).map(([name, values]) => [name, values.length / steps.length] as const);
  const about: About = { format: 1, entity, recorder, number, until, count: steps.length, widths };
  const columns = ids === null ? sampleColumns(piece, widths) : spikeColumns(steps, times, ids);
  return { columns, metadata: { [pieceKey]: JSON.stringify({ ...about, sha256: digestOf(about, piece) }) } };
}

const spikeColumns = (steps: Float64Array, times: Float64Array, ids: Uint32Array): Column[] => [
  { name: "step", values: steps, doc: "in which it spiked" },
  { name: "time", values: times, unit: "ms", doc: "of the spike" },
  { name: "neuron", values: ids, doc: "its number within the population" },
];

/** Rows of a sample: those of the widest variable; at least one, so that samples of nothing keep their times. */
const rowsOf = (widths: About["widths"]): number => Math.max(1, ...widths.map(([, width]) => width));

function sampleColumns({ steps, times, columns }: SpilledPiece, widths: About["widths"]): Column[] {
  const rows = rowsOf(widths);
  const length = steps.length * rows;
  const computed = (at: (row: number) => number): ComputedValues => ({
    kind: "f64",
    length,
    slice: (from, to) => Float64Array.from({ length: to - from }, (_, row) => at(from + row)),
  });
  const index: ComputedValues = {
    kind: "u32",
    length,
    slice: (from, to) => Uint32Array.from({ length: to - from }, (_, row) => (from + row) % rows),
  };
  return [
    { name: "step", values: computed((row) => steps[Math.floor(row / rows)]!), doc: "of the sample" },
    { name: "time", values: computed((row) => times[Math.floor(row / rows)]!), unit: "ms", doc: "of the sample" },
    { name: "index", values: index, doc: "number of the neuron or synapse" },
    ...widths.map(([variable, width]) => {
      const values = columns[variable]!;
      const padded = (row: number): number =>
        row % rows < width ? values[Math.floor(row / rows) * width + (row % rows)]! : NaN;
      return { name: columnOf(variable), values: width === rows ? values : computed(padded) };
    }),
  ];
}

/** Variables have no blanks in their names, so this one is nobody's. */
const columnOf = (variable: string): string => (leading.includes(variable) ? `recorded ${variable}` : variable);

/** The piece of a table that was read from `place`, to the bit but for the payload of NaN. Errors: `unreadable-file`. */
export function pieceOfTable(table: LoadedTable, expected: StreamName & { number: number; until: number }, place: string): SpilledPiece {
  const fault = (why: string): Error => unreadable(place, why, "Restore the file from a copy, or run again from a checkpoint before it.");
  const { sha256, ...about } = aboutOf(table, fault);
  for (const key of ["entity", "recorder", "number", "until"] as const)
    if (about[key] !== expected[key])
      throw fault(`its name says ${key} ${String(expected[key])}, and its content ${String(about[key])}`);
  const { count, widths, recorder } = about;
  const rows = recorder === null ? 1 : rowsOf(widths);
  const names = recorder === null ? ["step", "time", "neuron"] : [...leading, ...widths.map(([name]) => columnOf(name))];
  if (table.columns.map(({ name }) => name).join("\n") !== names.join("\n") || table.columns[0]!.values.length !== count * rows)
    throw fault("its columns are not those that it speaks of");
  const values = (column: number): ArrayLike<number> => table.columns[column]!.values as ArrayLike<number>;
  const narrowed = (column: number, width: number): Float64Array => {
    const all = values(column);
    if (width === rows && all instanceof Float64Array) return all;
    return Float64Array.from({ length: count * width }, (_, at) => all[Math.floor(at / width) * rows + (at % width)]!);
  };
  const piece: SpilledPiece = {
    entity: about.entity,
    recorder,
    until: about.until,
    steps: narrowed(0, 1),
    times: narrowed(1, 1),
    ids: recorder === null ? Uint32Array.from(values(2)) : null,
    columns: Object.fromEntries(widths.map(([name, width], index) => [name, narrowed(leading.length + index, width)])),
  };
  if (digestOf(about, piece) !== sha256) throw fault("its values are not those that were written");
  return piece;
} // prettier-ignore

function aboutOf({ metadata = {} }: LoadedTable, fault: (why: string) => Error): About & { readonly sha256: string } {
  const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  let about: Partial<About & { readonly sha256: string }> | null;
  try {
    about = JSON.parse(metadata[pieceKey] ?? "null") as typeof about;
  } catch {
    about = null;
  }
  const widths: unknown = about?.widths;
  const isKnown =
    about?.format === 1 &&
    isWhole(about.count) &&
    Array.isArray(widths) &&
    widths.every((each) => Array.isArray(each) && typeof each[0] === "string" && isWhole(each[1]));
  if (!isKnown) throw fault("it does not say what it is a piece of");
  return about as About & { readonly sha256: string };
}

function digestOf(about: About, { steps, times, ids, columns }: SpilledPiece): string {
  const { format, entity, recorder, number, until, count, widths } = about;
  const hash = createHash("sha256").update(JSON.stringify([format, entity, recorder, number, until, count, widths]));
  for (const values of [steps, times, ...(ids === null ? [] : [ids]), ...widths.map(([name]) => columns[name]!)])
    addTo(hash, values);
  return hash.digest("hex");
}

/** As doubles, with one NaN for all, since files do not keep which it was. */
function addTo(hash: Hash, values: Float64Array | Uint32Array): void {
  const block = new Float64Array(Math.min(values.length, 8192));
  const words = new Uint32Array(block.buffer);
  for (let from = 0; from < values.length; from += block.length) {
    const length = Math.min(block.length, values.length - from);
    for (let at = 0; at < length; at++) {
      const value = values[from + at]!;
      block[at] = value;
      if (Number.isNaN(value)) words.set([0, 0x7ff80000], 2 * at);
    }
    hash.update(new Uint8Array(block.buffer, 0, 8 * length));
  }
}
