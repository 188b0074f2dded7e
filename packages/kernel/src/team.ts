/**
 * A step that several threads do together. Each has neurons of its own in every population, and does everything for these;
 * what cannot be shared out, the first thread does. Data, like the program that it is made of.
 */
import type { ProgramStage, SpikeLog, SpikeRing } from "./program.ts";

/** Where threads leave the neurons that spiked, until they are put together: thread t from the place of its first neuron on. */
export interface OwnSpikes {
  readonly ids: number;
  /** Count of thread t at `counts` + 64 t, so that no two threads write into one line of a cache. */
  readonly counts: number;
}

/** log2 of the bytes between the counts of two threads. */
export const ownCountShift = 6;

/** How the neurons of a kernel are shared out. */
export interface KernelShare {
  /** Words: the first neuron of each thread, and the one behind the last. Multiples of `shareUnit`, the last one of the padding. */
  readonly bounds: number;
  readonly own: OwnSpikes | null;
}

/** Neurons that one thread has at least: those whose random numbers are drawn together. */
export const shareUnit = 32;

/** How the synapses of a delivery are shared out: by their targets, which belong to the population behind `bounds`. */
export interface DeliveryShare {
  readonly bounds: number;
  /** Neuron of that population that is target 0. */
  readonly from: number;
  /**
   * Where the synapses of each row are in the order of their targets: words, for every source the first synapse of each
   * thread but the first, of all sources for thread 1, then for thread 2, and so on. Null: each target is looked at.
   */
  readonly splits: number | null;
}

export type TeamStage =
  /** Every thread does what belongs to its neurons. */
  | { readonly kind: "shared"; readonly stage: ProgramStage; readonly share: KernelShare | DeliveryShare }
  /** The first thread does it. */
  | { readonly kind: "alone"; readonly stage: ProgramStage }
  /** Nobody goes on before all are here. */
  | { readonly kind: "barrier" }
  /** What threads have left of their spikes goes into the log, and the ring if there is one. */
  | {
      readonly kind: "gather";
      readonly log: SpikeLog;
      readonly ring: SpikeRing | null;
      readonly own: OwnSpikes;
      readonly bounds: number;
    };

export interface Team {
  readonly threads: number;
  readonly stages: readonly TeamStage[];
  /** Words by which the threads agree; see `control`. */
  readonly control: number;
}

/** Places of the words of `Team.control`, in bytes; each in a line of its own. */
export const control = {
  /** Counts the calls: threads wait for it to change. */
  call: 0,
  /** Steps of the call; negative: leave. */
  steps: 4,
  /** First step, a double. */
  first: 8,
  /** Threads that have come to the barrier. */
  arrived: 64,
  /** Counts the barriers. */
  phase: 128,
  /** Threads that sleep at a barrier or for a call. */
  sleepers: 192,
  /** Not 0 once a host function has failed, or a thread is lost: everyone stops. */
  abort: 256,
  /** Words of all. */
  words: 80,
} as const;
