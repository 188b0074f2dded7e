import { NeuroweaveError } from "@neuroweave/equations";
import type { Domain } from "./axes.ts";

/** Refuses two lists that should run in parallel and do not. */
export function checkSameLength(what: string, length: number, expected: number): void {
  if (length === expected) return;
  throw new NeuroweaveError("wrong-length", `${what} has ${length} values, and there are ${expected} times`, {
    remedy: "pass one value for each time",
  });
}

/** Refuses a width or height in which nothing can be drawn. */
export function checkSize(what: string, pixels: number, least: number): void {
  if (Number.isFinite(pixels) && pixels >= least && pixels <= 20_000) return;
  throw new NeuroweaveError("out-of-range", `${what} is ${pixels} pixels`, {
    remedy: `choose a number of pixels between ${least} and 20000`,
  });
}

/**
 * Refuses a domain that is not finite and ascending, or whose length is so small or large that ticks of an axis
 * cannot be computed.
 */
export function checkDomain(what: string, [low, high]: Domain): void {
  if (low < high && high - low >= shortest && high - low <= longest) return;
  throw new NeuroweaveError("out-of-range", `${what} runs from ${low} to ${high}`, {
    remedy: "give finite numbers, the lower one first, of a size that can be drawn",
  });
}

/** Refuses a scale of an axis that there is not. */
export function checkScale(what: string, scale: string): void {
  if (scale === "linear" || scale === "logarithmic") return;
  throw new NeuroweaveError("invalid-value", `the scale of ${what} is ${String(scale)}`, {
    remedy: "choose linear or logarithmic",
  });
}

const shortest = 1e-290;
const longest = 1e300;

/** Refuses two lists of coordinates of one curve or set of points that differ in length. */
export function checkPairs(what: string, first: Coordinates, second: Coordinates): void {
  const [[firstName, { length }], [secondName, { length: other }]] = [first, second];
  if (length === other) return;
  throw new NeuroweaveError("wrong-length", `${what} has ${length} ${firstName} and ${other} ${secondName}`, {
    remedy: `pass one of the ${secondName} for each of the ${firstName}`,
  });
}

/** The name of a list, in the plural, and the list. */
export type Coordinates = readonly [name: string, values: { readonly length: number }];
