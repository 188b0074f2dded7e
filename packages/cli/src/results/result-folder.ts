/** The folder of a run: opened before it, described, and written at its end. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { openOutput, readManifest, type OutputFolder, type RunDescription } from "@neuroweave/export";
import type { ExperimentParameters, Network } from "neuroweave";
import { commandVersion } from "../command-home.ts";
import { endingWith, outputFailure } from "../failure.ts";
import { exitCodes } from "../exit-codes.ts";
import type { NetworkSource } from "../file/load-network.ts";
import { identityOf } from "../file/load-plugins.ts";
import { shownPath } from "../file/user-frames.ts";

/** The folder within a folder of results that holds what an unfinished run goes on from. */
export const checkpointsOf = (folder: string): string => join(folder, "resume");

/** Names of the checkpoints in a folder of results, the latest last. */
export function checkpointsIn(folder: string): string[] {
  try {
    return readdirSync(checkpointsOf(folder)).filter((name) => name.endsWith(".snapshot")).sort(); // prettier-ignore
  } catch {
    return [];
  }
}

/**
 * Opens a folder for a new run. Refuses, before anything is run, one that cannot be written or holds other files or an earlier run; a run of
 * which nothing was done yet is none.
 */
export async function openResults(given: string, overwrite: boolean): Promise<OutputFolder> {
  if (!overwrite && existsSync(join(given, "manifest.json"))) await refuseEarlier(given);
  return endingWith(exitCodes.output, () => openOutput(given, { overwrite }));
}

async function refuseEarlier(given: string): Promise<void> {
  const manifest = await readManifest(given).catch(() => null);
  if (manifest?.complete !== false)
    throw outputFailure(`${given} holds the results of an earlier run`, "Choose another folder, or replace them with --overwrite."); // prettier-ignore
  if (manifest.files.length > 0 || manifest.earlier !== undefined || checkpointsIn(given).length > 0)
    throw outputFailure(`${given} holds a run that has not come to its end`, `Go on with --resume ${given}, choose another folder, or replace it with --overwrite.`); // prettier-ignore
}

export interface DescriptionRequest {
  readonly source: NetworkSource;
  readonly network: Network;
  readonly parameters: ExperimentParameters;
  /** What the run was asked for, in the form of the command line. */
  readonly arguments: readonly string[];
}

/** What the manifest says of a run, and a hash of the plan of its network. */
export interface Description extends RunDescription {
  /** SHA-256 of the composed network: structure, equations, parameters. It does not depend on device and threads. */
  readonly plan: string;
}

/** Describes a network as the file has made it, before it runs. */
export function describeRun({ source, network, parameters, arguments: given }: DescriptionRequest): Description {
  const { populations, projections, stages, device, precision, threads } = network.explain();
  const plan = { dt: network.dt, seed: network.seed, precision, populations, projections, stages: stages.map((stage) => ({ ...stage, kernel: undefined })) };
  const values = populations.map(({ name, parameters: own }) => [name, Object.fromEntries(own.map(({ name, value, unit }) => [name, unit === "" ? value : `${value} ${unit}`]))] as const);
  return {
    neuroweave: commandVersion(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    device,
    precision,
    threads,
    seed: network.seed,
    dt: network.dt,
    network: { name: shownPath(source.path), sha256: source.hash },
    ...(source.plugins.length > 0 ? { plugins: source.plugins.map(identityOf) } : {}),
    plan: createHash("sha256").update(JSON.stringify(plan)).digest("hex"),
    parameters: { populations: Object.fromEntries(values), ...(Object.keys(parameters).length > 0 ? { experiment: parameters } : {}) },
    arguments: given,
  };
} // prettier-ignore
