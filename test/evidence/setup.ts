/** Runs in every file of tests: notes what it tallied and which codes it raised, and leaves both for the end of the run. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, expect, inject } from "vitest";
import { raisedCodes } from "./raised-codes.ts";
import type { FileEvidence } from "./table.ts";
import { tallies } from "./tally.ts";

afterAll(() => {
  const file = relative(process.cwd(), expect.getState().testPath ?? "");
  const evidence: FileEvidence = { file, codes: raisedCodes(), tallies: Object.fromEntries(tallies) };
  const name = createHash("sha256").update(file).digest("hex").slice(0, 16);
  writeFileSync(join(inject("evidenceFolder"), `${name}.json`), JSON.stringify(evidence));
});
