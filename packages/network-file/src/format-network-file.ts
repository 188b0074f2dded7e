/** A network file as text for people and for comparison: one key a line, lists of numbers on one. */
import type { NetworkFile } from "@neuroweave/model";

/** The file as text, indented, with lists of numbers on one line. */
export const formatNetworkFile = (file: NetworkFile): string => `${format(file, "")}\n`;

const widest = 100;

function format(value: unknown, indent: string): string {
  const short = JSON.stringify(value);
  if (typeof value !== "object" || value === null) return short;
  const list = Array.isArray(value);
  const isPlain = list && value.every((each) => typeof each !== "object");
  if (isPlain) return `[${value.map((each) => JSON.stringify(each)).join(", ")}]`;
  if (indent !== "" && short.length + indent.length <= widest) return spaced(value);
  const deeper = `${indent}  `;
  const entries = list
    ? value.map((each) => format(each, deeper))
    : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${format(each, deeper)}`);
  const [open, close] = list ? "[]" : "{}";
  return `${open}\n${entries.map((each) => deeper + each).join(",\n")}\n${indent}${close}`;
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${spaced(each)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}
