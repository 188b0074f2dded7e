/** The options of `neuroweave run`, and what they mean together. */
import type { Command, Options, OptionValues } from "../command-line/command.ts";
import { parseArguments } from "../command-line/parse.ts";
import { usageFailure } from "../failure.ts";
import { networkOptions, networkRequest, type NetworkRequest } from "../file/network-request.ts";
import { formats, readFormats, type Format } from "../results/formats.ts";
import { readRecordRequests, type RecordRequest } from "../running/recordings.ts";

/** What a resumed run takes from the run that it goes on with: what decides the results, and how they are kept. */
const kept = {
  duration: { type: "number", value: "MS", doc: "how long to run; what the file says unless given" },
  ...networkOptions,
  record: {
    type: "text",
    repeat: true,
    value: "A.VAR[@MS]",
    doc: "sample a variable of population, projection or signal A, at an interval; may be repeated",
  },
  format: { type: "text", value: "LIST", doc: `kinds of files, with commas: ${formats.join(", ")}; csv unless given` },
  checkpoint: {
    type: "number",
    value: "MS",
    doc: "simulated time between two checkpoints in the folder; unless given about one a minute, and 0 for none",
  },
} as const satisfies Options;

export const runOptions = {
  ...kept,
  out: { type: "text", value: "DIR", doc: "write spikes, records, measures and a manifest into this folder" },
  overwrite: { type: "switch", doc: "replace what an earlier run has left in the folder" },
  resume: {
    type: "text",
    value: "DIR",
    doc: "go on with the run that was interrupted or killed there, with its options",
  },
  quiet: { type: "switch", short: "q", doc: "no progress and no summary" },
} as const satisfies Options;

type RunOptionValues = OptionValues<typeof runOptions>;

export interface RunPlan {
  readonly request: NetworkRequest;
  readonly records: readonly RecordRequest[];
  readonly formats: readonly Format[];
  /** Simulated time in ms between two checkpoints; 0 for none, undefined for the clock. */
  readonly checkpoint: number | undefined;
  /** The options that a resumed run takes over, in one spelling; plugins are not among them. */
  readonly arguments: readonly string[];
}

/** Checks what can be checked without a network. */
export function runPlan(options: RunOptionValues): RunPlan {
  return {
    request: networkRequest(options),
    records: readRecordRequests(options.record),
    formats: readFormats(options.format),
    checkpoint: checkpointInterval(options),
    arguments: Object.keys(kept)
      .filter((name) => !["device", "threads", "plugin"].includes(name))
      .flatMap((name) => [options[name as keyof typeof kept] ?? []].flat().map((value) => `--${name}=${value}`)),
  };
}

function checkpointInterval({ checkpoint, out, resume }: RunOptionValues): number | undefined {
  if (checkpoint === undefined) return undefined;
  if (checkpoint < 0)
    throw usageFailure("out-of-range", `--checkpoint is ${checkpoint}`, { remedy: "Give a time in ms, or 0 for none." });
  if (out === undefined && resume === undefined)
    throw usageFailure("invalid-value", "--checkpoint has no folder to write into", { remedy: "Give --out DIR." });
  return checkpoint;
} // prettier-ignore

/** The plan of a run that goes on; only device, threads and checkpoints may be others, and plugins are named again. */
export function resumedPlan(options: RunOptionValues, saved: readonly string[]): RunPlan {
  const { device, threads, checkpoint } = options;
  const others = { ...options, device: undefined, threads: undefined, checkpoint: undefined };
  const [changed] = [...runPlan(others).arguments, ...(options.out === undefined ? [] : ["--out"]), ...(options.overwrite ? ["--overwrite"] : [])];
  if (changed !== undefined)
    throw usageFailure("not-resumable", `${changed.split("=", 1)[0]!} cannot be given with --resume`, {
      remedy: "A resumed run has the options of the run that it goes on with; only --device, --threads and --checkpoint may differ.",
    });
  const before = parseArguments({ name: "run", operands: [], options: kept } as unknown as Command, saved).options as unknown as OptionValues<typeof kept>;
  const plan = runPlan({ ...options, ...before, device, threads, checkpoint: checkpoint ?? before.checkpoint });
  return { ...plan, arguments: saved };
} // prettier-ignore
