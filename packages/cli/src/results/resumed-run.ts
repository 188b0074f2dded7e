/** `--resume DIR`: what an unfinished run was asked for, and where it goes on. */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Manifest } from "@neuroweave/export";
import { NeuroweaveError } from "@neuroweave/equations";
import { latestCheckpoint, removeCheckpoints, type Checkpoint, type Network } from "neuroweave";
import { reasonOf, usageFailure } from "../failure.ts";
import { requireFile } from "../file/found-file.ts";
import type { identityOf } from "../file/load-plugins.ts";
import { shortTime } from "../running/run-network.ts";
import { checkpointsIn, checkpointsOf, type Description } from "./result-folder.ts";

export interface ResumedRun {
  readonly run: Partial<Description>;
  /** What it was asked for, in the form of the command line. */
  readonly arguments: readonly string[];
  /** The latest intact one; null where the run has left none, so that it begins anew. */
  readonly checkpoint: Checkpoint | null;
  /** Checkpoints that are damaged, and have been passed over; by name. */
  readonly damaged: readonly string[];
}

/** Reads what an unfinished run has left. Refuses folders that hold none. */
export async function readResumedRun(folder: string): Promise<ResumedRun> {
  const manifest = readManifest(folder);
  const checkpoints = checkpointsOf(folder);
  if (manifest.complete) {
    // A run that was killed between its last file and its last act.
    await removeCheckpoints(checkpoints).catch(() => undefined);
    throw notResumable(`the run in ${folder} is complete`, "There is nothing to resume; run again with --overwrite.");
  }
  const { arguments: given } = manifest.run as Partial<Description>;
  if (!Array.isArray(given))
    throw notResumable(`the run in ${folder} does not say what it was asked for`, "Run again with --overwrite.");
  try {
    const checkpoint = await latestCheckpoint(checkpoints);
    const damaged = checkpoint ? checkpoint.damaged.map((each) => basename(each)) : checkpointsIn(folder);
    return { run: manifest.run as Partial<Description>, arguments: given as string[], checkpoint, damaged };
  } catch (cause) {
    throw usageFailure("no-file", `${checkpoints} cannot be read: ${reasonOf(cause)}`, { remedy: "Make its files readable." });
  }
} // prettier-ignore

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

type Identity = ReturnType<typeof identityOf>;

/** Refuses plugins that are others than those of the run, or of other versions, and says which. */
export function requireSamePlugins(folder: string, { run }: ResumedRun, given: readonly Identity[]): void {
  const saved = isIdentities(run.plugins) ? run.plugins : [];
  const now = new Map(given.map(({ name, version }) => [name, version]));
  const before = new Map(saved.map(({ name, version }) => [name, version]));
  const differences = [
    ...saved.filter(({ name }) => !now.has(name)).map(({ name, version }) => `it had ${name} ${version}, which is not named`),
    ...given.filter(({ name }) => !before.has(name)).map(({ name, version }) => `it did not have ${name} ${version}`),
    ...given.filter(({ name, version }) => before.has(name) && before.get(name) !== version).map(({ name, version }) => `it had ${name} ${before.get(name)}, and this is ${name} ${version}`),
  ];
  if (differences.length > 0)
    throw notResumable(`the run in ${folder} had other plugins: ${differences.join("; ")}`, "Name the same ones with --plugin, in the same versions, or run again with --overwrite.");
} // prettier-ignore

const isIdentities = (value: unknown): value is readonly Identity[] =>
  Array.isArray(value) && value.every((each: Partial<Identity> | null) => typeof each?.name === "string" && typeof each.version === "string"); // prettier-ignore

/** Puts a network into the state of a checkpoint. Refuses one whose structure the run itself had changed. */
export function restoreCheckpoint(network: Network, { step, bytes }: Checkpoint, file: string): void {
  try {
    network.restore(bytes);
  } catch (cause) {
    if (!(cause instanceof NeuroweaveError && cause.code === "snapshot")) throw cause;
    throw notResumable(
      `the checkpoint at ${shortTime(step * network.dt)} does not fit what ${file} begins with: ${cause.summary}`,
      "A run that attaches, adds or removes something on its way begins anew: run again with --overwrite.",
    );
  }
}

const notResumable = (what: string, remedy: string) => usageFailure("not-resumable", what, { remedy });

function readManifest(folder: string): Manifest {
  if (existsSync(folder) && !existsSync(join(folder, "manifest.json")))
    throw notResumable(`${folder} holds no run`, `If one was to be written there, nothing of it was done yet: run again with --out ${folder}.`); // prettier-ignore
  const path = requireFile(join(folder, "manifest.json"));
  try {
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    if (manifest.format === "neuroweave results" && typeof manifest.run === "object") return manifest;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new NeuroweaveError("unreadable-file", `${path} is no manifest of results`, { remedy: "Name a folder that neuroweave run has written." }); // prettier-ignore
}
