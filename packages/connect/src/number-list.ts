/** Lists that a user gives, copied and checked, so that a connector cannot change later. */
import { refusal } from "./options.ts";

/** Numbers in a list or a typed array. */
export type NumberList = ArrayLike<number>;

/** Refuses what is no list of numbers. */
function checkList(name: string, what: string, list: unknown): asserts list is NumberList {
  const isList = Array.isArray(list) || (ArrayBuffer.isView(list) && !(list instanceof DataView));
  if (!isList) throw refusal("invalid-value", `${what} of ${name}() is no list`, "Give an array of numbers.");
}

/** Whole numbers from 0 to 2³² − 1. */
export function indicesOf(name: string, what: string, list: unknown): Uint32Array {
  checkList(name, what, list);
  const indices = Uint32Array.from(list);
  for (let j = 0; j < list.length; j++)
    if (indices[j] !== list[j])
      throw refusal("out-of-range", `${what}[${j}] of ${name}() is ${String(list[j])}`, "Give whole numbers ≥ 0.");
  return indices;
}

/** Finite numbers, not below `least`. */
export function numbersOf(name: string, what: string, list: unknown, least = -Infinity): Float64Array {
  checkList(name, what, list);
  const numbers = new Float64Array(list.length);
  for (let j = 0; j < list.length; j++) {
    const x: unknown = list[j];
    if (typeof x !== "number" || !Number.isFinite(x))
      throw refusal("not-finite", `${what}[${j}] of ${name}() is ${String(x)}`, "Give finite numbers.");
    if (x < least) throw refusal("out-of-range", `${what}[${j}] of ${name}() is ${x}`, `Give numbers ≥ ${least}.`);
    numbers[j] = x;
  }
  return numbers;
}

/** Refuses lists of different length. */
export function checkSameLength(name: string, lists: Readonly<Record<string, NumberList | undefined>>): void {
  const given = Object.entries(lists).flatMap(([what, list]) =>
    list === undefined ? [] : [{ what, length: list.length }],
  );
  const other = given.find(({ length }) => length !== given[0]!.length);
  if (other !== undefined)
    throw refusal(
      "wrong-length",
      `${name}() has ${given.map(({ what, length }) => `${length} ${what}`).join(", ")}`,
      "Give one entry for each synapse in every list.",
    );
}

/** Refuses an index that an end of n neurons does not have. */
export function checkBelow(text: string, what: string, indices: Uint32Array, end: { name: string; n: number }): void {
  const j = indices.findIndex((index) => index >= end.n);
  if (j >= 0)
    throw refusal(
      "out-of-range",
      `${what}[${j}] of ${text} is ${indices[j]}, but ${end.name} has ${end.n} neurons`,
      `Give indices below ${end.n}, counted from 0.`,
    );
}

/** How a list is shown in the text of a call. */
export function listText(list: NumberList | undefined): string | undefined {
  return list === undefined ? undefined : `${list.length} values`;
}
