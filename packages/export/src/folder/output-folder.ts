/** The folder of a run: files that are there whole or not at all, and a manifest that says which are. */
import { join, resolve } from "node:path";
import { NeuroweaveError } from "@neuroweave/equations";
import { checkFileName, isUnfinished, manifestName, unfinishedName } from "./file-name.ts";
import { fileError, systemFiles, type FileSystem } from "./file-system.ts";
import { makeFolder } from "./make-folder.ts";
import {
  manifestFormat,
  manifestText,
  manifestVersion,
  parseManifest,
  jsonOf,
  type FileEntry,
  type Json,
  type Manifest,
  type RunDescription,
} from "./manifest.ts";
import { isOfSystem, unfinishedPath, writeWhole, type FileContent } from "./write-whole.ts";

/** What the manifest says about a file besides its size and its hash. */
export type FileAbout = Omit<FileEntry, "name" | "bytes" | "sha256">;

/** How a folder of results is opened. */
export interface OutputOptions {
  /** Whether a folder may hold files that are none of ours; they stay, unless a file of the run has the same name. */
  readonly overwrite?: boolean;
  /** What stands in for the file system. */
  readonly fileSystem?: FileSystem;
}

/** A folder into which a run writes its results, each file whole or not at all. */
export interface OutputFolder {
  /** The whole path. */
  readonly path: string;
  /** As it was last written. */
  readonly manifest: Manifest;
  /** Adds to what the manifest says of the run, and writes it. */
  describe(run: RunDescription): Promise<void>;
  /**
   * Writes a file under another name, forces it onto the disk and renames it, so that it is there whole or not at all; then the manifest. A
   * file of the same name is replaced. What was written before stays as it is whatever happens. Errors: `invalid-name`;
   * `cannot-write` with place, reason (disk full, quota, permission, …) and cure; what `content` throws.
   */
  write(name: string, content: FileContent, about: FileAbout): Promise<FileEntry>;
  /**
   * Ends the run: the manifest is complete, or says at which step the run was interrupted, and files of an earlier run that this one
   * has not written are removed.
   */
  finish(end?: { readonly interrupted?: { readonly step: number } }): Promise<Manifest>;
}

/**
 * Makes the folder, with those above it, and tries whether it can be written to, so that a long run is not for nothing. A folder of an
 * earlier run is used again. Errors: `cannot-write`, also for a folder with files of others unless `overwrite`.
 */
export async function openOutput(path: string, options: OutputOptions = {}): Promise<OutputFolder> {
  const { overwrite = false, fileSystem: files = systemFiles } = options;
  const folder = resolve(path);
  const earlier = await prepare(folder, overwrite, files);
  return createFolder(folder, earlier, files);
}

/** Makes the folder and tries it; gives the names of files of an earlier run. */
async function prepare(folder: string, overwrite: boolean, files: FileSystem): Promise<Set<string>> {
  try {
    await makeFolder(folder, files);
    const names = await files.readdir(folder);
    const earlier = await earlierManifest(folder, names, files);
    const foreign = names.filter((name) => !isUnfinished(name));
    if (foreign.length > 0 && earlier === undefined && !overwrite) throw notOurs(folder, foreign);
    for (const name of names.filter(isUnfinished)) await files.rm(join(folder, name), { force: true });
    await probe(folder, files);
    return new Set([...(earlier?.files.map(({ name }) => name) ?? []), ...(earlier?.earlier ?? [])]);
  } catch (cause) {
    throw fileError("cannot write to the folder", folder, cause);
  }
}

function notOurs(folder: string, names: readonly string[]): NeuroweaveError {
  const named = [...names].sort().slice(0, 3).join(", ");
  return new NeuroweaveError(
    "cannot-write",
    `${folder} holds files that are not results of neuroweave (${named}${names.length > 3 ? ", …" : ""})`,
    { remedy: "Choose an empty folder, or say that it may be written to (overwrite)." },
  );
}

/** The manifest of a folder, if it is one of ours. */
async function earlierManifest(
  folder: string,
  names: readonly string[],
  files: FileSystem,
): Promise<Manifest | undefined> {
  if (!names.includes(manifestName)) return undefined;
  const bytes = await files.readFile(join(folder, manifestName));
  try {
    return parseManifest(bytes);
  } catch {
    // Somebody else's file of this name: the folder is none of ours.
    return undefined;
  }
}

/** One block, so that a disk without any room is found too. */
async function probe(folder: string, files: FileSystem): Promise<void> {
  await writeWhole(join(folder, unfinishedName("probe")), undefined, new Uint8Array(4096), files);
}

function createFolder(path: string, earlier: Set<string>, files: FileSystem): OutputFolder {
  const entries = new Map<string, FileEntry>();
  let run: Record<string, Json> = {};
  let manifest = manifestOf(false);
  /** Calls that come while another one writes wait for it. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const turn = last.then(action, action);
    last = turn.catch(() => undefined);
    return turn;
  };

  function manifestOf(complete: boolean, interrupted?: { readonly step: number }): Manifest {
    const written = [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const left = [...earlier].filter((name) => !entries.has(name)).sort();
    return {
      format: manifestFormat,
      version: manifestVersion,
      run,
      files: written,
      complete,
      ...(left.length === 0 ? {} : { earlier: left }),
      ...(interrupted === undefined ? {} : { interrupted }),
    };
  }

  const save = async (next: Manifest): Promise<void> => {
    await writeFile(manifestName, manifestText(next));
    manifest = next;
  };

  const writeFile = async (name: string, content: FileContent): Promise<{ bytes: number; sha256: string }> => {
    const place = join(path, name);
    try {
      return await writeWhole(unfinishedPath(place), place, content, files);
    } catch (cause) {
      throw isOfSystem(cause) ? fileError("cannot write", place, cause) : cause;
    }
  };

  return {
    path,
    get manifest() {
      return manifest;
    },
    describe: (more) =>
      inTurn(async () => {
        run = { ...run, ...(jsonOf(more) as Record<string, Json>) };
        await save(manifestOf(false));
      }),
    write: (name, content, about) =>
      inTurn(async () => {
        checkFileName(name);
        checkCase(name, entries);
        const entry = { name, ...(await writeFile(name, content)), ...about };
        entries.set(name, entry);
        await save(manifestOf(false));
        return entry;
      }),
    finish: ({ interrupted } = {}) =>
      inTurn(async () => {
        for (const name of earlier) if (!entries.has(name)) await removeEarlier(path, name, files);
        earlier.clear();
        await save(manifestOf(interrupted === undefined, interrupted));
        return manifest;
      }),
  };
}

/** Some systems take "Exc.csv" and "exc.csv" for one file. */
function checkCase(name: string, entries: ReadonlyMap<string, FileEntry>): void {
  for (const other of entries.keys())
    if (other !== name && other.toLowerCase() === name.toLowerCase())
      throw new NeuroweaveError("duplicate-name", `${name} differs from ${other} only in capital letters`, {
        remedy: "Give files names that every system tells apart.",
      });
}

/** The name is of a manifest, which has been checked. */
async function removeEarlier(folder: string, name: string, files: FileSystem): Promise<void> {
  try {
    await files.rm(join(folder, name), { force: true });
  } catch (cause) {
    throw fileError("cannot remove the earlier file", join(folder, name), cause);
  }
}
