/** What recorders and spike records look like to the network; package `record` makes them. */
import type { SampleRequest } from "./declaration.ts";
import type { Floats } from "./storage.ts";

/**
 * Samples of one variable. Views are of what there is now. n is the number of neurons; of a projection that of the synapses,
 * or of the sources, targets or shared weights where the variable has one value for each of those.
 */
export interface Recorded {
  /** Times of the samples in ms. */
  readonly times: Float64Array;
  /** All values, sample by sample: T × n. */
  readonly values: Floats;
  /** [T, n] */
  readonly shape: readonly [number, number];
  /** The values of one neuron over time. */
  trace(neuron?: number): Float64Array;
  /** The values of all neurons in the sample of step k; refuses a step that was not sampled. */
  at(step: number): Floats;
}

/** The samples of one recorder. */
export interface Recording {
  readonly request: SampleRequest;
  /** Interval in steps. */
  readonly every: number;
  paused: boolean;
  /** Appends samples of steps that follow one another at the interval; variable by variable within a sample. */
  append(firstStep: number, count: number, samples: Floats): void;
  read(variable: string): Recorded;
  clear(): void;
  /** Everything as plain arrays, and back. */
  dump(): RecordingDump;
  load(dump: RecordingDump): void;
}

export interface RecordingDump {
  readonly steps: Float64Array;
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly paused: boolean;
}

/** All spikes of a selection of neurons. */
export interface Spikes {
  /** In ms: step · dt. */
  readonly times: Float64Array;
  /** Steps, from 0. */
  readonly steps: Float64Array;
  /** Neurons, from 0. */
  readonly ids: Uint32Array;
}

/** The spikes of one population, in order of step and neuron. */
export interface SpikeRecord {
  paused: boolean;
  /** Appends `ids`; `ends[j]` is where those of step `firstStep + j` end. */
  append(firstStep: number, ends: Uint32Array, ids: Uint32Array): void;
  read(dt: number): Spikes;
  clear(): void;
  load(steps: Float64Array, ids: Uint32Array): void;
}

/** Makes the stores of a network. */
export interface RecordFactory {
  spikes(options: { readonly keep: number | undefined }): SpikeRecord;
  samples(options: {
    readonly request: SampleRequest;
    /** Values of each variable in a sample. */
    readonly counts: readonly number[];
    readonly every: number;
    readonly dt: number;
    readonly precision: "f64" | "f32";
  }): Recording;
}
