import { NeuroweaveError } from "@neuroweave/equations";

/**
 * Node's own functions for files, asked for when they are needed: an `import` of its modules would not let a bundler for browsers pass.
 * Refused where there are none.
 */
export function node() {
  if (typeof process === "undefined" || typeof process.getBuiltinModule !== "function")
    throw new NeuroweaveError("not-supported", "there is no file system here", {
      remedy: "Give a store of your own: { async write(step, pieces) { … } }.",
    });
  const files = process.getBuiltinModule("node:fs/promises");
  const { dirname, join, resolve } = process.getBuiltinModule("node:path");
  return { files, dirname, join, resolve };
}
