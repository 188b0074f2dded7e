/** From a library on disk to functions that can be called. */
import type Koffi from "koffi";
import { NeuroweaveError } from "@neuroweave/equations";
import { isIntact } from "./cache-entry.ts";
import { createRequire, dirname, rm } from "./node.ts";
import { whyUntrusted } from "./trust.ts";

/**
 * What goes to C: numbers, addresses as bigint, and views, which pass the address of their first byte, shared memory
 * or not. A view whose buffer has been taken away, as by a memory that grew, passes null. No strings: where C expects
 * an address, one would be taken for it.
 */
export type NativeArgument = number | bigint | ArrayBufferView<ArrayBufferLike> | null;

/** What comes back: an address is a bigint, or null; a 64-bit integer is a number while that is exact. */
export type NativeResult = number | bigint | null | void;

export type NativeFunction = (...values: never[]) => NativeResult;

export interface NativeLibrary {
  /** The function of a C prototype, as `int32_t run(void *network, int64_t k)`. */
  find<F extends NativeFunction = (...values: NativeArgument[]) => NativeResult>(prototype: string): F;
  /** The address of a view's first byte. Memory that grows may move: ask anew. */
  address(view: ArrayBufferView<ArrayBufferLike>): bigint;
}

/** koffi, as seen from a module. */
export function importKoffi(from: string = import.meta.url): typeof Koffi {
  try {
    return createRequire(from)("koffi") as typeof Koffi;
  } catch (cause) {
    throw new NeuroweaveError(
      "missing-package",
      "native code is called through the package koffi, which is not installed",
      { remedy: 'install it (`npm install koffi`), or choose the device "auto" or "wasm"' },
      { cause },
    );
  }
}

/**
 * Loads what `buildLibrary` made. A library stays loaded until the process ends; loading one path twice gives one
 * library, static variables included.
 */
export async function loadLibrary(path: string): Promise<NativeLibrary> {
  const koffi = importKoffi();
  // Between this check and the loading only the owner of the folder could put another file there.
  const why = await whyUntrusted(dirname(dirname(path))).catch((error: Error) => error.message);
  if (why !== null || !(await isIntact(path))) {
    const what = why === null ? "" : `: its cache folder is not to be trusted, ${why}`;
    throw new NeuroweaveError("library-failed", `${path} is not the library that was built there${what}`, {
      remedy: why === null ? "build it again" : "set NEUROWEAVE_CACHE to a folder that only you can write to",
    });
  }
  let library: ReturnType<typeof Koffi.load>;
  try {
    library = koffi.load(path);
  } catch (cause) {
    // It would not load the next time either: let it be compiled anew.
    await rm(dirname(path), { recursive: true, force: true }).catch(() => {});
    throw new NeuroweaveError(
      "library-failed",
      `${path} cannot be loaded: ${(cause as Error).message}`,
      { remedy: "where programs may not run from that folder, set NEUROWEAVE_CACHE to one from which they may" },
      { cause },
    );
  }
  return {
    find<F extends NativeFunction>(prototype: string): F {
      try {
        return library.func(prototype) as unknown as F;
      } catch (cause) {
        throw new NeuroweaveError(
          "library-failed",
          `${path} has no function ${prototype}: ${(cause as Error).message}`,
          {},
          { cause },
        );
      }
    },
    address: (view) => koffi.address(view),
  };
}

/**
 * The functions of a library by their C prototypes. `F` says what they look like from here:
 * `loadFunctions<{ run: (network: bigint, k: number) => number }>(path, { run: "int32_t run(void *network, int32_t k)" })`.
 */
export async function loadFunctions<F extends Readonly<Record<keyof F, NativeFunction>>>(
  path: string,
  prototypes: { readonly [Name in keyof F]: string },
): Promise<F> {
  const library = await loadLibrary(path);
  const functions = Object.entries<string>(prototypes).map(([name, prototype]) => [name, library.find(prototype)]);
  return Object.fromEntries(functions) as F;
}
