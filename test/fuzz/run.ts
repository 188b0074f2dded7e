/**
 * `npm run fuzz -- [targets] [--seconds 60] [--seed 1] [--keep]`: fuzzes all targets, or those that are named, for so many seconds together;
 * half an hour where `NEUROWEAVE_LONG` is set. `--keep` makes the corpus anew of it and of what reached more. Inputs that found a defect are written
 * to `test/fuzz/found`, and the exit status is 1.
 */
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { corpusOf, fuzz, leastOf } from "./fuzz.ts";
import { targets } from "./targets/index.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string" }, seed: { type: "string" }, keep: { type: "boolean", default: false } },
});
const names = positionals.length > 0 ? positionals : targets.map(({ name }) => name);
const total = Number(values.seconds ?? (process.env["NEUROWEAVE_LONG"] ? 1800 : 60));
const seed = Number(values.seed ?? 1);

function write(folder: string, input: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, createHash("sha256").update(input).digest("hex").slice(0, 12));
  writeFileSync(path, input);
  return path;
}

let tried = 0;
for (const name of names) {
  const report = await fuzz(name, { seed, seconds: total / names.length });
  tried += report.tried;
  console.log(
    `${name}: ${report.tried} inputs, ${report.functions} functions reached, ${report.kept.length} inputs reached more`,
  );
  if (values.keep) {
    const folder = join(import.meta.dirname, "corpus", name);
    const least = await leastOf(name, [...corpusOf(name), ...report.kept]);
    rmSync(folder, { recursive: true, force: true });
    for (const input of least) write(folder, input);
  }
  for (const { input, wrong } of report.wrong) {
    const path = write(join(import.meta.dirname, "found", name), input);
    console.log(`${path}: ${wrong}`);
    process.exitCode = 1;
  }
}
console.log(`${tried} inputs tried`);
