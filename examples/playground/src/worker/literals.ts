/** Values of a file as TypeScript. */

const isName = (key: string): boolean => /^[A-Za-z_$][\w$]*$/u.test(key);

/** JSON as TypeScript, with distributions as calls, whose names `uses` collects. */
export function literal(value: unknown, uses: Set<string>): string {
  if (value === "Infinity" || value === "-Infinity" || value === "NaN" || value === "-0") return value;
  if (typeof value === "string")
    return value.includes("\n") ? `\`${value.replaceAll(/[`\\$]/gu, "\\$&")}\`` : JSON.stringify(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => literal(each, uses)).join(", ")}]`;
  if ("distribution" in value) {
    const { distribution, arguments: list } = value as unknown as { distribution: string; arguments: readonly unknown[] };
    uses.add(distribution);
    return `${distribution}(${list.map((each) => literal(each, uses)).join(", ")})`;
  }
  const fields = Object.entries(value).map(
    ([key, each]) => `${isName(key) ? key : JSON.stringify(key)}: ${literal(each, uses)}`,
  );
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
} // prettier-ignore

export const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A name for a variable, made of any text; `taken` has it from then on. */
export function variableOf(name: string, taken: Set<string>): string {
  const words = name.split(/[^A-Za-z0-9]+/u).filter(Boolean);
  const plain = words.map((word, k) => (k === 0 ? word : capitalized(word))).join("") || "cells";
  const start = /^\d/u.test(plain) ? `p${plain}` : plain;
  let free = start;
  for (let k = 2; taken.has(free); k++) free = `${start}${k}`;
  taken.add(free);
  return free;
}

/** Words that no variable can have. */
export const reserved: readonly string[] = "net break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield await".split(" "); // prettier-ignore
