import { checkNumber, isList, refusal } from "@neuroweave/equations";
import { inOrder } from "./encoded-spikes.ts";

/** A sample as spikes: neuron `ids[k]` at `times[k]` ms after the sample is shown, in any order. */
export interface SpikeSample {
  /** In [0, presentation). */
  readonly times: ArrayLike<number>;
  /** The neuron of each spike, from 0. */
  readonly ids: ArrayLike<number>;
  /** What the sample is of. */
  readonly label?: string | number;
}

/** A sample as a raster: 1 (or true) where a neuron spikes in a step. At most as many steps as a presentation has. */
export interface RasterSample {
  /** T rows of n values, one row per step; or the same row after row in one list. */
  readonly raster: ArrayLike<number | boolean> | readonly ArrayLike<number | boolean>[];
  /** What the sample is of. */
  readonly label?: string | number;
}

/** A sample as spikes, or as a raster of them. */
export type DatasetSample = SpikeSample | RasterSample;

/** What a sample has to fit into. */
export interface SampleFrame {
  readonly call: string;
  /** Neurons of the grid. */
  readonly n: number;
  /** Length of a presentation in ms, and in steps where there is a time step. */
  readonly presentation: number;
  readonly presentationSteps: number | undefined;
}

/** A checked sample: events by offset, then id. */
export interface SampleEvents {
  /** Offsets count ms, or steps. */
  readonly unit: "ms" | "step";
  readonly offsets: Float64Array;
  readonly ids: Uint32Array;
  readonly label: string | number | undefined;
}

/** Reads sample `index`; refuses one that does not fit the frame. */
export function readSample(sample: unknown, index: number, frame: SampleFrame): SampleEvents {
  const what = `${frame.call}: sample ${index}`;
  const given = (typeof sample === "object" ? sample : null) as Partial<SpikeSample & RasterSample> | null;
  const label = given?.label;
  if (label !== undefined && typeof label !== "string" && typeof label !== "number")
    throw refusal("invalid-value", `${what} has a label that is no text or number`, "Give a text or a number.");
  if (given !== null && isList(given.raster)) return { ...readRaster(what, given.raster, frame), unit: "step", label };
  if (given !== null && isList(given.times) && isList(given.ids))
    return { ...readSpikes(what, given.times, given.ids, frame), unit: "ms", label };
  throw refusal(
    "invalid-value",
    `${what} is no sample`,
    "Give { times, ids } or { raster }, and a label if there is one.",
  );
}

type Events = Pick<SampleEvents, "offsets" | "ids">;

function readSpikes(
  what: string,
  times: ArrayLike<unknown>,
  ids: ArrayLike<unknown>,
  { n, presentation }: SampleFrame,
): Events {
  if (times.length !== ids.length)
    throw refusal(
      "wrong-length",
      `${what} has ${times.length} times and ${ids.length} ids`,
      "Give one id for each time.",
    );
  for (let k = 0; k < times.length; k++) {
    const id = checkNumber(`${what}: ids[${k}]`, ids[k]);
    if (!Number.isInteger(id) || id < 0 || id >= n)
      throw refusal(
        "out-of-range",
        `${what}: ids[${k}] is ${id}, and the grid has ${n} neurons`,
        `Give ids from 0 to ${n - 1}.`,
      );
    const time = checkNumber(`${what}: times[${k}]`, times[k]);
    if (time < 0 || time >= presentation)
      throw refusal(
        "out-of-range",
        `${what}: times[${k}] is ${time} ms, outside the presentation of ${presentation} ms`,
        "Give times from 0 up to, and without, the presentation, or present samples for longer.",
      );
  }
  const ordered = inOrder(times as ArrayLike<number>, ids as ArrayLike<number>);
  return { offsets: ordered.times, ids: ordered.ids };
}

function readRaster(what: string, raster: ArrayLike<unknown>, { n, presentationSteps }: SampleFrame): Events {
  if (presentationSteps === undefined)
    throw refusal(
      "invalid-dt",
      `${what} is a raster, and there is no time step`,
      "Give dt, the length of a row in ms.",
    );
  const values = isList(raster[0]) ? joinRows(what, raster, n) : raster;
  if (values.length % n !== 0)
    throw refusal(
      "wrong-length",
      `${what} has ${values.length} values, no whole number of rows of ${n} neurons`,
      "Give T × n values, one row per step.",
    );
  if (values.length / n > presentationSteps)
    throw refusal(
      "wrong-length",
      `${what} has ${values.length / n} steps, and a presentation ${presentationSteps}`,
      "Give rasters that are no longer than the presentation, or present samples for longer.",
    );
  const offsets: number[] = [];
  const ids: number[] = [];
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (value === 0 || value === false) continue;
    if (value !== 1 && value !== true)
      throw refusal(
        "invalid-value",
        `${what}: step ${Math.floor(k / n)} of neuron ${k % n} is ${String(value)}`,
        "Give 0 or 1.",
      );
    offsets.push(Math.floor(k / n));
    ids.push(k % n);
  }
  return { offsets: Float64Array.from(offsets), ids: Uint32Array.from(ids) };
}

function joinRows(what: string, rows: ArrayLike<unknown>, n: number): readonly unknown[] {
  return Array.from(rows).flatMap((row, step) => {
    if (!isList(row) || row.length !== n)
      throw refusal("wrong-length", `${what}: row ${step} has not ${n} values`, "Give one value per neuron.");
    return Array.from(row);
  });
}
