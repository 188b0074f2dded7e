/** What a person asks of the network of a file, whatever kind the file has. */
import { nearest } from "@neuroweave/equations";
import type { CreateOptions } from "neuroweave";
import type { Options, OptionValues } from "../command-line/command.ts";
import { usageFailure } from "../failure.ts";
import { readAssignments, type Assignment } from "./assignments.ts";

/** Of the commands that know plugins. */
export const pluginOption = {
  type: "text",
  repeat: true,
  value: "NAME",
  doc: "a plugin whose behaviors, models, connectors or devices are used: a package that is installed here, or a path such as ./my-plugin.ts; may be repeated",
} as const satisfies Options[string];

/** The options that all commands take which make a network from a file. */
export const networkOptions = {
  seed: { type: "text", value: "SEED", doc: "what every random number follows from: a number or a text" },
  dt: { type: "number", value: "MS", doc: "step size in ms" },
  device: {
    type: "text",
    value: "NAME",
    doc: "where it runs: wasm, native, auto, reference, or a device of a plugin",
  },
  threads: { type: "number", value: "N", doc: "threads that share a step; results do not depend on them" },
  precision: { type: "text", value: "f64|f32", doc: "precision of the variables" },
  set: {
    type: "text",
    repeat: true,
    value: "A.B=C",
    doc: "value C for parameter B of population, projection or signal A; NAME=C for a parameter of the experiment; may be repeated",
  },
  plugin: pluginOption,
} as const satisfies Options;

export type NetworkSettings = Partial<CreateOptions>;

export interface NetworkRequest {
  /** Only what was asked for. */
  readonly network: NetworkSettings;
  readonly assignments: readonly Assignment[];
  readonly duration: number | undefined;
}

/** Checks what can be checked without a network. */
export function networkRequest(
  options: OptionValues<typeof networkOptions> & { readonly duration?: number | undefined },
): NetworkRequest {
  const { seed, dt, device, threads, precision, set, duration } = options;
  if (dt !== undefined && !(dt > 0)) throw wrong("invalid-dt", `--dt is ${dt}`, "Give a step size in ms, above 0.");
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads >= 1))
    throw wrong("out-of-range", `--threads is ${threads}`, "Give a whole number ≥ 1.");
  if (duration !== undefined && !(duration >= 0))
    throw wrong("negative-duration", `--duration is ${duration}`, "Give a time in ms, 0 or more.");
  return {
    network: {
      ...(dt === undefined ? {} : { dt }),
      ...(seed === undefined ? {} : { seed: seedOf(seed) }),
      ...(device === undefined ? {} : { device }),
      ...(threads === undefined ? {} : { threads }),
      ...(precision === undefined ? {} : { precision: oneOf("--precision", precision, ["f64", "f32"] as const) }),
    },
    assignments: readAssignments(set),
    duration,
  };
} // prettier-ignore

/** A number where the text is one, so that `--seed 7` is the 7 of a file. */
const seedOf = (text: string): number | string => (/^-?\d+(?:\.\d+)?$/u.test(text) ? Number(text) : text);

function oneOf<T extends string>(option: string, given: string, known: readonly T[]): T {
  const found = known.find((each) => each === given);
  if (found !== undefined) return found;
  throw usageFailure("unknown-name", `${option} is ${given}`, {
    candidates: nearest(given, known),
    remedy: `Give one of ${known.join(", ")}.`,
  });
}

const wrong = (code: "invalid-dt" | "out-of-range" | "negative-duration", what: string, remedy: string) =>
  usageFailure(code, what, { remedy });
