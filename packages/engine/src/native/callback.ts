/** Functions of this process that C code may call, in the thread that has called it. */
import type Koffi from "koffi";
import { importKoffi } from "./load.ts";

export interface Callback {
  /** What C takes as a pointer to a function. */
  readonly pointer: bigint;
  release(): void;
}

let hostCall: ReturnType<typeof Koffi.pointer> | undefined;

/** A pointer of the type `int32_t (*)(int32_t index, double k)`. It must not throw. */
export function hostCallback(call: (index: number, k: number) => number): Callback {
  const koffi = importKoffi();
  hostCall ??= koffi.pointer(koffi.proto("int32_t neuroweave_host(int32_t index, double k)"));
  const pointer = koffi.register(call, hostCall) as bigint;
  return { pointer, release: () => koffi.unregister(pointer) };
}
