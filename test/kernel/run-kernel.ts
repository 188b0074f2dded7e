/** Runs one kernel by itself on a device, over a memory that the test fills and reads. */
import { assemble } from "@neuroweave/engine";
import {
  elementBytes,
  emitC,
  emitProgram,
  evaluateProgram,
  paddedLength,
  type Kernel,
  type Program,
  type RunningProgram,
} from "@neuroweave/kernel";
import { compilerHere, loadProgram } from "../compiler.ts";

export type KernelDevice = "reference" | "wasm" | "native";

/** All devices, without the one that takes a compiler where there is none. */
export const kernelDevices: readonly KernelDevice[] = compilerHere()
  ? ["reference", "wasm", "native"]
  : ["reference", "wasm"];

/** Content of the slots: one number for a cell, one per neuron for a column, row after row for a table. */
export type Contents = Readonly<Record<string, number | readonly number[]>>;

export interface LoadedKernel {
  readonly program: Program;
  run(k: number, steps: number): number;
  /** The elements of a slot, padding left out. */
  values(slot: string): number[];
  /** Neurons that spiked since the kernel was loaded, in order. */
  spikes(): number[];
  suspect(): boolean;
}

const spikeRoom = 4096;

/** Lays the slots of a kernel out and starts it. Slots without content are zero. `ahead` stands ahead of a program in C. */
export async function load(
  kernel: Kernel,
  device: KernelDevice,
  contents: Contents = {},
  ahead = "",
): Promise<LoadedKernel> {
  const bytes = elementBytes(kernel.precision);
  const width = paddedLength(kernel.n);
  let top = 64;
  const take = (size: number): number => {
    const address = top;
    top += Math.ceil(size / 64) * 64;
    return address;
  };
  const suspect = take(4);
  const log = { ids: take(4 * spikeRoom), capacity: spikeRoom, cursor: take(4), ends: take(4 * spikeRoom) };
  const fires = kernel.effects.some(({ kind }) => kind === "spikes");
  const rowsOf = (slot: string): number => {
    const given = contents[slot];
    const { narrow } = kernel.slots.get(slot)!;
    return Array.isArray(given) ? given.length / (narrow ? 1 : kernel.n) : 1;
  };
  const lengths = new Map(
    [...kernel.slots.values()].map(({ name, shape, narrow }) => {
      if (shape === "cell") return [name, 4];
      return [name, shape === "column" ? width : rowsOf(name) * (narrow ? 4 : width)];
    }),
  );
  const addresses = new Map([...lengths].map(([name, length]) => [name, take(length * bytes)]));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(top / 65536) + 1 });
  const view = (slot: string): Float64Array | Float32Array => {
    const at = [memory.buffer, addresses.get(slot)!, lengths.get(slot)!] as const;
    return kernel.precision === "f64" ? new Float64Array(...at) : new Float32Array(...at);
  };
  for (const [slot, given] of Object.entries(contents)) {
    if (!kernel.slots.has(slot)) continue;
    const { shape, narrow } = kernel.slots.get(slot)!;
    const data = view(slot);
    if (typeof given === "number") data.fill(given);
    else if (shape === "table" && narrow) data.set(given);
    else
      for (let row = 0; row * kernel.n < given.length; row++) {
        const own = given.slice(row * kernel.n, (row + 1) * kernel.n);
        data.set(own, row * width);
        data.fill(own.at(-1)!, row * width + own.length, (row + 1) * width);
      }
  }
  const program: Program = {
    precision: kernel.precision,
    dt: kernel.dt,
    suspect,
    sharedMemory: false,
    team: null,
    stages: [{ kind: "kernel", kernel, uniforms: new Map(), addresses, log: fires ? log : null }],
  };
  const running = await startProgram(program, memory, device, ahead);
  const words = (address: number, length: number): Uint32Array => new Uint32Array(memory.buffer, address, length);
  return {
    program,
    run(k, steps) {
      // As the run loop does: a program may look at the word before it begins.
      words(suspect, 1)[0] = 0;
      return running.run(k, steps);
    },
    values: (slot) => Array.from(view(slot)).filter((_, at) => at % width < kernel.n),
    spikes: () => Array.from(words(log.ids, words(log.cursor, 1)[0]!)),
    suspect: () => words(suspect, 1)[0] !== 0,
  };
}

type RunNative = (memory: Uint8Array, k: number, steps: number, host: null, pool: null) => number;

/** A program of one thread and without host code, over a memory. */
export async function startProgram(
  program: Program,
  memory: WebAssembly.Memory,
  device: KernelDevice,
  ahead = "",
): Promise<RunningProgram> {
  if (device === "reference") return evaluateProgram(program, memory, () => {});
  if (device === "native") {
    const prototype = "int32_t run(void *m, double k, int32_t steps, void *host, void *pool)";
    const run = (await loadProgram(ahead + emitC(program))).find<RunNative>(prototype);
    return { run: (k, steps) => run(new Uint8Array(memory.buffer), k, steps, null, null) };
  }
  const imports = { neuroweave: { memory, host: () => 0 } };
  const { instance } = await WebAssembly.instantiate(await assemble(emitProgram(program)), imports);
  const run = instance.exports["run"] as (k: number, steps: number, me: number) => number;
  return { run: (k, steps) => run(k, steps, 0) };
}
