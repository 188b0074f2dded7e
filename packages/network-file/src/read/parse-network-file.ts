/** Reading the text of a network file: limits, form, and errors that name the place. */
import { nearest, NeuroweaveError } from "@neuroweave/equations";
import type { NetworkFile } from "@neuroweave/model";
import * as v from "valibot";
import { refusalAt, type PathPart } from "../json-path.ts";
import { networkFileSchema } from "../schema.ts";
import { scanJson } from "./scan-json.ts";

/** What reading a file may take. */
export interface ParseOptions {
  /** Longest text that is read; 64 MiB unless given. */
  readonly maxBytes?: number;
}

const usualLimit = 64 * 2 ** 20;

/**
 * The network that a text or an object describes, its form checked and nothing built. Refuses what is no network of version 1, unknown and
 * repeated keys, values of a wrong form, and texts that are too long or too deep, naming the place.
 */
export function parseNetworkFile(file: string | object, { maxBytes = usualLimit }: ParseOptions = {}): NetworkFile {
  const text = textOf(file);
  // A character of JavaScript takes at least one byte in a file.
  if (text.length > maxBytes)
    throw new NeuroweaveError("too-large", `the file has ${text.length} characters, and at most ${maxBytes} are read`, {
      remedy: "Give a larger maxBytes, or connect by rules instead of lists.",
    });
  scanJson(text);
  const given = parsed(text);
  requireFormat(given);
  const result = v.safeParse(networkFileSchema, given, { abortEarly: true });
  if (result.success) return result.output as NetworkFile;
  throw refused(result.issues[0]);
}

function textOf(file: string | object): string {
  if (typeof file === "string") return file.startsWith("\uFEFF") ? file.slice(1) : file;
  try {
    const text: unknown = typeof file === "object" && file !== null ? JSON.stringify(file) : undefined;
    if (typeof text === "string") return text;
  } catch (error) {
    throw new NeuroweaveError("invalid-value", `the network cannot be read as JSON: ${String(error)}`, {
      remedy: "Give what net.toJSON() returns, or the text of a file.",
    });
  }
  throw new NeuroweaveError("invalid-value", `a network is read from a text or an object, not from ${typeof file}`, {
    remedy: "Give what net.toJSON() returns, or the text of a file.",
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NeuroweaveError("syntax", `the file is no JSON: ${(error as Error).message}`, {
      remedy: "Correct it there.",
    });
  }
}

function requireFormat(given: unknown): void {
  const { format, version } = (given ?? {}) as { format?: unknown; version?: unknown };
  if (typeof given !== "object" || Array.isArray(given) || format !== "neuroweave network")
    throw refusalAt(["format"], "invalid-value", `this is no network file, but ${brief(format ?? given)}`, {
      remedy: 'A network file says "format": "neuroweave network".',
    });
  if (version !== 1)
    throw refusalAt(["version"], "not-supported", `version ${brief(version)} of network files is unknown`, {
      remedy: "This release reads version 1.",
    });
}

const brief = (value: unknown): string =>
  (typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value))).slice(0, 60);

type Issue = v.BaseIssue<unknown>;

/** Of the alternatives of a union, what is wrong with the one that went farthest. */
function deepestOf(issue: Issue): Issue {
  const within = (issue.issues ?? []).filter(({ path }) => (path?.length ?? 0) > 0);
  if (within.length === 0) return issue;
  const deepest = within.map(deepestOf).reduce((best, each) => (each.path!.length > best.path!.length ? each : best));
  return { ...deepest, path: [...(issue.path ?? []), ...deepest.path!] as Issue["path"] } as Issue;
}

function refused(first: Issue): NeuroweaveError {
  const issue = deepestOf(first);
  const path = (issue.path ?? []).map(({ key }) => key as PathPart);
  const last = path.at(-1);
  if (issue.type === "strict_object" && issue.expected === "never") {
    const known = keysAt(path.slice(0, -1));
    return refusalAt(path, "unknown-name", `there is no key ${String(last)} here`, {
      candidates: nearest(String(last), known),
      remedy: known.length > 0 ? `The keys are ${known.join(", ")}.` : "Leave it out.",
    });
  }
  if (issue.received === "undefined")
    return refusalAt(path.slice(0, -1), "invalid-value", `the key ${String(last)} is missing`, {
      remedy: `Give ${String(last)}.`,
    });
  const expected =
    issue.type === "union" || issue.kind === "validation" ? issue.message : (issue.expected ?? issue.message);
  return refusalAt(path, "invalid-value", `${brief(issue.input)} stands where ${expected} is expected`, {
    remedy: "The guide on network files has a table of every key.",
  });
}

interface AnySchema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, AnySchema>>;
  readonly wrapped?: AnySchema;
  readonly item?: AnySchema;
  readonly value?: AnySchema;
  readonly options?: readonly AnySchema[];
  readonly pipe?: readonly AnySchema[];
}

/** The keys that the form knows at a place. */
function keysAt(path: readonly PathPart[]): string[] {
  const inner = (schema: AnySchema): AnySchema => (schema.wrapped ? inner(schema.wrapped) : schema);
  let schemas: AnySchema[] = [networkFileSchema as unknown as AnySchema];
  for (const part of path)
    schemas = schemas.flatMap((each) => {
      const { type, entries, item, value, options } = inner(each);
      const choices = type === "union" ? options!.map(inner) : [{ entries, item, value } as AnySchema];
      return choices.flatMap((choice) => {
        const next = typeof part === "number" ? choice.item : (choice.entries?.[part] ?? choice.value);
        return next ? [next] : [];
      });
    });
  return schemas.flatMap((each) => {
    const schema = inner(each);
    return (schema.type === "union" ? schema.options! : [schema]).flatMap(({ entries }) => Object.keys(entries ?? {}));
  });
}
