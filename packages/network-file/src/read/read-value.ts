/** Data as the values that it stands for. */
import { nearest } from "@neuroweave/equations";
import type { Distribution, FileDistribution, FileValue } from "@neuroweave/model";
import { distributions } from "../catalog/distributions.ts";
import { refusalAt, withinValues, type PathPart } from "../json-path.ts";
import { readNumber } from "../numbers.ts";

export function readValue(value: FileValue, path: readonly PathPart[]): unknown {
  if (Array.isArray(value)) return (value as readonly FileValue[]).map((each, at) => readValue(each, [...path, at]));
  if (typeof value !== "object" || value === null) return readNumber(value);
  if (isDistribution(value)) return readDistribution(value, path);
  return readValues(value as Readonly<Record<string, FileValue>>, path);
}

export function readValues(
  values: Readonly<Record<string, FileValue>> | undefined,
  path: readonly PathPart[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([key, value]) => [key, readValue(value, [...path, key])]),
  );
}

const isDistribution = (value: object): value is FileDistribution => Object.hasOwn(value, "distribution");

function readDistribution(value: FileDistribution, path: readonly PathPart[]): Distribution {
  const { distribution: name, arguments: given, ...rest } = value;
  const known = Object.keys(distributions);
  if (typeof name !== "string" || !known.includes(name))
    throw refusalAt(path, "unknown-name", `there is no distribution ${JSON.stringify(name)}`, {
      candidates: nearest(String(name), known),
      remedy: `There are ${known.join(", ")}.`,
    });
  const odd = Object.keys(rest)[0];
  if (odd !== undefined || !Array.isArray(given))
    throw refusalAt(path, "invalid-value", `the distribution ${name} ${odd === undefined ? "has no list of arguments" : `has a key ${odd}`}`, {
      remedy: 'Write { "distribution": "uniform", "arguments": [0, 1] }.',
    });
  const args = (given as readonly FileValue[]).map((each, at) => readValue(each, [...path, "arguments", at]));
  const numeric = (each: unknown): boolean => typeof each === "number" || (Array.isArray(each) && each.every((x) => typeof x === "number"));
  const bad = args.findIndex((each) => !numeric(each) && !(name === "normal" && typeof each === "object"));
  if (bad >= 0)
    throw refusalAt([...path, "arguments", bad], "invalid-value", `${name} takes numbers`, { remedy: "Give a number." });
  return withinValues(path, name, () => distributions[name]!(...(args as never[])));
} // prettier-ignore
