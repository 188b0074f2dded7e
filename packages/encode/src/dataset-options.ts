import { checkNumber, checkOptions, checkSeed, checkWhole, isList, refusal } from "@neuroweave/equations";
import { checkStepSize, stepsIn } from "@neuroweave/model";
import { checkChoice } from "./checks.ts";
import type { DatasetSample, SampleFrame } from "./dataset-sample.ts";
import { wholeGrid, windowsOnto } from "./dataset-windows.ts";
import type { Windows } from "./dataset-windows.ts";

/** A list of samples, or anything that gives sample `index` from 0 to length − 1, always the same; length may be Infinity. */
export interface SampleSource {
  readonly length: number;
  /** The sample of an index. */
  at(index: number): DatasetSample | undefined;
}

/** How samples are presented one after the other. */
export interface DatasetOptions {
  /** Time that a sample is shown, at one location, in ms, > 0. */
  readonly presentation: number;
  /** Time without spikes after each sample, in ms, ≥ 0. 0 by default. */
  readonly silence?: number;
  /** Times that the whole set is shown, a whole number ≥ 1; a stream takes Infinity as well. 1 by default. */
  readonly repeat?: number;
  /** The order of the samples: as given (the default), or shuffled anew for each repetition, which needs a seed. */
  readonly order?: "given" | "shuffled";
  /** What the shuffled order is drawn from. */
  readonly seed?: number | string;
  /** Neurons that a sample is for: their number, or the shape of their grid, row by row. */
  readonly shape: number | readonly number[];
  /** Time step in ms. With it, all times are whole numbers of steps, and samples may be rasters. */
  readonly dt?: number;
  /** Upper left corners [row, column] of windows: each sample is shown window by window, in this order. */
  readonly locations?: readonly (readonly [number, number])[];
  /** Rows and columns of the windows. */
  readonly window?: readonly [number, number];
  /** Spikes of the location that is shown: in every step of its presentation (the default; needs `dt`), or in its first. */
  readonly locationSpikes?: "everyStep" | "onset";
}

/** The options, checked, and what follows from them. */
export interface DatasetPlan extends SampleFrame {
  readonly count: number;
  readonly repeat: number;
  /** Undefined for the order as given. */
  readonly shuffleSeed: number | string | undefined;
  readonly windows: Windows;
  /** Undefined without locations. */
  readonly locationSpikes: "everyStep" | "onset" | undefined;
  readonly dt: number | undefined;
  /** ms, or steps where there is a time step: one presentation, and one sample with all its locations and its silence. */
  readonly presentationTicks: number;
  readonly sampleTicks: number;
  /** ms in a tick. */
  readonly tick: number;
}

const known = [
  "presentation",
  "silence",
  "repeat",
  "order",
  "seed",
  "shape",
  "dt",
  "locations",
  "window",
  "locationSpikes",
];

export function planDataset(call: string, samples: SampleSource, options: DatasetOptions): DatasetPlan {
  checkOptions(call, options, known);
  const count = countOf(call, samples);
  const repeat = options.repeat === Infinity ? Infinity : checkWhole(`${call}: repeat`, options.repeat ?? 1, 1);
  const shape = shapeOf(call, options.shape);
  const windows = readWindows(call, shape, options);
  const presentation = checkNumber(`${call}: presentation`, options.presentation, { above: 0 });
  const silence = checkNumber(`${call}: silence`, options.silence ?? 0, { min: 0 });
  const dt = options.dt === undefined ? undefined : checkStepSize(options.dt);
  const ticks = (ms: number, name: string) => (dt === undefined ? ms : stepsIn(ms, dt, `${call}: the ${name}`));
  const presentationTicks = ticks(presentation, "presentation");
  if (presentationTicks === 0)
    throw refusal("out-of-range", `${call}: a presentation of ${presentation} ms has no step`, "Present for longer.");
  return {
    call,
    count,
    repeat,
    shuffleSeed: shuffleSeed(call, count, options),
    windows,
    locationSpikes: locationSpikesOf(call, options),
    n: shape.reduce((a, b) => a * b, 1),
    presentation,
    presentationSteps: dt === undefined ? undefined : presentationTicks,
    dt,
    presentationTicks,
    sampleTicks: windows.corners.length * presentationTicks + ticks(silence, "silence"),
    tick: dt ?? 1,
  };
}

function countOf(call: string, samples: unknown): number {
  const source = (typeof samples === "object" ? samples : null) as Partial<SampleSource> | null;
  if (typeof source?.at !== "function")
    throw refusal(
      "invalid-value",
      `${call}: the samples are no list`,
      "Give an array of samples, or { length, at(index) }.",
    );
  if (source.length === Infinity) return Infinity;
  if (source.length === 0) throw refusal("wrong-length", `${call}: there are no samples`, "Give at least one.");
  return checkWhole(`${call}: the number of samples`, source.length, 1);
}

function shapeOf(call: string, given: unknown): readonly number[] {
  const list = isList(given) ? Array.from(given) : [given];
  if (list.length === 0)
    throw refusal("wrong-length", `${call}: the shape is empty`, "Give the number of neurons, or rows and columns.");
  return list.map((each, k) => checkWhole(isList(given) ? `${call}: shape[${k}]` : `${call}: shape`, each, 1));
}

function readWindows(call: string, shape: readonly number[], { locations, window }: DatasetOptions): Windows {
  if ((locations === undefined) !== (window === undefined))
    throw refusal(
      "invalid-value",
      `${call}: ${locations === undefined ? "a window needs locations" : "locations need a window"}`,
      "Give both, or neither.",
    );
  return locations === undefined ? wholeGrid(shape) : windowsOnto(call, shape, locations, window);
}

function locationSpikesOf(call: string, { locations, locationSpikes, dt }: DatasetOptions) {
  if (locationSpikes !== undefined)
    checkChoice(`${call}: locationSpikes`, locationSpikes, ["everyStep", "onset"] as const);
  if (locations === undefined) return undefined;
  const chosen = locationSpikes ?? "everyStep";
  if (chosen === "everyStep" && dt === undefined)
    throw refusal(
      "invalid-dt",
      `${call}: spikes of a location in every step need a time step`,
      'Give dt, or locationSpikes: "onset".',
    );
  return chosen;
}

function shuffleSeed(call: string, count: number, { order = "given", seed }: DatasetOptions) {
  if (checkChoice(`${call}: order`, order, ["given", "shuffled"] as const) === "given") return undefined;
  if (count === Infinity)
    throw refusal("out-of-range", `${call}: endless samples cannot be shuffled`, 'Give order: "given".');
  return checkSeed(`${call}: the seed of the order`, seed);
}
