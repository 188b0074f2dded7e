/** Values as data. */
import { NeuroweaveError } from "@neuroweave/equations";
import { isDistribution, type Distribution, type FileDistribution, type FileValue } from "@neuroweave/model";
import { distributions } from "../catalog/distributions.ts";
import { isSpelledNumber, writeNumber } from "../numbers.ts";

/**
 * Whatever a factory or connector was given, as data. Refuses what data cannot say, naming the place: functions, symbols, and objects that
 * are more than their fields.
 */
export function writeValue(value: unknown, place: string): FileValue {
  if (typeof value === "number") return writeNumber(value);
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value === "string") {
    if (isSpelledNumber(value))
      throw cannot(place, `is the text ${JSON.stringify(value)}, which a file reads as a number`);
    return value;
  }
  if (isDistribution(value)) return writeDistribution(value, place);
  if (Array.isArray(value)) return value.map((each, at) => writeValue(each, `${place}[${at}]`));
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<number>, writeNumber);
  if (isPlain(value))
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, field]) =>
        field === undefined ? [] : [[key, writeValue(field, `${place}.${key}`)]],
      ),
    );
  throw cannot(place, `is ${typeof value === "function" ? "a function" : `of type ${typeof value}`}`);
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));

export const cannot = (place: string, why: string): NeuroweaveError =>
  new NeuroweaveError("not-supported", `${place} ${why}, and cannot be written as data`, {
    remedy: "Give lists and numbers instead, or take it out before writing and attach it again after reading.",
  });

function writeDistribution(distribution: Distribution, place: string): FileDistribution {
  const { name, arguments: given } = distribution;
  const make = Object.hasOwn(distributions, name) ? distributions[name]! : undefined;
  if (make === undefined || !Array.isArray(given) || make(...(given as never[])).text !== distribution.text)
    throw cannot(place, `is the distribution ${distribution.text} of your own`);
  return { distribution: name, arguments: given.map((each, at) => writeValue(each, `${place}[${at}]`)) };
}

/** Values by name, without those that are undefined; undefined where there are none. */
export function writeValues(
  entries: Iterable<readonly [string, unknown]>,
  place: string,
): Readonly<Record<string, FileValue>> | undefined {
  const given = [...entries].filter(([, value]) => value !== undefined);
  if (given.length === 0) return undefined;
  return Object.fromEntries(given.map(([key, value]) => [key, writeValue(value, `${place}.${key}`)]));
}

/** An object without the fields that are undefined. */
export function givenOnly<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
