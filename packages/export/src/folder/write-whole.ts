/** Files that are there whole or not at all. */
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { unfinishedName } from "./file-name.ts";
import { flushFolder, type FileSystem } from "./file-system.ts";

/** Bytes, or a text that becomes UTF-8; or many of them, one after the other. */
export type FileContent = Chunk | Iterable<Chunk> | AsyncIterable<Chunk>;

/** A piece of a file: bytes, or text in UTF-8. */
export type Chunk = Uint8Array | string;

/** In the same folder, so that renaming moves nothing. */
export const unfinishedPath = (path: string): string => join(dirname(path), unfinishedName(basename(path)));

export const isOfSystem = (cause: unknown): boolean =>
  cause instanceof Error && typeof (cause as { syscall?: unknown }).syscall === "string";

/**
 * Writes to `unfinished`, forces it onto the disk, and renames it to `place`, which is forced onto the disk too; without a place it is removed again. Whatever is thrown, nothing
 * is left behind.
 */
export async function writeWhole(
  unfinished: string,
  place: string | undefined,
  content: FileContent,
  files: FileSystem,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    const file = await files.open(unfinished, "w");
    try {
      for await (const chunk of chunksOf(content)) {
        hash.update(chunk);
        bytes += chunk.length;
        await file.writeFile(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    if (place === undefined) await files.rm(unfinished);
    else {
      await files.rename(unfinished, place);
      await flushFolder(dirname(place), files);
    }
  } catch (cause) {
    await files.rm(unfinished, { force: true });
    throw cause;
  }
  return { bytes, sha256: hash.digest("hex") };
}

async function* chunksOf(content: FileContent): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks = typeof content === "string" || content instanceof Uint8Array ? [content] : content;
  for await (const chunk of chunks) yield typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
}
