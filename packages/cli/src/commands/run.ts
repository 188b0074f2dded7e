/** `neuroweave run FILE`. */
import { join } from "node:path";
import type { OutputFolder } from "@neuroweave/export";
import { removeCheckpoints, type RunMeasures } from "neuroweave";
import { defineCommand } from "../command-line/command.ts";
import { exitCodes } from "../exit-codes.ts";
import { endingWith, reasonOf, usageFailure } from "../failure.ts";
import { findFile } from "../file/found-file.ts";
import { openNetworkSource } from "../file/load-network.ts";
import { identityOf, loadPlugins } from "../file/load-plugins.ts";
import { shownPath } from "../file/user-frames.ts";
import { readResumedRun, requireSame, requireSamePlugins, restoreCheckpoint } from "../results/resumed-run.ts";
import { checkpointsOf, describeRun, openResults } from "../results/result-folder.ts";
import { writeResults } from "../results/write-results.ts";
import { keepCheckpoints } from "../running/checkpoints.ts";
import { populationResults } from "../running/population-results.ts";
import { attachRecorders } from "../running/recordings.ts";
import { runNetwork, shortTime } from "../running/run-network.ts";
import { summaryLines } from "../running/summary.ts";
import { wrapped } from "../screen/layout.ts";
import { typedPlugins, typedWord } from "../screen/typed.ts";
import { resumedPlan, runOptions, runPlan } from "./run-options.ts";

export const run = defineCommand({
  name: "run",
  summary: "run an experiment or a network file",
  about: [
    "FILE is TypeScript or JavaScript whose default export is a network or a function that makes one, or a network file (.json).",
    "Ctrl-C stops at the border of a step, writes what there is and says how to go on; a second one ends at once.",
    "With --out DIR the run keeps checkpoints in DIR, by the clock or at every --checkpoint MS, so that it can be killed at any time: --resume DIR goes on from the last one, to the bytes of a run that nothing has stopped.",
  ],
  operands: [{ name: "FILE", doc: "an experiment (.ts, .js) or a network file (.json)" }],
  options: runOptions,
  examples: [
    "neuroweave run column.ts --duration 1000 --seed 7",
    "neuroweave run column.json --set exc.tau=15 --record exc.v@1 --out results",
    "neuroweave run column.json --out results --checkpoint 1000",
    "neuroweave run column.json --resume results",
    "neuroweave run column.json --plugin neuroweave-slow-currents",
  ],
  async run({ options, operands: [given], screen }) {
    const file = findFile(given!);
    const resumed = options.resume === undefined ? null : await readResumedRun(options.resume);
    const {
      request,
      records,
      formats,
      checkpoint: every,
      arguments: asked,
    } = resumed ? resumedPlan(options, resumed.arguments) : runPlan(options);
    const out = options.resume ?? options.out;
    // Never those of a manifest, which may be anybody's: what is imported stands on the command line.
    const plugins = await loadPlugins(options.plugin);
    const identities = plugins.map(identityOf);
    if (resumed) requireSamePlugins(out!, resumed, identities);
    // Said before the run, and before the network is made: either may take long.
    const folder = out === undefined ? null : await openResults(out, options.overwrite || resumed !== null);
    const source = await openNetworkSource(file, plugins);
    const { network, duration, parameters, measure } = await source.make(request);
    if (duration === undefined)
      throw usageFailure("invalid-value", `${file.shown} does not say how long to run`, {
        remedy: "Give --duration MS.",
      });
    attachRecorders(network, records);
    const first = network.steps;
    const description = await endingWith(exitCodes.failed, () =>
      describeRun({ source, network, parameters, arguments: asked }),
    );
    if (resumed) requireSame(out!, resumed, description);
    const warnings: string[] = [];
    const warn = (message: string): void => {
      warnings.push(message);
      screen.note(`Warning: ${message}`);
    };
    network.on("warning", ({ message }) => warn(message));
    const typed = process.env["npm_command"] === "exec" ? "npx neuroweave" : "neuroweave";
    const resume = `${typed} run ${file.shown} --resume ${typedWord(out ?? "")}${typedPlugins(options.plugin)}`;
    const whole = Math.round(duration / network.dt);
    const path = out === undefined ? null : checkpointsOf(out);
    const checkpoints = path === null ? null : keepCheckpoints({ network, path, every, tell: warn });
    if (resumed) {
      for (const name of resumed.damaged) warn(`${join(path!, name)} is damaged and is passed over`);
      if (resumed.checkpoint) restoreCheckpoint(network, resumed.checkpoint, file.shown);
      if (!resumed.checkpoint)
        screen.note(`Note: the run in ${out} has left no checkpoint to go on from; it begins anew`);
      else if (!options.quiet) screen.note(`Going on at ${shortTime(network.t)}`);
    }
    // Not before: an earlier run in the folder outlives a run that cannot begin.
    const ready = async (): Promise<void> => {
      if (!folder || resumed) return;
      await endingWith(exitCodes.output, async () => {
        // In this order: what an earlier run has left here must not be taken for this one's.
        await removeCheckpoints(path!);
        await folder.describe(description);
      });
    };

    const note = (line: string): void => screen.note(`Note: ${line}`);
    const write = async (measures: RunMeasures): Promise<void> => {
      await folder?.describe({ ...description, t: network.t, steps: network.steps });
      if (folder) await writeResults(folder, { network, measures, formats, note });
    };
    const run = runNetwork({ network, duration, first, screen, quiet: options.quiet, ready });
    const result = await run.catch(async (error: unknown) => {
      // What there was may say why it failed; the manifest says that it is not complete.
      if (folder && network.steps > first) {
        await endingWith(exitCodes.output, () => write({}));
        note(`what there was until ${shortTime(network.t)} is in ${shownPath(folder.path)}`);
      }
      throw error;
    });
    checkpoints?.end();
    const measures = result.interrupted ? {} : await endingWith(exitCodes.failed, measure);
    const { t, steps } = network;
    await endingWith(exitCodes.output, async () => {
      // First, since everything else can be had again from it; where it cannot be written, the rest still is.
      const saved = result.interrupted ? checkpoints?.save() : undefined;
      const refused = await saved?.then(
        () => null,
        (cause: unknown) => ({ cause }),
      );
      await write(measures);
      await folder?.finish(result.interrupted ? { interrupted: { step: steps } } : {});
      if (refused) throw refused.cause;
    });
    // Last of all: a run that is killed before has come to its end, or goes on from them.
    if (folder && !result.interrupted)
      await removeCheckpoints(path!).catch((cause: unknown) => warn(`checkpoints are left behind: ${reasonOf(cause)}`));

    const results = populationResults(network);
    if (!options.quiet) {
      const state = result.interrupted
        ? `stopped at ${shortTime(t)} of ${shortTime((first + whole) * network.dt)}`
        : shortTime(t);
      screen.print(
        `${file.shown}: ${state}`,
        ...summaryLines({ network, results, measures, terminal: screen.terminal }),
      );
      if (folder)
        screen.print(
          "",
          ...wrapped(`Written into ${shownPath(folder.path)}: ${fileList(folder)}`, screen.terminal.width, "  "),
        );
    }
    if (result.interrupted)
      screen.note(
        folder ? `Interrupted. To go on: ${resume}` : "Interrupted. With --out DIR it could go on from here.",
      );
    screen.document({
      command: "run",
      file: file.shown,
      status: result.interrupted ? "interrupted" : "complete",
      t,
      steps,
      dt: network.dt,
      seed: network.seed,
      device: description.device,
      precision: description.precision,
      threads: description.threads,
      ...(plugins.length > 0 ? { plugins: identities } : {}),
      seconds: result.seconds,
      realTimeFactor: result.realTimeFactor,
      populations: results,
      measures,
      warnings,
      ...(folder ? { out: folder.path, files: folder.manifest.files } : {}),
      ...(resumed ? { resumedAt: resumed.checkpoint?.step ?? first } : {}),
      ...(result.interrupted && folder ? { resume } : {}),
    });
    return result.interrupted ? exitCodes.interrupted : exitCodes.done;
  },
});

function fileList(folder: OutputFolder): string {
  const names = [...folder.manifest.files.map(({ name }) => name), "manifest.json"];
  return names.length > 8 ? `${names.slice(0, 7).join(", ")} and ${names.length - 7} more` : names.join(", ");
} // prettier-ignore
