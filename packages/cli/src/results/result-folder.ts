/** The folder of a run: opened before it, described, and written at its end. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openOutput, type OutputFolder, type RunDescription } from "@neuroweave/export";
import type { ExperimentParameters, Network } from "neuroweave";
import { commandVersion } from "../command-home.ts";
import { endingWith, outputFailure } from "../failure.ts";
import { exitCodes } from "../exit-codes.ts";
import type { NetworkSource } from "../file/load-network.ts";
import { shownPath } from "../file/user-frames.ts";

/** Opens a folder for a new run. Refuses, before anything is run, one that cannot be written or holds other files or an earlier run. */
export function openResults(given: string, overwrite: boolean): Promise<OutputFolder> {
  if (!overwrite && existsSync(join(given, "manifest.json")))
    throw outputFailure(`${given} holds the results of an earlier run`, `Choose another folder, replace them with --overwrite, or go on with --resume ${given} where it was interrupted.`); // prettier-ignore
  return endingWith(exitCodes.output, () => openOutput(given, { overwrite }));
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
    plan: createHash("sha256").update(JSON.stringify(plan)).digest("hex"),
    parameters: { populations: Object.fromEntries(values), ...(Object.keys(parameters).length > 0 ? { experiment: parameters } : {}) },
    arguments: given,
  };
} // prettier-ignore
