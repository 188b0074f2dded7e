/** Refusals that all read-outs share. Each names the function, the option or entry, and the cure. */
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import type { ErrorCode } from "@neuroweave/equations";

export function refusal(code: ErrorCode, what: string, remedy: string): NeuroweaveError {
  return new NeuroweaveError(code, what, { remedy });
}

/** Refuses options that are no object, or that have a key which is not `known`. */
export function checkOptions(call: string, options: unknown, known: readonly string[]): void {
  const remedy = `The options are ${known.join(", ")}.`;
  if (typeof options !== "object" || options === null)
    throw refusal("invalid-value", `${call}: the options are ${String(options)}`, remedy);
  for (const key of Object.keys(options))
    if (!known.includes(key))
      throw new NeuroweaveError("unknown-name", `${call} has no option ${key}`, {
        candidates: nearest(key, known),
        remedy,
      });
}

/** Limits of a number: at least `min`, more than `above`, at most `max`. */
interface Limits {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
}

/** A finite number within the limits. `what` names it, with the function: "ridge: lambda". */
export function checkNumber(what: string, value: unknown, limits: Limits = {}): number {
  if (typeof value !== "number")
    throw refusal("invalid-value", `${what} is ${String(value)}`, `Give a number${inWords(limits)}.`);
  if (!Number.isFinite(value))
    throw refusal("not-finite", `${what} is ${value}`, `Give a finite number${inWords(limits)}.`);
  const { min = -Infinity, above = -Infinity, max = Infinity } = limits;
  if (value < min || value <= above || value > max)
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

/** `length` whole numbers from `min` (0 unless given; −1 where nothing may be assigned) to classes − 1. */
export function checkLabels(what: string, labels: unknown, length: number, classes: number, min = 0): Int32Array {
  const list = checkList(what, labels);
  checkLength(what, list.length, length);
  return Int32Array.from({ length }, (_, k) => checkWhole(`${what}[${k}]`, list[k], min, classes - 1));
}

export function checkLength(what: string, length: number, expected: number): void {
  if (length !== expected)
    throw refusal(
      "wrong-length",
      `${what} has ${length} entries, and ${expected} are needed`,
      "Give lists that belong together, entry by entry.",
    );
}

export function checkList(what: string, list: unknown): ArrayLike<unknown> {
  if (Array.isArray(list) || (ArrayBuffer.isView(list) && !(list instanceof DataView)))
    return list as unknown as ArrayLike<unknown>;
  throw refusal("invalid-value", `${what} is ${String(list)}`, "Give an array, or a typed array, of numbers.");
}

/** A list of finite numbers that are at least `min`; entries are named `what[k]`. */
export function checkValues(what: string, values: unknown, min = -Infinity): ArrayLike<number> {
  const list = checkList(what, values);
  for (let k = 0; k < list.length; k++) {
    const value = list[k];
    // A name is made only for what is refused: matrices have millions of entries.
    if (!Number.isFinite(value) || (value as number) < min)
      checkNumber(`${what}[${k}]`, value, min === -Infinity ? {} : { min });
  }
  return list as ArrayLike<number>;
}

function inWords({ min, above, max }: Limits): string {
  const parts = [
    min === undefined ? "" : `≥ ${min}`,
    above === undefined ? "" : `> ${above}`,
    max === undefined ? "" : `≤ ${max}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}
