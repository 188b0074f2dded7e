/** Refusals of what a caller gives. Each names the function, the option or entry, and the cure. */
import type { ErrorCode } from "./error-codes.ts";
import { NeuroweaveError } from "./error.ts";
import { nearest } from "./nearest.ts";

export function refusal(code: ErrorCode, what: string, remedy: string, entity?: string): NeuroweaveError {
  return new NeuroweaveError(code, what, entity === undefined ? { remedy } : { entity, remedy });
}

/** Refuses options that are no object, or that have a key which is not `known`. */
export function checkOptions(call: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null)
    throw refusal(
      "invalid-value",
      `${call}: the options are ${String(options)}`,
      `Give an object of ${known.join(", ")}.`,
    );
  for (const key of Object.keys(options))
    if (!known.includes(key))
      throw new NeuroweaveError("unknown-name", `${call} has no option ${key}`, {
        candidates: nearest(key, known),
        remedy: `The options are ${known.join(", ")}.`,
      });
}

/** Limits of a number: at least `min`, more than `above`, at most `max`, less than `below`. */
export interface Limits {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
  readonly below?: number;
}

/** A finite number within the limits. `what` names it, with the function: "dogKernel: sigma1". */
export function checkNumber(what: string, value: unknown, limits: Limits = {}): number {
  if (typeof value !== "number")
    throw refusal("invalid-value", `${what} is ${String(value)}`, `Give a number${inWords(limits)}.`);
  if (!Number.isFinite(value))
    throw refusal("not-finite", `${what} is ${String(value)}`, `Give a finite number${inWords(limits)}.`);
  const { min = -Infinity, above = -Infinity, max = Infinity, below = Infinity } = limits;
  if (value < min || value <= above || value > max || value >= below)
    throw refusal("out-of-range", `${what} is ${value}`, `Give a number${inWords(limits)}.`);
  return value;
}

/** A whole number from `min` to `max`. */
export function checkWhole(what: string, value: unknown, min: number, max = Infinity): number {
  const number = checkNumber(what, value);
  if (!Number.isSafeInteger(number) || number < min || number > max) {
    const range = max === Infinity ? `≥ ${min}` : `from ${min} to ${max}`;
    throw refusal("out-of-range", `${what} is ${number}`, `Give a whole number ${range}.`);
  }
  return number;
}

/** A seed of random numbers. */
export function checkSeed(what: string, seed: unknown): number | string {
  if (typeof seed === "string" || (typeof seed === "number" && Number.isFinite(seed))) return seed;
  throw refusal(
    "invalid-value",
    `${what} is ${String(seed)}`,
    "Give a finite number or a text, so that draws can be repeated.",
  );
}

/** Whether it is an array or a typed array. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function inWords({ min, above, max, below }: Limits): string {
  const parts = [
    min === undefined ? "" : `≥ ${min}`,
    above === undefined ? "" : `> ${above}`,
    max === undefined ? "" : `≤ ${max}`,
    below === undefined ? "" : `< ${below}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}
