/** A program in one file, for processes that are started many times: it begins several times faster than from its sources. */
import { build } from "esbuild";

/** Packages that were CommonJS ask for what only that has. */
const commonJs = [
  'import { createRequire as createRequireOfProgram } from "node:module";',
  "const require = createRequireOfProgram(import.meta.url);",
  "const [__dirname, __filename] = [import.meta.dirname, import.meta.filename];",
];

/** Writes the program with all that it imports, but for `external`. */
export async function bundleProgram(from: string, to: string, external: readonly string[] = []): Promise<void> {
  await build({
    entryPoints: [from],
    outfile: to,
    bundle: true,
    platform: "node",
    format: "esm",
    external: [...external],
    banner: { js: commonJs.join("\n") },
    logLevel: "error",
  });
}
