import { NeuroweaveError } from "neuroweave";

/** What compiles and loads programs in C: nothing where tests run in a browser. */
const native = "process" in globalThis ? await import("../packages/engine/src/native/index.ts") : null;

/** Whether this machine has a C compiler, at present: tests may hide it. A page has none. */
export function compilerHere(): boolean {
  if (native === null) return false;
  try {
    return native.findCompiler().path !== "";
  } catch (error) {
    if (error instanceof NeuroweaveError && error.code === "no-compiler") return false;
    throw error;
  }
}

/** The library of a program in C, compiled and loaded. */
export async function loadProgram(text: string) {
  if (native === null) throw new Error("A page cannot load a program in C.");
  const { path } = await native.buildLibrary(text);
  return native.loadLibrary(path);
}
