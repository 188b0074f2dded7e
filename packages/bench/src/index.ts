/** `pnpm bench`: measures, prints a table, and writes what was asked for. Missed goals are no errors. */
import { accessSync, constants, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { NeuroweaveError } from "@neuroweave/equations";
import { progressBar, terminalCapabilities } from "@neuroweave/plot";
import { brunelEvents } from "./brunel-events.ts";
import { building } from "./building.ts";
import { coldStart } from "./cold-start.ts";
import { composition } from "./composed.ts";
import { denseLearning } from "./dense-learning.ts";
import { devices } from "./devices.ts";
import { largePopulations } from "./large-populations.ts";
import { linearCost } from "./linear-cost.ts";
import { machineLine, thisMachine } from "./machine.ts";
import { brunelMemory } from "./brunel-memory.ts";
import { publishedNetworks } from "./published-networks.ts";
import { readOptions, usage, type Options, type SectionName } from "./options.ts";
import { meets, type Section } from "./outcome.ts";
import type { Benchmark } from "./section.ts";
import { silence } from "./silence.ts";
import { sizes } from "./sizes.ts";
import { smallPopulation } from "./small-population.ts";
import { markdownTable, terminalTable } from "./table.ts";

const benchmarks: Readonly<Record<SectionName, Benchmark>> = {
  large: largePopulations,
  small: smallPopulation,
  composed: composition,
  networks: publishedNetworks,
  brunel: brunelEvents,
  memory: brunelMemory,
  linear: linearCost,
  silence,
  learning: denseLearning,
  build: building,
  cold: coldStart,
  devices,
  sizes,
};

const explanation =
  "Processor times, except for those of whole processes. Contenders take turns: medians, lowest and highest of the turns; a speedup compares two times of the same turn.";

async function main(options: Options): Promise<void> {
  if (options.help) return void console.log(usage);
  for (const file of [options.json, options.markdown, options.plots]) requireFolder(file);
  const machine = thisMachine();
  const remarks = [explanation];
  if (machine.load > machine.cores / 2)
    remarks.push("Others use this machine as well: times are too long, and speedups spread.");
  if (options.quick) remarks.push("This is a quick run: a first look, nothing to quote.");
  console.log([machineLine(machine), ...remarks].join("\n"));
  const sections: Section[] = [];
  for (const name of options.only) {
    const { report, finish } = progressOf(name);
    const { quick, peers, plots } = options;
    const measured = [await benchmarks[name]({ quick, peers, plots, report })].flat();
    finish();
    sections.push(...measured);
    for (const section of measured) console.log(`\n${terminalTable(section)}`);
  }
  if (options.json !== undefined) {
    const results = sections.map(({ rows, ...rest }) => ({
      ...rest,
      rows: rows.map((row) => ({ ...row, met: meets(row) })),
    }));
    writeFileSync(options.json, `${JSON.stringify({ machine, quick: options.quick, sections: results }, null, 2)}\n`);
  }
  if (options.markdown !== undefined) {
    const text = [[`${machineLine(machine)}.`, ...remarks].join(" "), ...sections.map(markdownTable)].join("\n\n");
    writeFileSync(options.markdown, text);
  }
}

/** A bar on the error stream while somebody watches it; nothing otherwise. */
function progressOf(label: string): {
  readonly report: (done: number, total: number) => void;
  readonly finish: () => void;
} {
  const capabilities = terminalCapabilities(process.stderr, process.env);
  if (!capabilities.interactive) return { report: () => {}, finish: () => {} };
  const bar = progressBar({ stream: process.stderr, label, total: 1, capabilities });
  return { report: (done, total) => bar.update(done / total), finish: () => bar.finish() };
}

/** Refuses a file that could not be written, before minutes have gone by. */
function requireFolder(file: string | undefined): void {
  if (file === undefined) return;
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch (cause) {
    throw new NeuroweaveError(
      "invalid-value",
      `${file} cannot be written`,
      { remedy: "Name a file in a folder that exists." },
      { cause },
    );
  }
}

process.once("SIGINT", () => process.exit(130));
try {
  await main(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof NeuroweaveError && error.code !== "internal" ? error.message : error);
  process.exitCode = 1;
}
