/** From the import to the first spike of a new model, in processes that begin with nothing. */
import { execFile } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { NeuroweaveError } from "@neuroweave/equations";
import { install } from "./installed.ts";
import type { Benchmark } from "./section.ts";
import { spreadOf } from "./spread.ts";
import { shortNumber } from "./table.ts";

/** Moments in ms since the epoch. */
type Moments = Readonly<Record<"begun" | "start" | "imported" | "built" | "spiked", number>>;

interface Start extends Moments {
  /** Processor time of all threads from `start` to `spiked`, in ms. */
  readonly processor: number;
}

const script = "first-spike.mjs";
const bareScript = "bare.mjs";
const now = (): number => performance.timeOrigin + performance.now();

/** Starts a process, and gives what it prints and when it was begun. No option of this process reaches it. */
async function start(folder: string, file: string): Promise<{ readonly begun: number; readonly text: string }> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const begun = now();
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder, env });
  return { begun, text: stdout };
}

async function firstSpike(folder: string): Promise<Start> {
  const { begun, text } = await start(folder, script);
  const { spikes, ...moments } = JSON.parse(text) as Omit<Start, "begun"> & { readonly spikes: number };
  if (!(spikes > 0))
    throw new NeuroweaveError("internal", `${script} ends without a spike`, {
      remedy: "Give its neurons more current.",
    });
  return { begun, ...moments };
}

/** Fresh processes, one after the other: ours, and one that does nothing. */
export const coldStart: Benchmark = async ({ quick, report }) => {
  const processes = quick ? 7 : 15;
  const total = 20 + processes;
  const { folder, remove } = await install((done, packages) => report((20 * done) / packages, total));
  const ours: Start[] = [];
  const bare: number[] = [];
  try {
    copyFileSync(fileURLToPath(new URL(script, import.meta.url)), join(folder, script));
    writeFileSync(join(folder, bareScript), "console.log(performance.timeOrigin + performance.now());\n");
    // The first reads the files from disk.
    await firstSpike(folder);
    for (let k = 0; k < processes; k++) {
      const { begun, text } = await start(folder, bareScript);
      bare.push(Number(text) - begun);
      ours.push(await firstSpike(folder));
      report(20 + k + 1, total);
    }
  } finally {
    remove();
  }
  const between = (from: keyof Moments, to: keyof Moments) =>
    spreadOf(ours.map((moments) => moments[to] - moments[from]));
  const whole = between("start", "spiked");
  const inStarts = spreadOf(whole.values.map((time, k) => time / bare[k]!));
  return {
    title: `first spike of a new model, ${processes} fresh processes`,
    unit: "ms",
    rows: [
      { name: "process start to first spike", time: between("begun", "spiked") },
      { name: "process start of Node alone", time: spreadOf(bare) },
      { name: "import to first spike", time: whole, goal: { of: "time", atMost: 150 } },
      { name: "  import", time: between("start", "imported") },
      { name: "  behavior, model and population", time: between("imported", "built") },
      { name: "  compilation and 50 steps", time: between("built", "spiked") },
      { name: "  processor time of all its threads", time: spreadOf(ours.map(({ processor }) => processor)) },
    ],
    notes: [
      `import to first spike takes ${shortNumber(inStarts.median)} times as long as Node alone takes to start`,
      "packages built as they are published; their files are in the system's cache",
    ],
  };
};
