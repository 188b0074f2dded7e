/**
 * Snapshots in a folder of the file system, one file each: `step-000000012000.snapshot`. A file has its name only when all of it has been
 * written and the disk has it, so that whatever ends the program, at whatever moment, leaves the snapshots before.
 */
import { checkWhole, makeFolders, NeuroweaveError } from "@neuroweave/equations";
import { intact } from "../snapshot/format.ts";
import { node } from "./node.ts";
import type { CheckpointStore } from "./store.ts";

const pattern = /^step-(\d{12,16})\.snapshot$/u;
const unfinished = /^step-\d{12,16}\.snapshot\.part$/u;

const nameOf = (step: number): string => `step-${String(step).padStart(12, "0")}.snapshot`;

const reasons: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  ENOSPC: ["the disk is full", "Make room, or choose a folder on another disk."],
  EDQUOT: ["the quota of the disk is used up", "Make room, or choose a folder on another disk."],
  EFBIG: ["the file would be larger than is allowed", "Raise the limit, or choose a folder on another disk."],
  EACCES: ["permission is denied", "Choose a folder that you may write to."],
  EPERM: ["permission is denied", "Choose a folder that you may write to."],
  EROFS: ["the file system can only be read", "Choose a folder on another disk."],
  ENOTDIR: ["part of the path is no folder", "Choose another folder."],
  ENOENT: ["the folder is not there", "Choose a folder on a disk."],
  EEXIST: ["there is a file of that name", "Choose another folder."],
};

function cannotWrite(path: string, error: unknown): unknown {
  const { code = "" } = error as { readonly code?: string };
  if (code === "") return error;
  const [why, remedy] = reasons[code] ?? [code, "Choose another folder."];
  return new NeuroweaveError("cannot-write", `${path} cannot be written: ${why}`, { remedy }, { cause: error });
}

/** Renames and new names are lost with the power unless the folder is flushed too; some systems cannot do that and do not need it. */
async function flushFolder(path: string): Promise<void> {
  const folder = await node()
    .files.open(path, "r")
    .catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

/** Under another name until the disk has all of it. */
async function writeWhole(folder: string, name: string, pieces: Iterable<Uint8Array>): Promise<void> {
  const { files, join } = node();
  const part = join(folder, `${name}.part`);
  try {
    const file = await files.open(part, "w", 0o600);
    try {
      for (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await files.rename(part, join(folder, name));
    await flushFolder(folder);
  } catch (error) {
    await files.rm(part, { force: true }).catch(() => undefined);
    throw cannotWrite(join(folder, name), error);
  }
}

/** Steps of which the folder has a snapshot, descending; none where there is no folder. */
async function stepsIn(folder: string): Promise<number[]> {
  const names = await node()
    .files.readdir(folder)
    .catch((error: unknown) => {
      if ((error as { code?: string }).code === "ENOENT") return [];
      throw error;
    });
  const steps = names.flatMap((name) => pattern.exec(name)?.[1] ?? []).map(Number);
  return steps.sort((a, b) => b - a);
}

/**
 * A folder that keeps the latest `keep` snapshots (2 unless given), made where it is missing. One run at a time may write to it: what an
 * earlier one has left unfinished is removed. Refuses (`cannot-write`) a folder that cannot be made or written to, and a full disk; the
 * snapshots before stay.
 */
export async function checkpointFolder(path: string, options: { readonly keep?: number } = {}): Promise<CheckpointStore> {
  const { keep = 2 } = options;
  checkWhole("checkpointFolder: keep", keep, 1);
  const { files, join, dirname, resolve } = node();
  try {
    const mkdir = async (each: string): Promise<void> => {
      await files.mkdir(each);
      await flushFolder(dirname(each));
    };
    await makeFolders(resolve(path), { mkdir, stat: files.stat, dirname });
    for (const name of await files.readdir(path)) if (unfinished.test(name)) await files.rm(join(path, name), { force: true });
  } catch (error) {
    throw cannotWrite(path, error);
  }
  return {
    async write(step, pieces) {
      await writeWhole(path, nameOf(step), pieces);
      // Steps behind this one belong to a run that has been taken back.
      const others = (await stepsIn(path)).filter((each) => each !== step);
      const kept = new Set(others.filter((each) => each < step).slice(0, keep - 1));
      for (const each of others) if (!kept.has(each)) await files.rm(join(path, nameOf(each)), { force: true });
    },
  };
} // prettier-ignore

/** A snapshot that a folder has. */
export interface Checkpoint {
  readonly step: number;
  /** For `net.restore`. */
  readonly bytes: Uint8Array;
  /** Later files that are no intact snapshots, and have been passed over. */
  readonly damaged: readonly string[];
}

/** The latest intact snapshot of a folder; null where there is none, or no folder. */
export async function latestCheckpoint(path: string): Promise<Checkpoint | null> {
  const { files, join } = node();
  const damaged: string[] = [];
  for (const step of await stepsIn(path)) {
    const file = join(path, nameOf(step));
    const bytes = new Uint8Array(await files.readFile(file));
    if (intact(bytes)) return { step, bytes, damaged };
    damaged.push(file);
  }
  return null;
}

/**
 * Removes the snapshots of a folder, finished or not, and the folder if it holds nothing else; what others have put there stays. Does nothing
 * where there is no folder. Refuses (`cannot-write`) what may not be removed.
 */
export async function removeCheckpoints(path: string): Promise<void> {
  const { files, join } = node();
  try {
    const names = await files.readdir(path);
    const own = names.filter((name) => pattern.test(name) || unfinished.test(name));
    for (const name of own) await files.rm(join(path, name), { force: true });
    await flushFolder(path);
    if (own.length === names.length) await files.rmdir(path);
  } catch (error) {
    const { code = "" } = error as { readonly code?: string };
    if (code !== "ENOENT" && code !== "ENOTDIR") throw cannotWrite(path, error);
  }
}
