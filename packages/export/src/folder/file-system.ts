/** What is asked of the file system, and what its refusals mean to a person. */
import type { Stats } from "node:fs";
import { open, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { NeuroweaveError } from "@neuroweave/equations";

/** The calls of `node:fs/promises` that an output folder uses; another one can take their place. */
export interface FileSystem {
  /** Opens a file. */
  readonly open: typeof open;
  /** Makes a folder. */
  readonly mkdir: typeof mkdir;
  /** Names of what is in a folder. */
  readonly readdir: (path: string) => Promise<string[]>;
  /** The bytes of a file. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Gives a file another name. */
  readonly rename: typeof rename;
  /** Takes a file away. */
  readonly rm: typeof rm;
  /** What there is under a path. */
  readonly stat: (path: string) => Promise<Pick<Stats, "size" | "isDirectory">>;
}

export const systemFiles: FileSystem = {
  open,
  mkdir,
  readdir: (path) => readdir(path),
  readFile: (path) => readFile(path),
  rename,
  rm,
  stat,
};

/**
 * Forces the names in a folder onto the disk: files that were renamed or made are lost with the power otherwise. Some systems cannot do that
 * and do not need it.
 */
export async function flushFolder(path: string, files: Partial<Pick<FileSystem, "open">>): Promise<void> {
  const folder = await files.open?.(path, "r").catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close().catch(() => undefined);
}

/** The reason and the cure, by the code of the system. */
const reasons: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  ENOSPC: ["the disk is full", "Free some space, or choose a folder on another disk."],
  EDQUOT: ["your share of the disk is used up", "Free some space, or choose a folder on another disk."],
  EFBIG: ["the file is larger than is allowed here", "Raise the limit (ulimit -f), or record less."],
  EACCES: ["it is not permitted", "Choose a folder that you may write to, or change its permissions."],
  EPERM: ["it is not permitted", "Choose a folder that you may write to, or change its permissions."],
  EROFS: ["the disk can only be read", "Choose a folder on another disk."],
  ENOTDIR: ["a part of the path is a file, not a folder", "Choose another path."],
  EEXIST: ["a file of this name is in the way", "Choose another path, or move the file away."],
  EISDIR: ["a folder of this name is in the way", "Choose another name, or move the folder away."],
  ENOENT: ["it is not there", "It may have been removed meanwhile; run again."],
  ENAMETOOLONG: ["the name is too long", "Choose a shorter one."],
  ELOOP: ["the path leads in a circle", "Choose another path."],
  EIO: ["the disk reports a fault", "Choose a folder on another disk."],
  EMFILE: ["too many files are open", "Close some, or raise the limit (ulimit -n)."],
};

/** A refusal of the file system, as one of ours: what could not be done, where, why, and what would cure it. */
export function fileError(what: string, path: string, cause: unknown): NeuroweaveError {
  if (cause instanceof NeuroweaveError) return cause;
  const code = (cause as { code?: unknown } | undefined)?.code;
  const [reason, remedy] = (typeof code === "string" ? reasons[code] : undefined) ?? [
    cause instanceof Error ? cause.message : String(cause),
    "Choose another folder.",
  ];
  return new NeuroweaveError("cannot-write", `${what} ${path}: ${reason}`, { remedy }, { cause });
}
