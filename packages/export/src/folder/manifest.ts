/** `manifest.json`: what a folder of results holds, and what run made it. */
import { NeuroweaveError, refusal } from "@neuroweave/equations";
import { isFileName } from "./file-name.ts";

export const manifestFormat = "neuroweave results";
export const manifestVersion = 1;

/** What JSON can say. Numbers that it cannot are texts: "NaN", "Infinity", "-Infinity", "-0". */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The run, as far as it is known; with the same values, results are the same to the bit. */
export interface RunDescription {
  /** Version of Neuroweave. */
  readonly neuroweave?: string;
  /** Version of Node. */
  readonly node?: string;
  /** Such as "linux-x64". */
  readonly platform?: string;
  readonly device?: string;
  readonly precision?: string;
  readonly threads?: number;
  readonly seed?: number | string;
  /** In ms. */
  readonly dt?: number;
  /** Steps that were computed. */
  readonly steps?: number;
  /** Simulated time, in ms. */
  readonly t?: number;
  /** The file that describes the network or the experiment. */
  readonly network?: { readonly name: string; readonly sha256: string };
  /** Plugins that were named for it. */
  readonly plugins?: readonly { readonly name: string; readonly version: string }[];
  /** Nested as the caller likes: population, behavior, parameter. */
  readonly parameters?: unknown;
  /** Arguments of the command. */
  readonly arguments?: readonly string[];
}

/** A column of a file, for readers that do not want to open it. */
export interface ColumnEntry {
  readonly name: string;
  readonly unit?: string;
}

/** A file that is complete. */
export interface FileEntry {
  readonly name: string;
  readonly bytes: number;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
  /** Such as "spikes", "traces", "report". */
  readonly kind: string;
  readonly rows?: number;
  readonly columns?: readonly ColumnEntry[];
}

/** What a folder of results says of itself. */
export interface Manifest {
  readonly format: typeof manifestFormat;
  readonly version: typeof manifestVersion;
  readonly run: { readonly [key: string]: Json };
  /** By name. Files of the folder that are not in the list are not of this run, or were not finished. */
  readonly files: readonly FileEntry[];
  /** Whether the run and all its files were finished. */
  readonly complete: boolean;
  /** Files of an earlier run that are still in the folder; they are removed when this one is finished. */
  readonly earlier?: readonly string[];
  /** Where a run stopped before its end. */
  readonly interrupted?: { readonly step: number };
}

/** The text of a manifest: keys in alphabetical order, nothing that another run with the same values would not have. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(jsonOf(manifest), null, 2)}\n`;
}

/** A value as JSON can say it: typed arrays as lists, keys sorted, what is undefined left out. Refuses functions and circles. */
export function jsonOf(value: unknown, depth = 0): Json {
  if (depth > 64)
    throw refusal("too-deep", "the description of the run is nested deeper than 64 levels", "Give plain values.");
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0) ? value : numberText(value);
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)))
    return Array.from(value as ArrayLike<unknown>, (entry) => jsonOf(entry, depth + 1));
  if (typeof value === "object") {
    const entries = Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
      .map(([key, entry]) => [key, jsonOf(entry, depth + 1)] as const);
    return Object.fromEntries(entries);
  }
  throw refusal(
    "invalid-value",
    `the description of the run holds a ${typeof value}`,
    "Give numbers, texts, lists and objects of them.",
  );
}

const numberText = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

/** Reads and checks a manifest. Errors: `unreadable-file` for what is none, or is of a later version. */
export function parseManifest(bytes: Uint8Array, path = "manifest.json"): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw unreadable(path, "it is no JSON", cause);
  }
  const { format, version, files, run, complete, interrupted, earlier = [] } = (value ?? {}) as Record<string, unknown>;
  if (format !== manifestFormat)
    throw unreadable(path, `its format is ${JSON.stringify(format)}, not "${manifestFormat}"`);
  if (version !== manifestVersion)
    throw unreadable(path, `its version is ${JSON.stringify(version)}, not ${manifestVersion}`);
  if (typeof run !== "object" || run === null) throw unreadable(path, "it has no description of the run");
  if (typeof complete !== "boolean") throw unreadable(path, "complete is neither true nor false");
  if (!Array.isArray(files) || !files.every(isFileEntry)) throw unreadable(path, "its list of files is damaged");
  if (!Array.isArray(earlier) || !earlier.every(isFileName))
    throw unreadable(path, "its list of earlier files is damaged");
  if (interrupted !== undefined && typeof (interrupted as { step?: unknown } | null)?.step !== "number")
    throw unreadable(path, "interrupted has no step");
  return value as Manifest;
}

function isFileEntry(entry: unknown): entry is FileEntry {
  const { name, bytes, sha256, kind } = (entry ?? {}) as Record<string, unknown>;
  return (
    isFileName(name) &&
    Number.isSafeInteger(bytes) &&
    typeof sha256 === "string" &&
    /^[\da-f]{64}$/u.test(sha256) &&
    typeof kind === "string"
  );
}

function unreadable(path: string, why: string, cause?: unknown): NeuroweaveError {
  return new NeuroweaveError(
    "unreadable-file",
    `${path} is not a manifest of results: ${why}`,
    { remedy: "Name a folder that neuroweave has written." },
    { cause },
  );
}
