import type wabt from "wabt";
import { NeuroweaveError } from "@neuroweave/equations";
import { defineDevice, emitProgram } from "@neuroweave/kernel";
import { guarded } from "./guarded.ts";
import { sharedMemory, startTeam } from "./wasm-team.ts";

type Assembler = Awaited<ReturnType<typeof wabt>>;
type MakeAssembler = () => Promise<Assembler>;

let assembler: Promise<Assembler> | undefined;

/** What Node (from 20.16) offers for loading a CommonJS module without scanning its 700 kB for export names first. */
interface NodeProcess {
  readonly getBuiltinModule?: (name: "module") => {
    readonly createRequire: (from: string) => (name: string) => unknown;
  };
}

async function importAssembler(): Promise<MakeAssembler> {
  const { process } = globalThis as { readonly process?: NodeProcess };
  const node = process?.getBuiltinModule?.("module");
  try {
    if (node) return node.createRequire(import.meta.url)("wabt") as MakeAssembler;
  } catch {
    // A bundle carries its modules with it: only `import` finds them there.
  }
  const module = (await import("wabt")) as unknown as { readonly default: MakeAssembler };
  return module.default;
}

/** wabt, loaded once, when first needed. */
const loadAssembler = (): Promise<Assembler> => (assembler ??= importAssembler().then((make) => make()));

/** WAT text to module bytes. */
export async function assemble(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const wabt = await loadAssembler();
  const features = { simd: true, bulk_memory: true, multi_value: true, threads: true };
  try {
    const module = wabt.parseWat("neuroweave.wat", text, features);
    try {
      return new Uint8Array(module.toBinary({}).buffer);
    } finally {
      module.destroy();
    }
  } catch (cause) {
    throw new NeuroweaveError("internal", "the emitted program does not assemble", {}, { cause });
  }
}

/** WebAssembly with 128-bit SIMD. */
export const wasm = defineDevice({
  name: "wasm",
  doc: "WebAssembly with 128-bit SIMD, in Node and in browsers.",
  source: "WebAssembly Core Specification 2.0, with threads",
  threads: sharedMemory,
  // A failure to load is reported by `start`, which awaits the same promise.
  warmUp: () => void loadAssembler().catch(() => {}),
  async start(program, { memory, host }) {
    const bytes = await assemble(emitProgram(program));
    if (program.team) return startTeam(bytes, program.team, memory, host);
    const { call, rethrow } = guarded(host);
    const imports = { neuroweave: { memory, host: call } };
    const { instance } = await WebAssembly.instantiate(bytes, imports);
    const run = instance.exports["run"] as (k: number, steps: number, me: number) => number;
    return {
      run(k, steps) {
        const done = run(k, steps, 0);
        rethrow();
        return done;
      },
    };
  },
  code: emitProgram,
});
