/** Recorded variables as tables. */
import { isList, refusal } from "@neuroweave/equations";
import type { Column, ComputedValues, Table } from "./table.ts";

/** Samples of one variable. `population.recorded(name)` has this form. */
export interface Traces {
  /** T times in ms. */
  readonly times: ArrayLike<number>;
  /** T × n values, sample by sample. */
  readonly values: Float64Array | Float32Array;
  /** T and n. */
  readonly shape: readonly [number, number];
}

/** How samples become a table. */
export interface TraceTableOptions {
  /** Name of the variable, which becomes the name of the columns: "v". */
  readonly variable: string;
  /** Unit of the variable. */
  readonly unit?: string;
  /**
   * `wide` has one column for each neuron, `v_0`, `v_1`, …; `long` one row for each value, with the columns `time`, `neuron` and the
   * variable. The default is `wide` up to 256 neurons: readers of tables, and people, choke on thousands of columns.
   */
  readonly form?: "wide" | "long";
}

/** Neurons up to which a table is wide unless told otherwise. */
const widestTable = 256;

/**
 * The samples of a variable as a table, whose first column is `time` (ms). The table makes its columns when they are asked for, from the samples
 * as they are then: it costs no memory, and is to be written before the run goes on. Errors: `invalid-value`, `wrong-length`.
 */
export function traceTable(traces: Traces, options: TraceTableOptions): Table {
  checkTraces("traceTable", traces);
  const { variable, unit, form = traces.shape[1] <= widestTable ? "wide" : "long" } = options;
  if (form !== "wide" && form !== "long")
    throw refusal("invalid-value", `traceTable: form is ${String(form)}`, 'It is "wide" or "long".');
  return { columns: form === "wide" ? wide(traces, variable, unit) : long(traces, variable, unit) };
}

function wide({ times, values, shape: [samples, n] }: Traces, variable: string, unit: string | undefined): Column[] {
  const kind = values instanceof Float32Array ? "f32" : "f64";
  const trace = (neuron: number): ComputedValues => ({
    kind,
    length: samples,
    slice: (from, to) => fill(floats(kind, to - from), (row) => values[(from + row) * n + neuron]!),
  });
  return [
    { name: "time", values: timesOf(times), unit: "ms", doc: "of the sample" },
    ...Array.from({ length: n }, (_, neuron) => ({
      name: `${variable}_${neuron}`,
      values: trace(neuron),
      doc: `${variable} of neuron ${neuron}`,
      ...(unit === undefined ? {} : { unit }),
    })),
  ];
}

function long({ times, values, shape: [samples, n] }: Traces, variable: string, unit: string | undefined): Column[] {
  const length = samples * n;
  const column = (kind: "f64" | "u32", at: (row: number) => number): ComputedValues => ({
    kind,
    length,
    slice: (from, to) =>
      fill(kind === "f64" ? new Float64Array(to - from) : new Uint32Array(to - from), (row) => at(from + row)),
  });
  return [
    { name: "time", values: column("f64", (row) => times[Math.floor(row / n)]!), unit: "ms", doc: "of the sample" },
    { name: "neuron", values: column("u32", (row) => row % n), doc: "its number within the population" },
    { name: variable, values, ...(unit === undefined ? {} : { unit }) },
  ];
}

/** Refuses times, values and shape that do not fit one another. */
export function checkTraces(call: string, traces: Traces): void {
  const { times, values, shape } = traces;
  const isFloats = values instanceof Float64Array || values instanceof Float32Array;
  if (!isFloats || !isList(times) || !Array.isArray(shape))
    throw refusal(
      "invalid-value",
      `${call}: the samples are not { times, values, shape }`,
      'Give what population.recorded("…") gives.',
    );
  const [samples, n] = shape;
  if (times.length !== samples || values.length !== samples * n)
    throw refusal(
      "wrong-length",
      `${call}: ${times.length} times and ${values.length} values have not the shape ${samples} × ${n}`,
      "Values are T × n, sample by sample.",
    );
}

const timesOf = (times: ArrayLike<number>): Float64Array =>
  times instanceof Float64Array ? times : Float64Array.from(times);

const floats = (kind: "f32" | "f64", length: number): Float32Array | Float64Array =>
  kind === "f32" ? new Float32Array(length) : new Float64Array(length);

function fill<Array extends Float64Array | Float32Array | Uint32Array>(
  array: Array,
  value: (row: number) => number,
): Array {
  for (let row = 0; row < array.length; row++) array[row] = value(row);
  return array;
}
