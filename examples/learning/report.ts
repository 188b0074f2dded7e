/**
 * All experiments on learning as one HTML file, a page each.
 *
 *     npx tsx examples/learning/report.ts --out learning.html [--size full]
 */
import { writeFileSync } from "node:fs";
import { htmlReport, terminalCapabilities, type ReportSection } from "@neuroweave/plot";
import { screenOn } from "../networks/network-script.ts";
import { common, readOptions, usageOf } from "../networks/script-options.ts";
import { isRunDirectly } from "../run-directly.ts";
import { experiments } from "./experiments.ts";
import { pageOf, type LearningOptions } from "./learning-experiment.ts";

const options = {
  ...common,
  out: { default: "learning.html", doc: "file to write" },
  size: { default: "test", doc: "test takes minutes, full is the size of the sources" },
} as const;

/** The report of experiments that have run. The same results give the same bytes. */
export const learningReport = (pages: readonly ReportSection[]): string =>
  htmlReport({
    title: "Experiments on learning",
    subtitle: "What the rules of the library learn, held against what their sources say.",
    sections: pages,
  });

async function main(args: readonly string[]): Promise<void> {
  const values = readOptions(args, options);
  if (values === null) return void process.stdout.write(`${usageOf("report", "All experiments on learning as one HTML file.", options, "learning")}\n`);
  const screen = screenOn(process.stdout, terminalCapabilities(process.stdout, process.env));
  const size: LearningOptions["size"] = values.size === "full" ? "full" : "test";
  const pages: ReportSection[] = [];
  for (const experiment of experiments) {
    screen.heading(experiment.title);
    const result = await screen.progress(experiment.name, (onProgress) => experiment.run({ seed: values.seed, size, onProgress }));
    screen.table(result.verdicts.map(({ what, measured, target, holds }) => ({ what: `${holds ? "✓" : "✗"} ${what}`, measured, expected: target })));
    pages.push(pageOf(experiment, result));
  }
  writeFileSync(values.out, learningReport(pages));
  screen.say(`Written to ${values.out}.`);
} // prettier-ignore

if (isRunDirectly(import.meta.url))
  await main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
