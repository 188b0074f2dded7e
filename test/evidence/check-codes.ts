/**
 * `npm run codes`, after `npm test`: every code of the table was raised by a test of the last run, and no other was. Exit status 1 and the
 * list of what is missing otherwise.
 */
import { errorCodes } from "@neuroweave/equations";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { evidenceFile, type KeptEvidence } from "./collect.ts";

if (!existsSync(evidenceFile)) {
  console.log("No run of the tests has left anything: run npm test first.");
  process.exit(1);
}
const { files, codes } = JSON.parse(readFileSync(evidenceFile, "utf8")) as KeptEvidence;
const missingFiles = readdirSync("test", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => `test/${name.replaceAll("\\", "/")}`)
  .filter((file) => !files.includes(file));
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
  if (missingFiles.length > 0)
    console.log(`The last run was without ${missingFiles.length} files of tests: run npm test.`);
  process.exitCode = 1;
} else console.log(`${Object.keys(codes).length} codes, each raised by a test`);
