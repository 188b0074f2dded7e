/** Runs of a network as data that may be killed: the command in one file, and a network that is small and runs for long. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatNetworkFile } from "neuroweave";
import { bundleProgram } from "../bundled-program.ts";
import { woven } from "../model/network-with-projections.ts";
import { folderWith, start, type Ended, type Started } from "./command.ts";

const home = fileURLToPath(new URL("../../packages/cli/", import.meta.url));

/** The whole command as one program, which starts several times faster than from its sources; it cannot load experiments. */
async function bundled(): Promise<string> {
  const folder = folderWith();
  mkdirSync(join(folder, "dist"));
  copyFileSync(join(home, "package.json"), join(folder, "package.json"));
  symlinkSync(join(home, "node_modules"), join(folder, "node_modules"));
  const program = join(folder, "dist", "main.js");
  await bundleProgram(join(home, "src", "main.ts"), program, ["tsx"]);
  return program;
}

export interface Killable {
  /** Where `network.json` is, and the folders of results. */
  readonly folder: string;
  /** Arguments of Node for `neuroweave run network.json`. */
  readonly command: readonly string[];
  /** Starts `neuroweave run network.json`. */
  begin(...args: readonly string[]): Started;
  run(...args: readonly string[]): Promise<Ended>;
}

/** The network runs for so many ms unless it is asked for others. */
export async function killable(duration: number): Promise<Killable> {
  const folder = folderWith({ "network.json": formatNetworkFile({ ...woven().toJSON(), run: { duration } }) });
  const command = [await bundled(), "run", "network.json"];
  const begin = (...args: readonly string[]): Started =>
    start(process.execPath, [...command, ...args], { cwd: folder });
  return { folder, command, begin, run: (...args) => begin(...args).ended };
}

/** The files of a folder, and their bytes. */
export const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).map(({ name, parentPath }) => [
    join(parentPath, name).slice(folder.length + 1),
    readFileSync(join(parentPath, name)).toString("base64"),
  ])); // prettier-ignore
