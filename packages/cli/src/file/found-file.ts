/** Files that are given to the command. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { nearest } from "@neuroweave/equations";
import { usageFailure } from "../failure.ts";
import { shownPath } from "./user-frames.ts";

export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** As the person would type it. */
  readonly shown: string;
  readonly kind: "experiment" | "network file";
}

const kinds: Readonly<Record<string, FoundFile["kind"]>> = {
  ".ts": "experiment",
  ".mts": "experiment",
  ".js": "experiment",
  ".mjs": "experiment",
  ".json": "network file",
};

/** Finds an experiment or a network file. Refuses what is not there, with the nearest names of its folder, and other kinds of files. */
export function findFile(given: string): FoundFile {
  const path = requireFile(given);
  const kind = kinds[extname(path)];
  if (kind) return { path, shown: shownPath(path), kind };
  throw usageFailure("invalid-value", `${given} is neither an experiment nor a network file`, {
    remedy: `Give a file that ends with ${Object.keys(kinds).join(", ")}.`,
  });
}

/** The absolute path of a file that exists and can be read. */
export function requireFile(given: string): string {
  const path = resolve(given);
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) throw notThere(given, path);
  if (!status.isFile())
    throw usageFailure("no-file", `${given} is a folder`, {
      candidates: namesIn(path).slice(0, 5).map((name) => join(given, name)),
      remedy: "Give a file in it.",
    }); // prettier-ignore
  try {
    readFileSync(path, { flag: "r" });
  } catch (cause) {
    const why = cause instanceof Error && "code" in cause && cause.code === "EACCES" ? "permission is denied" : String(cause); // prettier-ignore
    throw usageFailure("no-file", `${given} cannot be read: ${why}`, { remedy: "Give a file that you may read." });
  }
  return path;
}

function notThere(given: string, path: string) {
  let missing = path;
  while (dirname(missing) !== missing && !statSync(dirname(missing), { throwIfNoEntry: false })?.isDirectory())
    missing = dirname(missing);
  const folder = dirname(missing);
  const candidates = nearest(basename(missing), everythingIn(folder)).map((name) => shownPath(join(folder, name)));
  const what = missing === path ? `there is no file ${given}` : `there is no folder ${shownPath(missing)}`;
  return usageFailure("no-file", what, {
    candidates,
    remedy: candidates.length > 0 ? `Did you mean ${candidates.join(" or ")}?` : `Look into ${shownPath(folder) || "."}.`,
  }); // prettier-ignore
}

const namesIn = (folder: string): string[] => everythingIn(folder).filter((name) => extname(name) in kinds);

function everythingIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
