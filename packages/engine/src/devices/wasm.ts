import type wabt from "wabt";
import { NeuroweaveError } from "@neuroweave/equations";
import { emitProgram } from "@neuroweave/kernel";
import type { Device } from "./device.ts";

type Assembler = Awaited<ReturnType<typeof wabt>>;

let assembler: Promise<Assembler> | undefined;

/** wabt, loaded once, when first needed. */
const loadAssembler = (): Promise<Assembler> =>
  (assembler ??= import("wabt").then((module) => (module as unknown as { default: typeof wabt }).default()));

/** WAT text to module bytes. */
export async function assemble(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const wabt = await loadAssembler();
  const module = wabt.parseWat("neuroweave.wat", text, { simd: true, bulk_memory: true, multi_value: true });
  try {
    return new Uint8Array(module.toBinary({}).buffer);
  } catch (cause) {
    throw new NeuroweaveError("internal", "the emitted program does not assemble", {}, { cause });
  } finally {
    module.destroy();
  }
}

/** WebAssembly with 128-bit SIMD. */
export const wasm: Device = {
  name: "wasm",
  // A failure to load is reported by `start`, which awaits the same promise.
  warmUp: () => void loadAssembler().catch(() => {}),
  async start(program, memory, host) {
    const bytes = await assemble(emitProgram(program));
    const imports = { neuroweave: { memory: memory.wasm, host } };
    const { instance } = await WebAssembly.instantiate(bytes, imports);
    return { run: instance.exports["run"] as (k: number, steps: number) => number };
  },
  code: emitProgram,
};
