/** Refusals that only encoders need. Those that all packages share are in `@neuroweave/equations`. */
import { checkNumber, isList, nearest, NeuroweaveError, refusal } from "@neuroweave/equations";
import type { Limits } from "@neuroweave/equations";

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
