/** `neuroweave convert FROM TO`. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, relative, resolve, sep } from "node:path";
import { NeuroweaveError } from "@neuroweave/equations";
import { convertFile } from "@neuroweave/export";
import { formatNetworkFile, parseNetworkFile } from "neuroweave";
import { defineCommand } from "../command-line/command.ts";
import { exitCodes } from "../exit-codes.ts";
import { endingWith, Failure, outputFailure, usageFailure } from "../failure.ts";
import { findFile, requireFile } from "../file/found-file.ts";
import { openNetworkSource } from "../file/load-network.ts";
import { loadPlugins, type NamedPlugin } from "../file/load-plugins.ts";
import { networkOptions, networkRequest } from "../file/network-request.ts";
import { shownPath } from "../file/user-frames.ts";
import { saveText } from "../results/save-text.ts";
import { wrapped } from "../screen/layout.ts";
import { networkSource } from "../source/network-source.ts";

const results = [".csv", ".parquet", ".h5", ".hdf5"];
const experiments = [".ts", ".mts", ".js", ".mjs"];
const { device: _device, threads: _threads, ...settable } = networkOptions;

export const convert = defineCommand({
  name: "convert",
  summary: "convert results, and experiments to network files and back",
  about: [
    "What is done follows from the endings of the two names.",
    "Results: .csv, .parquet and, for spikes, .h5 (SONATA) into one another; no value is changed.",
    "Networks: an experiment (.ts, .js) into a network file (.json), and a network file into TypeScript that makes the same network.",
  ],
  operands: [{ name: "FROM", doc: "the file that there is" }, { name: "TO", doc: "the file that is written" }],
  options: {
    overwrite: { type: "switch", doc: "replace TO where it exists" },
    "allow-loss": { type: "switch", doc: "leave out columns and texts that the other format cannot keep" },
    population: { type: "text", value: "NAME", doc: "the population of all spikes, for a table that does not say it" },
    ...settable,
  },
  examples: ["neuroweave convert results/spikes.csv spikes.h5", "neuroweave convert column.ts column.json --seed 7", "neuroweave convert column.json column.ts"],
  async run({ options, operands: [from, to], screen }) {
    const [source, target] = [extname(from!).toLowerCase(), extname(to!).toLowerCase()];
    requireFile(from!);
    if (existsSync(to!) && !options.overwrite)
      throw outputFailure(`${to} exists already`, "Name another file, or replace it with --overwrite.");
    const request = networkRequest({ ...options, device: undefined, threads: undefined });
    let lost: readonly string[] = [];
    if (results.includes(source) && results.includes(target)) {
      const { overwrite, population } = options;
      const converting = convertFile(resolve(from!), resolve(to!), { overwrite, allowLoss: options["allow-loss"], ...(population === undefined ? {} : { population }) });
      ({ lost } = await writing(() => converting));
    } else if (experiments.includes(source) && target === ".json") {
      const experiment = await openNetworkSource(findFile(from!), await loadPlugins(options.plugin));
      const { network, duration } = await experiment.make(request);
      const file = await endingWith(exitCodes.failed, () => network.toJSON());
      await saveText(to!, `${formatNetworkFile(duration === undefined ? file : { ...file, run: { duration } }).trimEnd()}\n`);
    } else if (source === ".json" && experiments.includes(target)) {
      const plugins = (await loadPlugins(options.plugin)).map((each) => ({ ...each, specifier: specifierOf(each, dirname(resolve(to!))) }));
      const text = await endingWith(exitCodes.failed, () => networkSource(parseNetworkFile(readFileSync(from!, "utf8")), plugins));
      await saveText(to!, text);
    } else
      throw usageFailure("invalid-value", `${source || "a file without an ending"} is not converted to ${target || "one without an ending"}`, {
        remedy: `Results are ${results.join(", ")}; experiments ${experiments.join(", ")} become network files (.json) and network files experiments.`,
      });
    screen.print(`Written: ${shownPath(resolve(to!))}`, ...lost.flatMap((what) => wrapped(`Not kept: ${what}`, screen.terminal.width, "  ")));
    screen.document({ command: "convert", from: shownPath(resolve(from!)), to: shownPath(resolve(to!)), lost });
    return exitCodes.done;
  },
}); // prettier-ignore

/** How a file in a folder imports a plugin: packages by their names, modules by their paths from there. */
function specifierOf({ given, path }: NamedPlugin, folder: string): string {
  if (path === null) return given;
  const way = relative(folder, path).split(sep).join("/");
  return way.startsWith("../") ? way : `./${way}`;
}

/** Files that cannot be written end the command with 3, files that cannot be read or kept with 1. */
async function writing<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const code =
      error instanceof NeuroweaveError && error.code === "cannot-write" ? exitCodes.output : exitCodes.failed;
    throw new Failure(code, error);
  }
}
