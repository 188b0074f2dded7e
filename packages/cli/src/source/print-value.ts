/** Values of a network file as TypeScript. */
import type { FileValue } from "neuroweave";

/** Names of functions that the text calls, to be imported. */
export type Imports = Set<string>;

const isIdentifier = (name: string): boolean => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) && name !== "__proto__";

/** A key of an object literal. */
export const printKey = (name: string): string => (isIdentifier(name) ? name : `[${JSON.stringify(name)}]`);

/** Texts are in quotes, and several lines in backticks. */
export function printText(text: string): string {
  if (!text.includes("\n")) return JSON.stringify(text);
  return `\`${text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${")}\``;
}

const numbers: Readonly<Record<string, string>> = {
  NaN: "NaN",
  Infinity: "Infinity",
  "-Infinity": "-Infinity",
  "-0": "-0",
};

/** A value; distributions become calls, and texts that stand for numbers become these. */
export function printValue(value: FileValue, imports: Imports): string {
  if (typeof value === "string") return numbers[value] ?? printText(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map((each) => printValue(each as FileValue, imports)).join(", ")}]`;
  if ("distribution" in value) {
    const { distribution, arguments: given } = value as { readonly distribution: string; readonly arguments: readonly FileValue[] };
    imports.add(distribution);
    return `${distribution}(${given.map((each) => printValue(each, imports)).join(", ")})`;
  }
  return printObject(value as Readonly<Record<string, FileValue>>, imports);
} // prettier-ignore

/** An object literal in one line. */
export function printObject(values: Readonly<Record<string, FileValue>>, imports: Imports): string {
  const entries = Object.entries(values).map(([key, value]) => `${printKey(key)}: ${printValue(value, imports)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}
