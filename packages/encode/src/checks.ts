/** Refusals that all functions share. Each names the function, the option or entry, and the cure. */
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import type { ErrorCode } from "@neuroweave/equations";

export function refusal(code: ErrorCode, what: string, remedy: string): NeuroweaveError {
  return new NeuroweaveError(code, what, { remedy });
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

/** A whole number of at least `min`. */
export function checkWhole(what: string, value: unknown, min: number): number {
  const number = checkNumber(what, value);
  if (!Number.isSafeInteger(number) || number < min)
    throw refusal("out-of-range", `${what} is ${number}`, `Give a whole number ≥ ${min}.`);
  return number;
}

/** One of the given words. */
export function checkChoice<Word extends string>(what: string, value: unknown, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) {
    const remedy = `Give ${words.map((word) => `"${word}"`).join(" or ")}.`;
    const candidates = typeof value === "string" ? nearest(value, words) : [];
    throw new NeuroweaveError("invalid-value", `${what} is ${String(value)}`, { remedy, candidates });
  }
  return found;
}

/** A list of finite numbers within the limits; entries are named `what[k]`. */
export function checkValues(what: string, values: unknown, limits: Limits = {}): ArrayLike<number> {
  if (!isList(values))
    throw refusal("invalid-value", `${what} is ${String(values)}`, "Give an array, or a typed array, of numbers.");
  for (let k = 0; k < values.length; k++) checkNumber(`${what}[${k}]`, values[k], limits);
  return values as ArrayLike<number>;
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
