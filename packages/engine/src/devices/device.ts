/** Where a program runs. */
import type { HostCall, Program, RunningProgram } from "@neuroweave/kernel";
import type { Memory } from "../memory.ts";

/** Devices by which a network can be run; `auto` is a choice among them. */
export type DeviceName = "wasm" | "native" | "reference";

export interface Device {
  readonly name: DeviceName;
  /** Whether several threads need memory that is shared between workers. */
  readonly sharesMemory: boolean;
  /** Most threads that a program can have here; and why, where that is one. */
  threads(): { readonly most: number; readonly why: string | null };
  /** Begins to load what `start` will need, so that it is there sooner. */
  warmUp(): void;
  /** Makes a program run over the memory. What a host function throws ends the call, and is thrown by it. */
  start(program: Program, memory: Memory, host: HostCall, warn: (message: string) => void): Promise<RunningProgram>;
  /** The program as text, where the device has one. */
  code(program: Program): string | null;
}
