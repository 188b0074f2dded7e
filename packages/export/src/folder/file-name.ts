/** Names of files that every system takes. */
import { NeuroweaveError } from "@neuroweave/equations";

/** Bytes of the longest name; systems allow 255, of which the name of the unfinished file takes some. */
const longest = 200;

/** The file that says what the others are. */
export const manifestName = "manifest.json";

/** Where a file is while it is being written. */
export const unfinishedName = (name: string): string => `.${name}.unfinished`;

export const isUnfinished = (name: string): boolean => name.startsWith(".") && name.endsWith(".unfinished");

const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/** Control characters, and what systems or their shells refuse or read as something else; "%" is for what is escaped. */
const isRefused = (letter: string): boolean => '"*/:<>?\\|%'.includes(letter) || letter < " " || letter === "\u007f";

/**
 * Refuses (`invalid-name`) what is no plain name of a file within the folder: paths, hidden files, names with characters or lengths that
 * some system does not take.
 */
export function checkFileName(name: unknown): asserts name is string {
  const fault = faultOf(name);
  if (fault === undefined) return;
  throw new NeuroweaveError("invalid-name", `${JSON.stringify(name)} cannot name a file: ${fault}`, {
    remedy: "Give a plain name such as spikes.h5; fileNameOf(text, ending) makes one of any text.",
  });
}

export const isFileName = (name: unknown): name is string => faultOf(name) === undefined;

function faultOf(name: unknown): string | undefined {
  if (typeof name !== "string" || name === "") return "it is no text";
  if (name.startsWith(".")) return "it begins with a dot";
  if (/[. ]$/u.test(name)) return "it ends in a dot or a space";
  if (Array.from(name.replaceAll(/%[\dA-F]{2}/gu, "")).some(isRefused))
    return "it has a character that paths or systems keep for themselves";
  if (/\p{Surrogate}/u.test(name)) return "it is not well-formed";
  if (reserved.test(name)) return "systems keep this name for a device";
  if (new TextEncoder().encode(name).length > longest) return `it is longer than ${longest} bytes`;
  if (name.toLowerCase() === manifestName) return "this file is written with every other";
  return undefined;
}

/**
 * A name for a file about something with any name, as of a population: "exc→inh" stays, "L4/exc" becomes "L4%2Fexc". Two texts have
 * different names. Errors: `invalid-name` for a text that is too long.
 */
export function fileNameOf(text: string, ending: string): string {
  const escape = (letter: string): string => `%${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(2, "0")}`;
  let name = Array.from(text, (letter) => (isRefused(letter) ? escape(letter) : letter)).join("");
  if (/^[. ]/u.test(name) || name === "") name = name === "" ? "%00" : escape(name[0]!) + name.slice(1);
  if (reserved.test(`${name}.`)) name = escape(name[0]!) + name.slice(1);
  const full = `${name}.${ending}`;
  checkFileName(full);
  return full;
}
