/** What the notebook is told on the command line, and where its report goes. */
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { NeuroweaveError } from "neuroweave";

/** Text of `--help`. */
export const usage = `Usage: npm start -- [--out FILE]

Runs the seed notebook, shows it in the terminal, and writes it as one HTML file.

  --out FILE   where the report goes (default: dist/seed-notebook.html in the project)
  --help       this text`;

/** Inside the project and out of version control. */
const defaultPath = fileURLToPath(new URL("../../dist/seed-notebook.html", import.meta.url));

export interface NotebookArguments {
  /** Absolute path of the report. */
  readonly out: string;
  readonly help: boolean;
}

/** Reads the arguments; refuses those that it does not know, and an `--out` without a file. */
export function readArguments(given: readonly string[]): NotebookArguments {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: { out: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    if (values.out === "") throw new Error("--out needs the name of a file");
    return { out: values.out === undefined ? defaultPath : resolve(values.out), help: values.help ?? false };
  } catch (error) {
    throw new NeuroweaveError("invalid-value", error instanceof Error ? error.message : String(error), {
      remedy: "`npm start -- --help` lists the options.",
    });
  }
}

/** Makes the folders above the report and an empty file, so that a path that cannot be written is refused before the work. */
export function openReport(path: string): void {
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, "a"));
  });
}

/** Writes the report. Refuses a path that cannot be written, and says why. */
export function writeReport(path: string, text: string): void {
  writing(path, () => writeFileSync(path, text));
}

function writing(path: string, action: () => void): void {
  try {
    action();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    throw new NeuroweaveError(
      "invalid-value",
      `the report cannot be written to ${path}: ${reasons[code] ?? code}`,
      { remedy: "Choose another place: npm start -- --out FILE." },
      { cause },
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is no folder",
  EEXIST: "a part of the path is no folder",
  ENOSPC: "no space is left",
};

/** The path as people type it from here: relative inside the current folder, absolute elsewhere. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") ? path : short;
}
