/** Refusals that all functions share. Each names the function, the option or entry, and the cure. */
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import type { ErrorCode } from "@neuroweave/equations";

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

/** A finite number from `min` to `max`. `what` names it, with the function: "gridWorld: slip". */
export function checkNumber(what: string, value: unknown, min = -Infinity, max = Infinity): number {
  const range = `${min === -Infinity ? "" : ` ≥ ${min}`}${max === Infinity ? "" : ` and ≤ ${max}`}`;
  if (typeof value !== "number")
    throw refusal("invalid-value", `${what} is ${String(value)}`, `Give a number${range}.`);
  if (!Number.isFinite(value)) throw refusal("not-finite", `${what} is ${value}`, `Give a finite number${range}.`);
  if (value < min || value > max) throw refusal("out-of-range", `${what} is ${value}`, `Give a number${range}.`);
  return value;
}

/** A finite number > 0. */
export function checkPositive(what: string, value: unknown): number {
  const number = checkNumber(what, value);
  if (number <= 0) throw refusal("out-of-range", `${what} is ${number}`, "Give a number > 0.");
  return number;
}

/** A whole number of at least `min`. */
export function checkWhole(what: string, value: unknown, min: number): number {
  const number = checkNumber(what, value);
  if (!Number.isSafeInteger(number) || number < min)
    throw refusal("out-of-range", `${what} is ${number}`, `Give a whole number ≥ ${min}.`);
  return number;
}

/** A function, or nothing where the option may be left out. */
export function checkFunction(what: string, value: unknown, required: boolean): void {
  if (typeof value === "function" || (value === undefined && !required)) return;
  throw refusal("invalid-value", `${what} is ${String(value)}`, "Give a function.");
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

/** What was thrown, as text: an error that has a place says its summary without it. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof NeuroweaveError) return cause.summary;
  return cause instanceof Error ? cause.message : String(cause);
}
