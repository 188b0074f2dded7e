import { NeuroweaveError } from "neuroweave";
import { findCompiler } from "../packages/engine/src/native/index.ts";

/** Whether this machine has a C compiler, at present: tests may hide it. */
export function compilerHere(): boolean {
  try {
    return findCompiler().path !== "";
  } catch (error) {
    if (error instanceof NeuroweaveError && error.code === "no-compiler") return false;
    throw error;
  }
}
