import { exitCodes, runCommandLine } from "@neuroweave/cli";
import { openOutput } from "@neuroweave/export";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { raisedCodes } from "../evidence/raised-codes.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "refused-"));
  await writeFile(join(folder, "empty.ts"), "export const nothing = 1;\n");
  await writeFile(
    join(folder, "network.json"),
    '{ "format": "neuroweave network", "version": 1, "network": { "dt": 0.1 }, "populations": [] }\n',
  );
  await (await openOutput(join(folder, "done"))).finish();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each([
  ["a file that is not there", "no-file", exitCodes.usage, () => ["run", join(folder, "netwrk.json")]],
  ["a file that gives no network", "experiment-file", exitCodes.failed, () => ["run", join(folder, "empty.ts")]],
  [
    "a plugin that is no module",
    "no-plugin",
    exitCodes.usage,
    () => ["list", "--plugin", join(folder, "network.json")],
  ],
  [
    "a run to be resumed that is complete",
    "not-resumable",
    exitCodes.usage,
    () => ["run", join(folder, "network.json"), "--resume", join(folder, "done")],
  ],
])("refuses %s, with the code %s, and says so on standard error", async (_, code, exitCode, args) => {
  const said: string[] = [];
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  try {
    expect(await runCommandLine(args())).toBe(exitCode);
  } finally {
    spy.mockRestore();
  }
  expect(said.join("")).toContain(code);
  expect(raisedCodes()).toContain(code);
});
