/** `neuroweave run FILE`. */
import { defineCommand } from "../command-line/command.ts";
import { exitCodes } from "../exit-codes.ts";
import { usageFailure } from "../failure.ts";
import { findFile } from "../file/found-file.ts";
import { openNetworkSource } from "../file/load-network.ts";
import { networkOptions, networkRequest } from "../file/network-request.ts";
import { populationResults } from "../running/population-results.ts";
import { attachRecorders, readRecordRequests } from "../running/recordings.ts";
import { runNetwork, shortTime } from "../running/run-network.ts";
import { summaryLines } from "../running/summary.ts";

export const run = defineCommand({
  name: "run",
  summary: "run an experiment or a network file",
  about: [
    "FILE is TypeScript or JavaScript whose default export is a network or a function that makes one, or a network file (.json).",
    "Ctrl-C stops at the border of a step, writes what there is and says how to go on; a second one ends at once.",
  ],
  operands: [{ name: "FILE", doc: "an experiment (.ts, .js) or a network file (.json)" }],
  options: {
    duration: { type: "number", value: "MS", doc: "how long to run; what the file says unless given" },
    ...networkOptions,
    record: {
      type: "text",
      repeat: true,
      value: "A.VAR[@MS]",
      doc: "sample a variable of population, projection or signal A, at an interval; may be repeated",
    },
    quiet: { type: "switch", short: "q", doc: "no progress and no summary" },
  },
  examples: [
    "neuroweave run column.ts --duration 1000 --seed 7",
    "neuroweave run column.json --set exc.tau=15 --record exc.v@1 --out results",
  ],
  async run({ options, operands: [given], screen }) {
    const file = findFile(given!);
    const request = networkRequest(options);
    const records = readRecordRequests(options.record);
    const source = await openNetworkSource(file);
    const { network, duration, measure } = await source.make(request);
    attachRecorders(network, records);
    if (duration === undefined)
      throw usageFailure("invalid-value", `${file.shown} does not say how long to run`, { remedy: "Give --duration MS." });
    const result = await runNetwork({ network, duration, first: network.steps, screen, quiet: options.quiet });
    const results = populationResults(network);
    const measures = await measure();
    if (!options.quiet) {
      screen.print(`${file.shown}: ${shortTime(network.t)}`, ...summaryLines({ network, results, measures, terminal: screen.terminal }));
    }
    screen.document({ command: "run", file: file.shown, status: result.interrupted ? "interrupted" : "complete", t: network.t, populations: results, measures });
    return result.interrupted ? exitCodes.interrupted : exitCodes.done;
  },
}); // prettier-ignore
