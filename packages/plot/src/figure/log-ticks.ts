import type { Domain } from "./axes.ts";

/** Ticks of a logarithmic axis; those without a label have an empty one. */
export interface LogTicks {
  readonly ticks: number[];
  readonly tickFormat: (value: number) => string;
}

/**
 * Ticks of a logarithmic axis with room for `most` labels: powers of ten where there are at least two, or else 1, 2
 * and 5 times powers of ten, or else the domain at equal ratios. Powers beyond 0.01 … 10,000 are written with an
 * exponent, all ticks of an axis in the same way.
 */
export function logTicks([low, high]: Domain, most: number): LogTicks {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const labels = Math.max(2, most);
  const every = Math.max(1, Math.ceil((last - first + 1) / labels));
  const powers = range(first, last).filter((power) => power % every === 0);
  if (powers.length >= 2) return written(powers.map((power) => 10 ** power));
  const between = range(first - 1, last)
    .flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))
    .filter((value) => value >= low && value <= high);
  if (between.length >= 2) return written(between.slice(0, labels));
  const ratio = (high / low) ** (1 / 4);
  return written(Array.from({ length: 5 }, (_, k) => Number((low * ratio ** k).toPrecision(3))));
}

function written(ticks: number[]): LogTicks {
  const plain = ticks.every((value) => value >= 0.0099 && value < 10_001);
  return { ticks, tickFormat: plain ? (value) => String(Number(value.toPrecision(6))) : powerOfTen };
}

/** A positive number as a power of ten with a factor before it where that is not one: 10⁻³, 2×10⁵. */
function powerOfTen(value: number): string {
  const [digits = "", exponent = ""] = value.toExponential(2).split("e");
  const factor = Number(digits);
  return `${factor === 1 ? "" : `${factor}×`}10${superscript(Number(exponent))}`;
}

/** A whole number in raised digits. */
export function superscript(value: number): string {
  return Array.from(String(value), (character) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(character)]!).join("");
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => first + k);
}
