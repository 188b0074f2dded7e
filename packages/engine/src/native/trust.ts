/** Whether a file or folder can have been written by this user only. */
import { constants, dirname, open, realpath, stat } from "./node.ts";

const writableByGroup = 0o020;
const writableByOthers = 0o002;
const sticky = 0o1000;

export function isOurs(stats: { readonly uid: number; readonly mode: number }): boolean {
  return stats.uid === process.getuid?.() && (stats.mode & (writableByGroup | writableByOthers)) === 0;
}

/**
 * Why a folder cannot be trusted, or null. Whoever may rename a folder above it may exchange it, so no folder above may
 * be one in which everybody may.
 */
export async function whyUntrusted(folder: string): Promise<string | null> {
  const path = await realpath(folder);
  const stats = await stat(path);
  if (!stats.isDirectory()) return "it is no folder";
  if (!isOurs(stats)) return "it belongs to another user, or others may write to it";
  for (let above = dirname(path); ; above = dirname(above)) {
    const { mode } = await stat(above);
    if ((mode & writableByOthers) !== 0 && (mode & sticky) === 0) return `everybody may exchange what is in ${above}`;
    if (above === dirname(above)) return null;
  }
}

/** The bytes of a file that is ours alone; null when there is none such. Owner and bytes are those of one open file. */
export async function readOurs(path: string): Promise<Buffer | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      return stats.isFile() && isOurs(stats) ? await file.readFile() : null;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
