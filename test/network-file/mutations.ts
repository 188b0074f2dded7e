/** Files that are nearly right: a valid one in which a few places have been changed. */
import fc from "fast-check";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One place: which, and what happens there. */
interface Mutation {
  /** Which of all places, counted on from the first as often as need be. */
  readonly place: number;
  readonly how: "replace" | "remove" | "add" | "rename" | "double" | "swap";
  readonly value: Json;
  readonly key: string;
}

const hostileTexts = [
  "", "__proto__", "constructor", "toString", "hasOwnProperty", "NaN", "Infinity", "-0", "v", "I", "cells", "Leak", "AdEx", "Recorder",
  "import('node:fs')", "v = ;", "dv/dt = -v / tau", "w += 1", "a".repeat(5000), "\u0000", "💥", "e\u0301",
]; // prettier-ignore

const hostileNumbers = [0, -1, 1, 2, 0.5, 1e-320, 1e308, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 1e15, 100000];

const key = fc.oneof(
  fc.constantFrom("name", "n", "use", "values", "behaviors", "set", "delay", "weight", "tau", "v", "init_v", "every", "times", "ids", "k", "self", "arguments", "distribution", "rename", "bind", "enabled", "disabled", "toString", "valueOf"),
  fc.string({ maxLength: 5 }).filter((text) => !["__proto__"].includes(text)),
); // prettier-ignore

const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.constantFrom(...hostileNumbers),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(fc.constantFrom(...hostileNumbers), fc.constantFrom(...hostileTexts)), { maxLength: 4 }),
  fc.dictionary(key, fc.constantFrom<Json>(...hostileNumbers, ...hostileTexts), { maxKeys: 3 }),
  fc.constantFrom<Json>(
    { distribution: "uniform", arguments: [1, 0] },
    { distribution: "normal", arguments: [0, 1, { min: 50, max: 51 }] },
    { distribution: "choice", arguments: [] },
    { distribution: "choice", arguments: "abc" },
  ),
);

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    place: fc.noBias(fc.nat(1_000_000)),
    how: fc.constantFrom("replace", "remove", "add", "rename", "double", "swap"),
    value,
    key,
  }),
  { minLength: 1, maxLength: 3 },
);

/** All containers of a tree and their keys. */
function placesOf(tree: Json): { readonly holder: Record<string, Json> | Json[]; readonly key: string }[] {
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree).flatMap(([key, child]) => [{ holder: tree, key }, ...placesOf(child)]);
}

export function mutated(file: object, changes: readonly Mutation[]): Json {
  const tree = JSON.parse(JSON.stringify(file)) as Json;
  // What is put in is a copy, and nothing stands in two places: the next change is one of a tree too.
  for (const each of changes) {
    const change = structuredClone(each);
    const places = placesOf(tree);
    if (places.length === 0) return tree;
    const { holder, key } = places[change.place % places.length]!;
    if (Array.isArray(holder)) changeList(holder, Number(key), change);
    else changeObject(holder, key, change);
  }
  return tree;
}

function changeList(list: Json[], at: number, { how, value }: Mutation): void {
  if (how === "remove") list.splice(at, 1);
  else if (how === "add") list.push(value);
  else if (how === "double") list.push(structuredClone(list[at]!));
  else if (how === "swap") [list[0], list[at]] = [list[at]!, list[0]!];
  else list[at] = value;
}

function changeObject(record: Record<string, Json>, at: string, { how, value, key }: Mutation): void {
  const first = Object.keys(record)[0]!;
  if (how === "add") record[key] = value;
  else if (how === "swap") [record[first], record[at]] = [record[at]!, record[first]!];
  else if (how === "replace") record[at] = value;
  else {
    if (how !== "remove") record[key] = structuredClone(record[at]!);
    if (how !== "double") delete record[at];
  }
}
