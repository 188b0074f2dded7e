/** What an experiment on learning is: a run with a verdict on each claim, and a page for the report. */
import type { ReportSection } from "@neuroweave/plot";
import { screenOn, type Screen } from "../networks/network-script.ts";
import { common, readOptions, usageOf } from "../networks/script-options.ts";
import { terminalCapabilities } from "@neuroweave/plot";
import { isRunDirectly } from "../run-directly.ts";

/** One claim of the source, and what was found. */
export interface Verdict {
  readonly what: string;
  readonly measured: string;
  /** What the source says, with its name. */
  readonly target: string;
  readonly holds: boolean;
}

export interface LearningResult {
  readonly verdicts: readonly Verdict[];
  /** The page of the report: what was done, figures with their captions. The table of verdicts is added to it. */
  readonly page: ReportSection;
}

export interface LearningOptions {
  /** What every random number follows from. */
  readonly seed: number;
  /** `test` takes seconds and decides the claims that the tests hold; `full` is the size of the source. */
  readonly size: "test" | "full";
  /** Called now and then with the part that is done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

export interface LearningExperiment {
  /** Name of the file, without its ending. */
  readonly name: string;
  readonly title: string;
  readonly source: string;
  run(options: LearningOptions): Promise<LearningResult>;
}

/** The page with its verdicts. */
export function pageOf({ title, source }: LearningExperiment, { verdicts, page }: LearningResult): ReportSection {
  return {
    ...page,
    heading: title,
    paragraphs: [`After ${source}.`, ...(page.paragraphs ?? [])],
    table: {
      caption: "What the source says, and what was found.",
      head: ["Holds", "Claim", "Found", "Target"],
      rows: verdicts.map(({ what, measured, target, holds }) => [holds ? "yes" : "no", what, measured, target]),
    },
  };
}

const options = {
  ...common,
  size: { default: "test", doc: "test takes seconds, full is the size of the source" },
} as const;

/** Runs the experiment if its module (`import.meta.url`) is what was started, and prints the verdicts. */
export async function runIfStarted(url: string, experiment: LearningExperiment): Promise<void> {
  if (!isRunDirectly(url)) return;
  try {
    const values = readOptions(process.argv.slice(2), options);
    if (values === null) process.stdout.write(`${usageOf(experiment.name, experiment.title, options, "learning")}\n`);
    else await show(experiment, values, screenOn(process.stdout, terminalCapabilities(process.stdout, process.env)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function show(experiment: LearningExperiment, { seed, size }: { readonly seed: number; readonly size: string }, screen: Screen): Promise<void> {
  screen.heading(experiment.title);
  screen.say(`After ${experiment.source}.`);
  const { verdicts } = await screen.progress(experiment.name, (onProgress) => experiment.run({ seed, size: size === "full" ? "full" : "test", onProgress }));
  screen.table(verdicts.map(({ what, measured, target, holds }) => ({ what: `${holds ? "✓" : "✗"} ${what}`, measured, expected: target })));
  if (verdicts.some(({ holds }) => !holds)) process.exitCode = 1;
} // prettier-ignore
