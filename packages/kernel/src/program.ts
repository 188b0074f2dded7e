/**
 * A program: what one step of a whole network does, in order, over one linear memory. It is data; an emitter or an
 * evaluator turns it into something that runs. All addresses are byte offsets; word-sized cells are 32-bit.
 */
import type { Kernel, Precision } from "./ir.ts";

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

/** One stage of a step. */
export type ProgramStage =
  | {
      readonly kind: "kernel";
      readonly kernel: Kernel;
      /** Address of each slot of the kernel. */
      readonly addresses: ReadonlyMap<string, number>;
      readonly log: SpikeLog | null;
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
  /** Copies a column. */
  | { readonly kind: "copy"; readonly from: number; readonly to: number; readonly bytes: number }
  /** Sets a column to zero. */
  | { readonly kind: "clear"; readonly address: number; readonly bytes: number };

/** A whole step, and the cells by which it talks to its caller. */
export interface Program {
  readonly precision: Precision;
  readonly dt: number;
  readonly stages: readonly ProgramStage[];
  /** Cell: set to 1 when a state may have become non-finite. */
  readonly suspect: number;
}

/** A program that can run: `steps` steps from step `k`; returns how many it did before it had to stop. */
export interface RunningProgram {
  run(k: number, steps: number): number;
}

/** Calls host function `index` at step k. */
export type HostCall = (index: number, k: number) => void;

/** Bytes of one element. */
export const elementBytes = (precision: Precision): 4 | 8 => (precision === "f64" ? 8 : 4);

/** Lanes of one vector. */
export const lanesOf = (precision: Precision): 2 | 4 => (precision === "f64" ? 2 : 4);

/** Every column is padded to this many elements, so that vector loops need no tail. The padding repeats the last neuron. */
const padding = 4;

/** Elements of a column for n neurons, padding included. */
export const paddedLength = (n: number): number => Math.ceil(n / padding) * padding;
