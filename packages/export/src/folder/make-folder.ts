/** Folders that are made with those above them. */
import { dirname, resolve } from "node:path";
import { NeuroweaveError } from "@neuroweave/equations";
import { fileError, flushFolder, systemFiles, type FileSystem } from "./file-system.ts";

/** What making folders asks of the file system; `open` is for forcing them onto the disk. */
type FolderCalls = Pick<FileSystem, "mkdir" | "stat"> & Partial<Pick<FileSystem, "open">>;

/**
 * Makes a folder, and those above it that are missing; one that is there stays. Every folder of the path is tried at most twice: the recursive
 * `mkdir` of Node never ends where a system says of a folder that is there that it is not, as under /proc. Errors: `cannot-write`.
 */
export async function makeFolder(path: string, files: FolderCalls = systemFiles): Promise<void> {
  const folder = resolve(path);
  try {
    await makeWithAbove(folder, files);
  } catch (cause) {
    if (codeOf(cause) !== "ENOENT") throw fileError("cannot make the folder", folder, cause);
    throw new NeuroweaveError(
      "cannot-write",
      `cannot make the folder ${folder}: the system makes none there`,
      { remedy: "Choose a folder on a disk." },
      { cause },
    );
  }
}

async function makeWithAbove(folder: string, files: FolderCalls): Promise<void> {
  try {
    await makeOne(folder, files);
  } catch (cause) {
    const above = dirname(folder);
    if (codeOf(cause) !== "ENOENT" || above === folder) throw cause;
    await makeWithAbove(above, files);
    await makeOne(folder, files);
  }
}

async function makeOne(folder: string, files: FolderCalls): Promise<void> {
  try {
    await files.mkdir(folder);
    await flushFolder(dirname(folder), files);
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") throw cause;
    // Systems differ in what they say of a folder that is there, such as that its disk can only be read.
    const there = await files.stat(folder).catch(() => undefined);
    if (there?.isDirectory() !== true) throw cause;
  }
}

const codeOf = (cause: unknown): unknown => (cause as { code?: unknown } | undefined)?.code;
