/** `--resume DIR`: what an interrupted run was asked for, and where it stopped. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "@neuroweave/export";
import { NeuroweaveError } from "@neuroweave/equations";
import { usageFailure } from "../failure.ts";
import { requireFile } from "../file/found-file.ts";
import type { Description } from "./result-folder.ts";
import { snapshotName } from "./write-results.ts";

export interface ResumedRun {
  readonly run: Partial<Description>;
  /** What it was asked for, in the form of the command line. */
  readonly arguments: readonly string[];
  readonly snapshot: Uint8Array;
}

/** Reads what an interrupted run has left. Refuses folders that hold none. */
export function readResumedRun(folder: string): ResumedRun {
  const manifest = readManifest(folder);
  if (manifest.complete)
    throw notResumable(`the run in ${folder} is complete`, "There is nothing to resume; run again with --overwrite.");
  const { arguments: given } = manifest.run as Partial<Description>;
  const snapshot = bytesOf(join(folder, snapshotName));
  if (!snapshot || !Array.isArray(given))
    throw notResumable(`the run in ${folder} has left no snapshot`, "Run again with --overwrite: only a run that Ctrl-C has stopped can be resumed."); // prettier-ignore
  return { run: manifest.run as Partial<Description>, arguments: given as string[], snapshot };
}

/** Refuses another file, or a network that has become another since. */
export function requireSame(folder: string, resumed: ResumedRun, description: Description): void {
  const saved = resumed.run.network;
  if (saved?.sha256 !== description.network!.sha256)
    throw notResumable(
      `${description.network!.name} is not the file that was run into ${folder}${saved ? `, which was ${saved.name}` : ""}, or it has been changed since`,
      "Give the same file, unchanged, or run again with --overwrite.",
    );
  if (resumed.run.plan !== description.plan)
    throw notResumable(
      `${description.network!.name} makes another network than the one that was run into ${folder}`,
      "What it imports, or Neuroweave, has changed; run again with --overwrite.",
    );
}

const notResumable = (what: string, remedy: string) => usageFailure("not-resumable", what, { remedy });

function readManifest(folder: string): Manifest {
  const path = requireFile(join(folder, "manifest.json"));
  try {
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    if (manifest.format === "neuroweave results" && typeof manifest.run === "object") return manifest;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new NeuroweaveError("unreadable-file", `${path} is no manifest of results`, { remedy: "Name a folder that neuroweave run has written." }); // prettier-ignore
}

function bytesOf(path: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    return null;
  }
}
