/**
 * A program: what one step of a whole network does, in order, over one linear memory. It is data; an emitter or an
 * evaluator turns it into something that runs. All addresses are byte offsets; word-sized cells are 32-bit.
 */
import type { ColumnDraw, Kernel, Precision, StreamKey } from "./ir.ts";
import type { Team } from "./team.ts";

/** Where a kernel's population writes the neurons that spiked. */
export interface SpikeLog {
  /** 32-bit neuron indices. */
  readonly ids: number;
  /** Room of `ids`, in indices; a step starts only if all neurons could still spike. */
  readonly capacity: number;
  /** Cell: number of indices written since the call began. */
  readonly cursor: number;
  /** One 32-bit word per step of the call: the cursor at the end of that step. */
  readonly ends: number;
}

/** The spikes of the last steps: row e mod rows holds how many there were in step e, and whose. */
export interface SpikeRing {
  /** `rows` rows of `n` 32-bit neuron indices. */
  readonly ids: number;
  /** `rows` 32-bit counts. */
  readonly counts: number;
  readonly rows: number;
  readonly n: number;
}

/** From which spikes, over which synapses, to where. */
export interface Delivery {
  /** What each synapse does: instructions per row and per synapse, stores, and what is transmitted. */
  readonly kernel: Kernel;
  /** Address of each slot of the kernel: of a source's, target's or synapse's first value. */
  readonly addresses: ReadonlyMap<string, number>;
  /** 32-bit row pointers, and targets of 2 or 4 bytes. */
  readonly pointers: number;
  readonly targets: number;
  readonly targetBytes: 2 | 4;
  /** Which of the shared values each synapse has, where there are any. */
  readonly index: { readonly address: number; readonly bytes: 2 | 4 } | null;
  /** Neurons [from, from + n) of the source population have rows. */
  readonly from: number;
  readonly n: number;
  /** Neurons that targets may be. */
  readonly into: number;
  /** What is on its way to a receptor: row a mod rows arrives in step a. `stride` is in bytes. */
  readonly arrivals: { readonly address: number; readonly rows: number; readonly stride: number };
  /** Steps from spike to arrival: of all, or of 1 or 2 bytes for each source or synapse. */
  readonly delay:
    | { readonly kind: "one"; readonly steps: number }
    | { readonly kind: "source" | "synapse"; readonly address: number; readonly bytes: 1 | 2 }
    /**
     * Of each synapse, which is handled when its spike arrives: `offsets` has, for every source, how many of its synapses have a
     * delay of at most 0, 1, … `longest` steps, in 2 or 4 bytes.
     */
    | { readonly kind: "collected"; readonly offsets: number; readonly bytes: 2 | 4; readonly longest: number };
  /** Step k handles the spikes of step k − lag, if that is at least `since`. Without spikes, every row in every step. */
  readonly lag: number;
  /** 32-bit words, one for each source: only those whose word is `lag` are handled. Null for all. */
  readonly lags: number | null;
  readonly since: number;
  readonly spikes: SpikeRing | null;
}

/** A pass over synapses that changes what belongs to them and to their ends, and adds to nothing that arrives. */
export interface Sweep {
  /** What each synapse does: instructions per row and per synapse, stores and additions. */
  readonly kernel: Kernel;
  /** Address of each slot of the kernel: of a source's, target's or synapse's first value. */
  readonly addresses: ReadonlyMap<string, number>;
  /** As of a delivery. */
  readonly pointers: number;
  readonly targets: number;
  readonly targetBytes: 2 | 4;
  readonly index: Delivery["index"];
  /** Sources and targets. */
  readonly n: number;
  readonly into: number;
  readonly over:
    /** All rows, in the steps k ≡ 0 (mod every). */
    | { readonly kind: "all"; readonly every: number }
    /** The rows of sources that spiked in step k − lag, if that is at least `since`; the longest lag first. */
    | ({ readonly kind: "pre" } & Spiked)
    /** The same of targets, whose synapses the columns list. */
    | ({ readonly kind: "post"; readonly columns: SynapseColumns } & Spiked);
}

interface Spiked {
  readonly spikes: SpikeRing;
  /** Neuron of the population that is the first of this end. */
  readonly from: number;
  readonly lag: number;
  /** 32-bit words: a lag of its own for each neuron of this end, `lag` being the longest; null where all have that. */
  readonly lags: number | null;
  readonly since: number;
}

/** Synapses by target: 32-bit column pointers, 32-bit synapses in the order of rows, and the source of each. */
export interface SynapseColumns {
  readonly pointers: number;
  readonly synapses: number;
  readonly sources: number;
  readonly sourceBytes: 2 | 4;
}

/** One stage of a step. */
export type ProgramStage =
  | {
      readonly kind: "kernel";
      readonly kernel: Kernel;
      /** Address of each slot of the kernel. */
      readonly addresses: ReadonlyMap<string, number>;
      readonly log: SpikeLog | null;
      /** It runs in the steps k ≡ 0 (mod every) only; in every step unless given. Not for kernels that list spikes. */
      readonly every?: number;
      /** Where devices find the uniforms of streams that they have drawn ahead, by `streamName`. */
      readonly uniforms: ReadonlyMap<string, readonly [number, number]>;
    }
  /**
   * Draws both uniforms of a stream ahead for all neurons, into two columns. They are the numbers that `random` stands for,
   * so a device that computes those where they are used has nothing to do.
   */
  | {
      readonly kind: "uniforms";
      readonly stream: StreamKey;
      readonly columns: readonly [number, number];
      readonly n: number;
    }
  /** Fills a column of ⌈n / 32⌉·32 elements with numbers of a stream. */
  | { readonly kind: "draw"; readonly draw: ColumnDraw; readonly column: number; readonly n: number }
  /** Keeps the spikes that a kernel has listed in this step. */
  | { readonly kind: "remember"; readonly log: SpikeLog; readonly ring: SpikeRing }
  | { readonly kind: "deliver"; readonly delivery: Delivery }
  | { readonly kind: "sweep"; readonly sweep: Sweep }
  /**
   * Hands over what arrives in this step at one receptor: of the spikes of k − longest, …, k − 1 in this order, for each of the
   * deliveries in theirs, those synapses whose delay is as long ago. Their rings of arrivals have one row. A delivery with
   * one delay for all has it as its lag, too.
   */
  | { readonly kind: "collect"; readonly longest: number; readonly deliveries: readonly Delivery[] }
  /** A cell becomes the sum, mean, largest or smallest value of a column. */
  | {
      readonly kind: "reduce";
      readonly by: "sum" | "mean" | "max" | "min";
      readonly from: number;
      readonly to: number;
      readonly n: number;
    }
  /**
   * Of the neurons of each group that are marked, those with the k largest values lose their mark; NaN is never among them.
   * Where values are equal the lower index wins, or with `ties` all that have the value of a winner. Groups are the `length` neurons at distance `inner` from one another, n / length in number.
   */
  | {
      readonly kind: "compete";
      readonly by: number;
      readonly marks: number;
      readonly k: number;
      readonly ties: boolean;
      readonly n: number;
      readonly length: number;
      readonly inner: number;
      /** Room for k 32-bit indices. */
      readonly winners: number;
    }
  /** Calls the host function of this index. */
  | { readonly kind: "host"; readonly index: number }
  /** Copies columns behind one another to the next place of a buffer, after the steps k ≡ 0 (mod every). */
  | {
      readonly kind: "sample";
      readonly every: number;
      readonly sources: readonly { readonly address: number; readonly bytes: number }[];
      readonly buffer: number;
      /** Cell: samples written since the call began. */
      readonly cursor: number;
      /** Cell: 1 while the recorder runs. */
      readonly enabled: number;
    }
  /** Sets a 0/1 column at the neurons whose listed step is k, and clears those of the event before. */
  | {
      readonly kind: "events";
      readonly column: number;
      readonly steps: number;
      readonly ids: number;
      readonly count: number;
      /** Two cells: first event that is set now, first event that is still to come. */
      readonly cursors: number;
      readonly n: number;
    }
  /**
   * At the beginning of the steps k ≡ 0 (mod 64), what is all but 0 in a column becomes 0: numbers below 2⁻⁹⁵⁰, in single
   * precision below 2⁻¹¹⁰. So nothing decays into subnormal numbers, with which processors are many times slower, and stays.
   */
  | { readonly kind: "settle"; readonly column: number; readonly n: number }
  /** Copies a column. */
  | { readonly kind: "copy"; readonly from: number; readonly to: number; readonly bytes: number }
  /** Sets a column to zero, in the steps k ≡ 0 (mod every). */
  | { readonly kind: "clear"; readonly address: number; readonly bytes: number; readonly every: number };

/** A whole step, and the cells by which it talks to its caller. */
export interface Program {
  readonly precision: Precision;
  readonly dt: number;
  readonly stages: readonly ProgramStage[];
  /** Whether its memory is shared between workers, even where one thread does all. */
  readonly sharedMemory: boolean;
  /** How several threads do the stages; null where one does. */
  readonly team: Team | null;
  /** Cell: set to 1 when a state may have become non-finite. */
  readonly suspect: number;
}

/** A program that can run. */
export interface RunningProgram {
  /**
   * Does `steps` steps from step `k` on, and returns how many it did. It stops ahead of a step in which some `SpikeLog` might not have room
   * for all neurons of its population, and behind a step after which the word `suspect` is not 0; it does one step at least. What a host
   * function throws ends the call in the midst of a step, and is thrown: the caller puts memory back to what it was ahead of the call. The next
   * call may be of any step.
   */
  run(k: number, steps: number): number;
  /** Lines for `explain()` of what the device knows of this program. */
  notes?(): readonly string[];
  /** Of a team that may do a step by one thread: what steps took lately either way, in ms; null before that is known. */
  pace?(): { readonly together: number | null; readonly alone: number | null };
  /** Ends its threads and gives back what the system keeps for it. It does not run again; it may be told twice. */
  dispose?(): void;
}

/** Calls host function `index` at step k. */
export type HostCall = (index: number, k: number) => void;

/** Bytes of one element. */
export const elementBytes = (precision: Precision): 4 | 8 => (precision === "f64" ? 8 : 4);

/** Every column is padded to this many elements, so that no vector loop needs a tail. The padding repeats the last neuron. */
const padding = 16;

/** Neurons that 128-bit vectors of any precision divide. */
const group = 4;

/** Neurons that are summed one after the other, before the sums of blocks are. */
export const reductionBlock = 256;

/** Steps between two times at which columns settle, and the magnitude below which a number becomes 0. */
export const settling = { every: 64, least: { f64: 2 ** -950, f32: 2 ** -110 } } as const;

/** Neurons whose numbers are drawn together. */
export const drawGroup = 32;

/** A stream as a key of maps. */
export const streamName = ({ low, high }: StreamKey): string => `${low} ${high}`;

/** Elements of a column for n neurons, padding included. */
export const paddedLength = (n: number): number => Math.ceil(n / padding) * padding;

/** Elements of a column that loops over 128-bit vectors go through: of a few neurons, less than the padding. */
export const groupedLength = (n: number): number => Math.ceil(n / group) * group;
