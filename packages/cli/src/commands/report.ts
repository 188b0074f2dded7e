/** `neuroweave report FILE`. */
import { basename, extname } from "node:path";
import { networkReport } from "@neuroweave/plot";
import { formatNetworkFile, type Network } from "neuroweave";
import { commandVersion } from "../command-home.ts";
import { defineCommand, type OptionValues } from "../command-line/command.ts";
import { exitCodes } from "../exit-codes.ts";
import { endingWith, usageFailure } from "../failure.ts";
import { findFile } from "../file/found-file.ts";
import { openNetworkSource } from "../file/load-network.ts";
import { loadPlugins } from "../file/load-plugins.ts";
import { networkOptions, networkRequest } from "../file/network-request.ts";
import { recordedVariables } from "../results/recorded-variables.ts";
import { runFigures } from "../results/run-figures.ts";
import { requireWritable, saveText } from "../results/save-text.ts";
import { populationResults } from "../running/population-results.ts";
import { attachRecorders, readRecordRequests } from "../running/recordings.ts";
import { runNetwork, shortTime } from "../running/run-network.ts";
import { shortNumber } from "../running/summary.ts";
import { typedPlugins, typedWord } from "../screen/typed.ts";

export const report = defineCommand({
  name: "report",
  summary: "run a network and write everything about it as one HTML page",
  about: [
    "The page holds figures, the graph of the network, composed equations, all parameters, the plan, and how to run it again. It needs nothing else, and runs no scripts.",
  ],
  operands: [{ name: "FILE", doc: "an experiment (.ts, .js) or a network file (.json)" }],
  options: {
    output: { type: "text", short: "o", value: "FILE", doc: "the page; report.html unless given" },
    duration: { type: "number", value: "MS", doc: "how long to run; what the file says unless given" },
    ...networkOptions,
    record: { type: "text", repeat: true, value: "A.VAR[@MS]", doc: "sample a variable, to be drawn; may be repeated" },
    quiet: { type: "switch", short: "q", doc: "no progress" },
  },
  examples: ["neuroweave report column.ts", "neuroweave report column.json --record exc.v -o column.html"],
  async run({ options, operands: [given], screen }) {
    const { output = "report.html" } = options;
    const file = findFile(given!);
    const request = networkRequest(options);
    const records = readRecordRequests(options.record);
    const plugins = await loadPlugins(options.plugin);
    await requireWritable(output);
    const source = await openNetworkSource(file, plugins);
    const { network, duration, measure } = await source.make(request);
    if (duration === undefined)
      throw usageFailure("invalid-value", `${file.shown} does not say how long to run`, {
        remedy: "Give --duration MS.",
      });
    attachRecorders(network, records);
    const networkFile = asData(network, duration);
    const result = await runNetwork({ network, duration, first: network.steps, screen, quiet: options.quiet });
    const measures = result.interrupted ? {} : await endingWith(exitCodes.failed, measure);
    const populations = populationResults(network);
    const page = await endingWith(exitCodes.failed, () =>
      networkReport({
        title: basename(file.shown, extname(file.shown)),
        subtitle: `${shortTime(network.t)} of ${file.shown}`,
        explanation: network.explain(),
        version: commandVersion(),
        settings: { duration: shortTime(network.t), recorded: recordedVariables(network).length },
        notes: result.interrupted ? [`The run was stopped at ${shortTime(network.t)}, before its end.`] : [],
        figures: runFigures(network),
        sections: [
          {
            heading: "In numbers",
            tables: [
              {
                caption: "Rates over the whole run",
                head: ["Population", "Neurons", "Spikes", "Rate (Hz)", "CV"],
                rows: populations.map(({ name, n, spikes, rate, cv }) => [
                  name,
                  n,
                  spikes,
                  rate.toFixed(2),
                  cv === null ? "–" : cv.toFixed(2),
                ]),
              },
              {
                caption: "Measures of the experiment",
                head: ["Measure", "Value"],
                rows: Object.entries(measures).map(([name, value]) => [
                  name,
                  typeof value === "number" ? shortNumber(value) : String(value),
                ]),
              },
            ].filter(({ rows }) => rows.length > 0),
          },
        ],
        command: ["npx neuroweave run", file.shown, ...askedFor(options)].join(" ") + typedPlugins(options.plugin),
        ...(networkFile === null ? {} : { networkFile }),
      }),
    );
    await saveText(output, page);
    screen.print(`Written: ${output}`);
    screen.document({
      command: "report",
      file: file.shown,
      output,
      status: result.interrupted ? "interrupted" : "complete",
      t: network.t,
      populations,
      measures,
    });
    return result.interrupted ? exitCodes.interrupted : exitCodes.done;
  },
});

/** Options that decide the results, as they are typed. */
function askedFor(options: OptionValues<typeof networkOptions> & { readonly duration: number | undefined }): string[] {
  const { seed, dt, precision, set, duration } = options;
  const single = Object.entries({ duration, seed, dt, precision }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${value}`],
  );
  return [...single, ...set.map((each) => `--set ${typedWord(each)}`)];
}

/** The network as a file, where it can be said as data and is no large list of synapses. */
function asData(network: Network, duration: number): string | null {
  try {
    const text = formatNetworkFile({ ...network.toJSON(), run: { duration } });
    return text.length < 200_000 ? text : null;
  } catch {
    return null;
  }
} // prettier-ignore
