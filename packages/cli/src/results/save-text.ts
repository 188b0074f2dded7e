/** One file of text, whole or not at all. */
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { makeFolder } from "@neuroweave/export";
import { outputFailure, reasonOf } from "../failure.ts";

/** Writes beside the place and renames, so that a full disk leaves what was there. */
export async function saveText(to: string, text: string): Promise<void> {
  const path = resolve(to);
  const unfinished = `${path}.unfinished`;
  try {
    await makeFolder(dirname(path));
    await writeFile(unfinished, text);
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw notWritable(to, cause);
  }
}

/** Tries, before the work, whether a file can be written. */
export async function requireWritable(to: string): Promise<void> {
  const unfinished = `${resolve(to)}.unfinished`;
  try {
    await makeFolder(dirname(unfinished));
    await writeFile(unfinished, "");
    await rm(unfinished);
  } catch (cause) {
    throw notWritable(to, cause);
  }
}

const notWritable = (to: string, cause: unknown) =>
  outputFailure(`${to} cannot be written: ${reasonOf(cause)}`, "Choose another place, or make room.", cause); // prettier-ignore
