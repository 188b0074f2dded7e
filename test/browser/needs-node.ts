/** Which files of tests only Node can run. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const imports = /\bfrom "([^"]+)"|\bimport "([^"]+)"/g;
/** Modules that there are in Node only. */
const ofNode = /^node:|^(?:vitest\/node|esbuild|playwright|h5wasm\/node)$/;

/**
 * Whether a file, or a file of the tests that it imports, asks for modules of Node or speaks of `process`. Files of packages are not
 * looked at: packages run in pages.
 */
export function needsNode(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file) || !existsSync(file)) return false;
  seen.add(file);
  const text = readFileSync(file, "utf8");
  if (/\bprocess\./.test(text)) return true;
  return [...text.matchAll(imports)].some(([, from, bare]) => {
    const name = (from ?? bare)!;
    if (ofNode.test(name)) return true;
    return name.startsWith(".") && needsNode(resolve(dirname(file), name), seen);
  });
}
