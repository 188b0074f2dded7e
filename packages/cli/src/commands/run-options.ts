/** The options of `neuroweave run`, and what they mean together. */
import type { Command, Options, OptionValues } from "../command-line/command.ts";
import { parseArguments } from "../command-line/parse.ts";
import { usageFailure } from "../failure.ts";
import { networkOptions, networkRequest, type NetworkRequest } from "../file/network-request.ts";
import { formats, readFormats, type Format } from "../results/formats.ts";
import { readRecordRequests, type RecordRequest } from "../running/recordings.ts";

/** What decides the results; a resumed run takes these from the run that was interrupted. */
const deciding = {
  duration: { type: "number", value: "MS", doc: "how long to run; what the file says unless given" },
  ...networkOptions,
  record: {
    type: "text",
    repeat: true,
    value: "A.VAR[@MS]",
    doc: "sample a variable of population, projection or signal A, at an interval; may be repeated",
  },
  format: { type: "text", value: "LIST", doc: `kinds of files, with commas: ${formats.join(", ")}; csv unless given` },
} as const satisfies Options;

export const runOptions = {
  ...deciding,
  out: { type: "text", value: "DIR", doc: "write spikes, records, measures and a manifest into this folder" },
  overwrite: { type: "switch", doc: "replace what an earlier run has left in the folder" },
  resume: { type: "text", value: "DIR", doc: "go on with the run that was interrupted there, with its options" },
  quiet: { type: "switch", short: "q", doc: "no progress and no summary" },
} as const satisfies Options;

type RunOptionValues = OptionValues<typeof runOptions>;

export interface RunPlan {
  readonly request: NetworkRequest;
  readonly records: readonly RecordRequest[];
  readonly formats: readonly Format[];
  /** The deciding options again, in one spelling. */
  readonly arguments: readonly string[];
}

/** Checks what can be checked without a network. */
export function runPlan(options: RunOptionValues): RunPlan {
  return {
    request: networkRequest(options),
    records: readRecordRequests(options.record),
    formats: readFormats(options.format),
    arguments: Object.keys(deciding)
      .filter((name) => name !== "device" && name !== "threads")
      .flatMap((name) => [options[name as keyof typeof deciding] ?? []].flat().map((value) => `--${name}=${value}`)),
  };
}

/** The plan of a run that goes on; only device and threads may be others. */
export function resumedPlan(options: RunOptionValues, saved: readonly string[]): RunPlan {
  const others = { ...options, device: undefined, threads: undefined };
  const [changed] = [...runPlan(others).arguments, ...(options.out === undefined ? [] : ["--out"]), ...(options.overwrite ? ["--overwrite"] : [])];
  if (changed !== undefined)
    throw usageFailure("not-resumable", `${changed.split("=", 1)[0]!} cannot be given with --resume`, {
      remedy: "A resumed run has the options of the run that was interrupted; only --device and --threads may differ.",
    });
  const before = parseArguments({ name: "run", operands: [], options: deciding } as unknown as Command, saved).options as unknown as OptionValues<typeof deciding>;
  return runPlan({ ...options, ...before, device: options.device, threads: options.threads });
} // prettier-ignore
