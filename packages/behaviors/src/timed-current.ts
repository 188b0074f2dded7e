import { NeuroweaveError, type Table } from "@neuroweave/model";
import { defineStimulus } from "./define-stimulus.ts";

/** A current given as numbers: one value, or one per neuron, for each interval; the last is held. */
export const TimedCurrent = defineStimulus({
  name: "timedCurrent",
  doc: "A current from a table: each row is valid for one interval, and the last for ever after.",
  source: "Current clamp with a recorded waveform",
  options: {
    /** Rows of one value, or of one per neuron, in the unit of the input. */
    values: [0] as Table["values"],
    /** Length of an interval in ms, a whole number of steps. */
    every: undefined as number | undefined,
  },
  tables({ values, every }) {
    if (values.length > 1 && every === undefined)
      throw refusal(
        "invalid-value",
        "rows of values need an interval",
        "Give `every`, the time that a row is valid, in ms.",
      );
    if (every !== undefined && !(Number.isFinite(every) && every > 0))
      throw refusal("out-of-range", `the interval is ${String(every)} ms`, "Give a time > 0, a whole number of steps.");
    return { values: { values: checkedRows(values), every: every ?? 1 } };
  },
  current: "values",
});

function refusal(code: "invalid-value" | "out-of-range" | "wrong-length" | "not-finite", what: string, remedy: string) {
  return new NeuroweaveError(code, what, { remedy });
}

/** Rows of finite numbers, all of one length, copied. */
function checkedRows(values: unknown): Table["values"] {
  const rows = isList(values) ? Array.from(values) : [];
  if (rows.length === 0)
    throw refusal(
      "wrong-length",
      "there are no values",
      "Give a list of numbers, or of arrays of one number per neuron.",
    );
  const width = isList(rows[0]) ? rows[0].length : null;
  for (const [index, row] of rows.entries()) {
    if ((isList(row) ? row.length : null) !== width)
      throw refusal("wrong-length", `values[${index}] is not like the rows before`, "Give rows of one length.");
    const bad = (isList(row) ? Array.from(row) : [row]).find(
      (each) => typeof each !== "number" || !Number.isFinite(each),
    );
    if (bad !== undefined) throw refusal("not-finite", `values[${index}] holds ${String(bad)}`, "Give finite numbers.");
  }
  return rows.map((row) => (isList(row) ? Float64Array.from(row as ArrayLike<number>) : row)) as Table["values"];
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
