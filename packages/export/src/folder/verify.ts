/** Whether the files of a folder are those that its manifest speaks of. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { NeuroweaveError } from "@neuroweave/equations";
import { isUnfinished, manifestName } from "./file-name.ts";
import { parseManifest, type Manifest } from "./manifest.ts";

/** A file, held against the manifest. */
export interface VerifiedFile {
  readonly name: string;
  /** `changed` if its size or its hash is not that of the manifest. */
  readonly state: "intact" | "changed" | "missing";
}

/** Whether a folder is what its manifest says. */
export interface Verification {
  /** Whether the run was finished and every file is intact. */
  readonly intact: boolean;
  readonly manifest: Manifest;
  /** By name, those of the manifest. */
  readonly files: readonly VerifiedFile[];
  /** Files of the folder that the manifest does not know, by name. */
  readonly unknown: readonly string[];
}

/** Largest manifest that is read, in bytes. */
const largest = 64 << 20;

/** The manifest of a folder of results. Errors: `unreadable-file` where there is none, or it is damaged. */
export async function readManifest(path: string): Promise<Manifest> {
  const file = join(resolve(path), manifestName);
  try {
    const { size } = await stat(file);
    if (size > largest)
      throw new NeuroweaveError("unreadable-file", `${file} has ${size} bytes, which no manifest has`, {
        remedy: "Name a folder that neuroweave has written.",
      });
    return parseManifest(await readFile(file), file);
  } catch (cause) {
    if (cause instanceof NeuroweaveError) throw cause;
    throw new NeuroweaveError(
      "unreadable-file",
      `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { remedy: "Name a folder that neuroweave has written." },
      { cause },
    );
  }
}

/** Reads every file of a folder of results again and compares size and hash. Errors: `unreadable-file` for the manifest. */
export async function verifyOutput(path: string): Promise<Verification> {
  const folder = resolve(path);
  const manifest = await readManifest(folder);
  const files: VerifiedFile[] = [];
  for (const { name, bytes, sha256 } of manifest.files)
    files.push({ name, state: await stateOf(folder, name, bytes, sha256) });
  const known = new Set([manifestName, ...files.map(({ name }) => name)]);
  const unknown = (await readdir(folder)).filter((name) => !known.has(name) && !isUnfinished(name)).sort();
  return { intact: manifest.complete && files.every(({ state }) => state === "intact"), manifest, files, unknown };
}

async function stateOf(folder: string, name: string, bytes: number, sha256: string): Promise<VerifiedFile["state"]> {
  const path = join(folder, name);
  try {
    if ((await stat(path)).size !== bytes) return "changed";
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
    return hash.digest("hex") === sha256 ? "intact" : "changed";
  } catch (cause) {
    if ((cause as { code?: unknown }).code === "ENOENT") return "missing";
    throw new NeuroweaveError(
      "unreadable-file",
      `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { remedy: "Make the file readable." },
      { cause },
    );
  }
}
