/**
 * Around a whole run: gathers what the files of tests left, prints the table, and writes `evidence.md` and
 * `node_modules/.cache/neuroweave/evidence.json`, which `npm run codes` reads.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { TestProject } from "vitest/node";
import { codesRaised, evidenceTable, type FileEvidence } from "./table.ts";

/** Where the codes of a run are kept. */
export const evidenceFile = "node_modules/.cache/neuroweave/evidence.json";

export interface KeptEvidence {
  /** Files of tests that ran to their end. */
  readonly files: readonly string[];
  readonly codes: Readonly<Record<string, readonly string[]>>;
}

export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "neuroweave-evidence-"));
  project.provide("evidenceFolder", folder);
  return () => {
    const files = readdirSync(folder)
      .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as FileEvidence)
      .sort((a, b) => (a.file < b.file ? -1 : 1));
    rmSync(folder, { recursive: true });
    const failed = project.vitest.state.getFailedFilepaths().map((path) => relative(process.cwd(), path));
    const table = evidenceTable({ files, failed, long: Boolean(process.env["NEUROWEAVE_LONG"]) });
    writeFileSync("evidence.md", `# Evidence of the last run of the tests\n\n${table}`);
    const kept: KeptEvidence = { files: files.map(({ file }) => file), codes: codesRaised(files) };
    mkdirSync(dirname(evidenceFile), { recursive: true });
    writeFileSync(evidenceFile, JSON.stringify(kept, null, 1));
    if (files.some(({ tallies }) => Object.keys(tallies).length > 0)) process.stdout.write(`\n${table}`);
  };
}

declare module "vitest" {
  interface ProvidedContext {
    /** Where every file of tests leaves what it counted. */
    readonly evidenceFolder: string;
  }
}
