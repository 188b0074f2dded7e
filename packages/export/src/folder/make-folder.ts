/** Folders that are made with those above them. */
import { dirname, resolve } from "node:path";
import { makeFolders, NeuroweaveError } from "@neuroweave/equations";
import { fileError, flushFolder, systemFiles, type FileSystem } from "./file-system.ts";

/** What making folders asks of the file system; `open` is for forcing them onto the disk. */
type FolderCalls = Pick<FileSystem, "mkdir" | "stat"> & Partial<Pick<FileSystem, "open">>;

/** Makes a folder, and those above it that are missing; one that is there stays. Errors: `cannot-write`. */
export async function makeFolder(path: string, files: FolderCalls = systemFiles): Promise<void> {
  const folder = resolve(path);
  const mkdir = async (each: string): Promise<void> => {
    await files.mkdir(each);
    await flushFolder(dirname(each), files);
  };
  try {
    await makeFolders(folder, { mkdir, stat: (each) => files.stat(each), dirname });
  } catch (cause) {
    if ((cause as { code?: unknown } | undefined)?.code !== "ENOENT")
      throw fileError("cannot make the folder", folder, cause);
    throw new NeuroweaveError(
      "cannot-write",
      `cannot make the folder ${folder}: the system makes none there`,
      { remedy: "Choose a folder on a disk." },
      { cause },
    );
  }
}
