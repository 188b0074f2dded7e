/** What a connector may be told: checks whose refusals name the call, and the text of the call itself. */
import { nearest, NeuroweaveError, type ErrorCode } from "@neuroweave/equations";

export function refusal(code: ErrorCode, what: string, remedy: string): NeuroweaveError {
  return new NeuroweaveError(code, what, { remedy });
}

/** Refuses anything but an object whose keys are known. */
export function checkOptions(name: string, options: unknown, known: readonly string[]): void {
  const all = `The options are ${known.join(", ")}.`;
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw refusal("invalid-value", `${name}() has the options ${String(options)}`, `Give an object. ${all}`);
  for (const key of Object.keys(options))
    if (!known.includes(key))
      throw new NeuroweaveError("unknown-name", `${name}() has no option ${key}`, {
        candidates: nearest(key, known),
        remedy: all,
      });
}

export function checkFlag(name: string, option: string, value: unknown): void {
  if (typeof value !== "boolean")
    throw refusal("invalid-value", `${option} of ${name}() is ${String(value)}`, "Give true or false.");
}

export function checkProbability(name: string, p: unknown): void {
  if (typeof p !== "number" || !(p >= 0 && p <= 1))
    throw refusal("out-of-range", `the probability of ${name}() is ${String(p)}`, "Give a number from 0 to 1.");
}

/** Refuses anything but a whole number ≥ `least`. */
export function checkWhole(name: string, what: string, value: unknown, least: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < least)
    throw refusal("out-of-range", `${what} of ${name}() is ${String(value)}`, `Give a whole number ≥ ${least}.`);
}

/** Refuses anything but a finite number > 0. */
export function checkLength(name: string, what: string, value: unknown): void {
  if (typeof value !== "number" || !(value > 0 && value < Infinity))
    throw refusal("out-of-range", `${what} of ${name}() is ${String(value)}`, "Give a finite number > 0.");
}

/** One whole number ≥ `least` for both axes, or [vertical, horizontal]. */
export function pairOf(name: string, what: string, value: unknown, least: number): readonly [number, number] {
  const pair: readonly unknown[] = Array.isArray(value) ? [...value] : [value, value];
  if (pair.length !== 2)
    throw refusal(
      "wrong-length",
      `${what} of ${name}() has ${pair.length} entries`,
      "Give a number, or two in a list.",
    );
  for (const each of pair) checkWhole(name, what, each, least);
  return pair as unknown as readonly [number, number];
}

/** How a connector was called, such as `fixedInDegree(10, { self: false })`. Texts within the arguments stand as they are. */
export function callText(name: string, ...args: readonly unknown[]): string {
  return `${name}(${args
    .map(argumentText)
    .filter((text) => text !== "")
    .join(", ")})`;
}

function argumentText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(argumentText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return fields.length === 0 ? "" : `{ ${fields.map(([key, field]) => `${key}: ${argumentText(field)}`).join(", ")} }`;
}

/** Own copies of what a connector was given, without options that were left out: `arguments` of its rule. */
export function argumentsOf(...args: readonly unknown[]): readonly unknown[] {
  return args.map(copied).filter((each) => !isEmptyObject(each));
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (typeof value !== "object" || value === null) return value;
  return givenOf(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copied(field)])));
}

/** The fields of an object that are not left out. */
export function givenOf(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(options).filter(([, field]) => field !== undefined));
}
