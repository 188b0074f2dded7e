/**
 * `npm run codes`, after `npm test`: every code of the table was raised by a test when its file last ran, and no other was. Exit status 1
 * and the list of what is missing otherwise.
 */
import { errorCodes } from "@neuroweave/equations";
import { keptEvidence, testFiles } from "./collect.ts";
import { codesRaised } from "./table.ts";

const kept = keptEvidence();
const codes = codesRaised(kept);
const neverRun = testFiles().filter((file) => kept.every((each) => each.file !== file));
const lines = [
  ...Object.keys(errorCodes)
    .filter((code) => !Object.hasOwn(codes, code))
    .map((code) => `no test raises ${code}`),
  ...Object.entries(codes)
    .filter(([code]) => !Object.hasOwn(errorCodes, code))
    .map(([code, by]) => `${code} is raised by ${by.join(", ")} and is not in the table`),
];
if (lines.length > 0) {
  console.log(lines.join("\n"));
  if (neverRun.length > 0) console.log(`${neverRun.length} files of tests have never run: run npm test.`);
  process.exitCode = 1;
} else console.log(`${Object.keys(codes).length} codes, each raised by a test`);
