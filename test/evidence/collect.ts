/**
 * Around a run: gathers what the files of tests left and prints the table. A run of all files writes the table to `evidence.md`. The codes
 * that each file raised when it last ran are kept in `node_modules/.cache/neuroweave/evidence.json`, which `npm run codes` reads: a run of
 * a few files leaves those of the others as they were.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { TestProject } from "vitest/node";
import { evidenceTable, type FileEvidence } from "./table.ts";

const evidenceFile = "node_modules/.cache/neuroweave/evidence.json";

/** What each file of tests left when it last ran, in the order of names. */
export const keptEvidence = (): FileEvidence[] =>
  existsSync(evidenceFile) ? (JSON.parse(readFileSync(evidenceFile, "utf8")) as FileEvidence[]) : [];

/** All files of tests that there are: of the project and of the plugins among the examples. */
export const testFiles = (): string[] =>
  ["test", "examples/plugins"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map(
        (name) => `${folder}/${name.replaceAll("\\", "/")}`,
      ),
    )
    .filter((file) => file.endsWith(".test.ts") && !file.includes("/node_modules/"))
    .sort();

const byFile = (a: FileEvidence, b: FileEvidence): number => (a.file < b.file ? -1 : 1);

export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "neuroweave-evidence-"));
  project.provide("evidenceFolder", folder);
  return () => {
    const files = readdirSync(folder)
      .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as FileEvidence)
      .sort(byFile);
    rmSync(folder, { recursive: true });
    const failed = project.vitest.state.getFailedFilepaths().map((path) => relative(process.cwd(), path));
    const table = evidenceTable({ files, failed, long: Boolean(process.env["NEUROWEAVE_LONG"]) });
    const ran = new Set(files.map(({ file }) => file));
    const there = testFiles();
    if (there.every((file) => ran.has(file)))
      writeFileSync("evidence.md", `# Evidence of the last run of all tests\n\n${table}`);
    const others = keptEvidence().filter(({ file }) => there.includes(file) && !ran.has(file));
    mkdirSync(dirname(evidenceFile), { recursive: true });
    // Under another name first: two runs may end at once.
    const written = `${evidenceFile}.${process.pid}`;
    writeFileSync(written, JSON.stringify([...others, ...files].sort(byFile), null, 1));
    renameSync(written, evidenceFile);
    if (files.some(({ tallies }) => Object.keys(tallies).length > 0)) process.stdout.write(`\n${table}`);
  };
}

declare module "vitest" {
  interface ProvidedContext {
    /** Where every file of tests leaves what it counted. */
    readonly evidenceFolder: string;
  }
}
