/**
 * What a file of tests has compiled is kept for its next run, below node_modules and in a folder of its own: more programs
 * than one cache holds are made by all of them.
 */
import { basename, resolve } from "node:path";
import { expect } from "vitest";

const file = basename(expect.getState().testPath ?? "tests", ".test.ts");
process.env["NEUROWEAVE_CACHE"] = resolve("node_modules/.cache/neuroweave", file);
