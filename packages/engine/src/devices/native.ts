import { NeuroweaveError } from "@neuroweave/equations";
import { emitC, type HostCall } from "@neuroweave/kernel";
import type { Device } from "./device.ts";

type Native = typeof import("../native/index.ts");

let native: Promise<Native> | undefined;

/** What compiles and loads, fetched when first needed: it asks for Node. */
async function loadNative(): Promise<Native> {
  const { process } = globalThis as { readonly process?: { readonly versions?: { readonly node?: string } } };
  if (!process?.versions?.node)
    throw new NeuroweaveError("not-supported", "the device native runs in Node only", {
      remedy: 'Choose the device "auto" or "wasm".',
    });
  return (native ??= import("../native/index.ts"));
}

type Run = (memory: Uint8Array<ArrayBufferLike>, k: number, steps: number, host: bigint | null) => number;

/** What a host function threw must not cross C: it is kept until the program has stopped. */
function guarded(host: HostCall) {
  let thrown: { readonly error: unknown } | null = null;
  return {
    call(index: number, k: number): number {
      try {
        host(index, k);
        return 0;
      } catch (error) {
        thrown = { error };
        return 1;
      }
    },
    rethrow(): void {
      if (thrown === null) return;
      const { error } = thrown;
      thrown = null;
      throw error;
    },
  };
}

/** Machine code from C, by the compiler that the system has. */
export const nativeDevice: Device = {
  name: "native",
  // A failure to load is reported by `start`, which awaits the same promise.
  warmUp: () => void loadNative().catch(() => {}),
  async start(program, memory, host) {
    const { buildLibrary, loadFunctions, hostCallback } = await loadNative();
    const { path } = await buildLibrary(emitC(program));
    const prototype = "int32_t run(void *m, double k, int32_t steps, void *host)";
    const { run } = await loadFunctions<{ run: Run }>(path, { run: prototype });
    const { call, rethrow } = guarded(host);
    const calls = program.stages.some(({ kind }) => kind === "host");
    const callback = calls ? hostCallback(call) : null;
    return {
      run(k, steps) {
        const done = run(new Uint8Array(memory.wasm.buffer), k, steps, callback?.pointer ?? null);
        rethrow();
        return done;
      },
    };
  },
  code: emitC,
};
