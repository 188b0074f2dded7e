/** A network from a file of either kind. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { NeuroweaveError } from "@neuroweave/equations";
import type { ExperimentParameters, Network, RunMeasures } from "neuroweave";
import { endingWith, Failure } from "../failure.ts";
import { exitCodes } from "../exit-codes.ts";
import { assignTo } from "./assignments.ts";
import { curedByPlugin } from "./cure-by-plugin.ts";
import type { FoundFile } from "./found-file.ts";
import { loadExperiment } from "./load-experiment.ts";
import { loadNetworkFile } from "./load-network-file.ts";
import type { NamedPlugin } from "./load-plugins.ts";
import type { NetworkRequest } from "./network-request.ts";

interface MadeNetwork {
  readonly network: Network;
  /** In ms: what was asked for, else what the file says; undefined where neither does. */
  readonly duration: number | undefined;
  readonly parameters: ExperimentParameters;
  measure(): Promise<RunMeasures>;
}

export interface NetworkSource extends FoundFile {
  /** The folder whose files are the person's own. */
  readonly folder: string;
  /** SHA-256 of the file. */
  readonly hash: string;
  /** Those that were named. */
  readonly plugins: readonly NamedPlugin[];
  make(request: NetworkRequest): Promise<MadeNetwork>;
}

/** Reads a file; `make` gives its network with what was asked for, and the plugins. What the file throws ends the command with 1. */
export async function openNetworkSource(file: FoundFile, plugins: readonly NamedPlugin[]): Promise<NetworkSource> {
  const hash = createHash("sha256").update(readFileSync(file.path)).digest("hex");
  const isData = file.kind === "network file";
  const make = await endingWith(exitCodes.failed, async () => {
    if (!isData) return await loadExperiment(file.path);
    const load = loadNetworkFile(file.path);
    return async (request: NetworkRequest) => load(request);
  });
  const withPlugins = (request: NetworkRequest): NetworkRequest =>
    plugins.length === 0
      ? request
      : { ...request, network: { ...request.network, plugins: plugins.map(({ plugin }) => plugin) } };
  return {
    ...file,
    folder: dirname(file.path),
    hash,
    plugins,
    make: (request) =>
      endingWith(exitCodes.failed, async () => {
        const { network, duration, measure, parameters } = await make(withPlugins(request)).catch((error: unknown) => {
          const cured = isData || isMistypedDevice(error, request) ? curedByPlugin(error) : error;
          throw isMistypedDevice(error, request) ? new Failure(exitCodes.usage, cured) : cured;
        });
        if (!isData) assignTo(network, request.assignments);
        return {
          network,
          duration: request.duration ?? duration,
          parameters,
          measure: async () => (measure ? await measure(network) : {}),
        };
      }),
  };
}

/** Which devices there are, only the plugins of the file tell: a name that is none of theirs is the person's mistake. */
const isMistypedDevice = (error: unknown, { network: { device } }: NetworkRequest): boolean =>
  device !== undefined &&
  error instanceof NeuroweaveError &&
  error.summary === `there is no device ${device as string}`;
