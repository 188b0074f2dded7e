import { NeuroweaveError } from "@neuroweave/equations";
import { defineDevice, emitC } from "@neuroweave/kernel";
import { runningTeam } from "./adaptive.ts";
import { guarded } from "./guarded.ts";

let loaded: ReturnType<typeof importNative> | undefined;

const importNative = () => import("../native/index.ts");

/** What compiles and loads, fetched when first needed: it asks for Node. */
async function loadNative() {
  const { process } = globalThis as { readonly process?: { readonly versions?: { readonly node?: string } } };
  if (!process?.versions?.node)
    throw new NeuroweaveError("not-supported", "the device native runs in Node only", {
      remedy: 'Choose the device "auto" or "wasm".',
    });
  return (loaded ??= importNative());
}

interface Functions {
  readonly run: (memory: Uint8Array<ArrayBufferLike>, k: number, steps: number, host: bigint | null, pool: bigint | null, solo: 0 | 1) => number; // prettier-ignore
  readonly open_pool: () => bigint | null;
  readonly close_pool: (pool: bigint) => void;
}

const prototypes = {
  run: "int32_t run(void *m, double k, int32_t steps, void *host, void *pool, int solo)",
  open_pool: "void *open_pool(void)",
  close_pool: "void close_pool(void *pool)",
};

/** Programs that nobody holds any more end their threads. */
const forgotten = new FinalizationRegistry<() => void>((release) => release());

/** Machine code from C, by the compiler that the system has. */
export const native = defineDevice({
  name: "native",
  doc: "Machine code from C, compiled once by the compiler that the system has, and kept; Node only.",
  source: "ISO/IEC 9899:2018 (C17), with GNU vectors",
  threads: () => ({ most: Infinity, shared: false, why: null }),
  // A failure to load is reported by `start`, which awaits the same promise.
  warmUp: () => void loadNative().catch(() => {}),
  async start(program, { memory, host, warn }) {
    const { buildLibrary, loadLibrary, hostCallback } = await loadNative();
    const { path, warnings } = await buildLibrary(emitC(program));
    warnings.forEach(warn);
    const library = await loadLibrary(path);
    const run = library.find<Functions["run"]>(prototypes.run);
    const team = program.team && {
      open: library.find<Functions["open_pool"]>(prototypes.open_pool),
      close: library.find<Functions["close_pool"]>(prototypes.close_pool),
    };
    const pool = team?.open() ?? null;
    if (team && pool === null)
      throw new NeuroweaveError("not-supported", `the system does not give ${program.team!.threads - 1} more threads`, {
        remedy: "Ask for fewer threads.",
      });
    const { call, rethrow } = guarded(host);
    const callback = program.stages.some(({ kind }) => kind === "host") ? hostCallback(call) : null;
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      callback?.release();
      if (pool !== null) team!.close(pool);
    };
    const inMode =
      (solo: 0 | 1) =>
      (k: number, steps: number): number => {
        const done = run(new Uint8Array(memory.buffer), k, steps, callback?.pointer ?? null, pool, solo);
        rethrow();
        return done;
      };
    const running = { ...runningTeam(program.team, { together: inMode(0), alone: inMode(1) }), dispose: release };
    forgotten.register(running, release);
    return running;
  },
  code: emitC,
});
