/** Refusals that only read-outs need. Those that all packages share are in `@neuroweave/equations`. */
import { checkNumber, checkWhole, isList, refusal } from "@neuroweave/equations";

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
  if (isList(list)) return list;
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
