/** Experiment files: loads the module and calls what it exports. */
import { NeuroweaveError } from "@neuroweave/equations";
import type {
  ExperimentFile,
  ExperimentFileOptions,
  ExperimentParameters,
  Network,
  PreparedExperiment,
} from "neuroweave";
import { isDotted, withAssigned } from "./assignments.ts";
import { importFile } from "./import-module.ts";
import type { NetworkRequest, NetworkSettings } from "./network-request.ts";
import { shownPath } from "./user-frames.ts";

/** An experiment, and the parameters that it was made with. */
export interface MadeExperiment extends PreparedExperiment {
  readonly parameters: ExperimentParameters;
}

/** Loads a file and gives a function that makes its experiment; each call of it makes another network where the file exports a function. */
export async function loadExperiment(path: string): Promise<(request: NetworkRequest) => Promise<MadeExperiment>> {
  const shown = shownPath(path);
  const module = await importFile(path, shown, "experiment-file");
  const exported = module["default"] as ExperimentFile | undefined;
  if (exported === undefined) throw notAnExperiment(shown, "has no default export");
  const defaults = (module["parameters"] ?? {}) as ExperimentParameters;
  return async (request) => {
    const parameters = withAssigned(defaults, request.assignments);
    if (typeof exported !== "function") {
      refuseUnread(shown, Object.keys(request.network), "exports a network that is made already");
      const own = request.assignments.filter((each) => !isDotted(each)).map(({ name }) => `set ${name}`);
      refuseUnread(shown, own, "exports a network that is made already");
      return { ...experimentOf(exported, shown), parameters };
    }
    const unread = new Set(Object.keys(request.network));
    const options: ExperimentFileOptions = { network: watched(request.network, unread), parameters, duration: request.duration };
    const experiment = experimentOf(await exported(options), shown);
    refuseUnread(shown, [...unread], "does not read what was asked for");
    return { ...experiment, parameters };
  };
} // prettier-ignore

const isNetwork = (value: unknown): value is Network =>
  typeof value === "object" && value !== null && "populations" in value && "snapshot" in value && "run" in value;

function experimentOf(value: unknown, shown: string): PreparedExperiment {
  if (isNetwork(value)) return { network: value };
  const network = (value as { readonly network?: unknown } | null | undefined)?.network;
  if (!isNetwork(network)) throw notAnExperiment(shown, "gives neither a network nor an object with one");
  const { duration, measure } = value as PreparedExperiment;
  if (duration !== undefined && !(typeof duration === "number" && duration >= 0))
    throw notAnExperiment(shown, `gives the duration ${String(duration)}`, "Give a time in ms, 0 or more.");
  if (measure !== undefined && typeof measure !== "function")
    throw notAnExperiment(shown, "gives a `measure` that is no function");
  return { network, ...(duration === undefined ? {} : { duration }), ...(measure === undefined ? {} : { measure }) };
}

const usualRemedy =
  "Write export default ({ network }) => { const net = createNetwork({ dt: 0.1, ...network }); …; return { network: net, duration: 1000 }; }";

const notAnExperiment = (shown: string, what: string, remedy = usualRemedy) =>
  new NeuroweaveError("experiment-file", `${shown} ${what}`, { remedy });

/** The same values, which are no longer `unread` once they have been read. */
function watched(values: NetworkSettings, unread: Set<string>): NetworkSettings {
  const read = Object.entries(values).map(([name, value]) => [
    name,
    { enumerable: true, get: () => (unread.delete(name), value) },
  ]);
  return Object.defineProperties({}, Object.fromEntries(read) as PropertyDescriptorMap);
}

function refuseUnread(shown: string, names: readonly string[], what: string): void {
  if (names.length === 0) return;
  const options = names.map((name) => (name === "plugins" ? "--plugin" : `--${name}`)).join(", ");
  throw new NeuroweaveError("experiment-file", `${shown} ${what}, so that ${options} would do nothing`, {
    remedy: "Export a function and spread its options: createNetwork({ dt: 0.1, ...options.network }).",
  });
}
