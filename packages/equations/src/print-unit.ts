import { parseUnit } from "./parse-unit.ts";
import type { Unit } from "./units.ts";
import { baseUnits, divideUnits, namedUnits, prefixes, raiseUnit, sameDimensions, sameUnit } from "./units.ts";

/** Prefixes that are used for printing; each factor once. */
const printedPrefixes = prefixes.slice(0, 9);

/** Units as the field writes them, which win over a shorter spelling by SI rules. */
const usual = units(
  "1 % mV ms 1/ms Hz pA nS pF MOhm mM mV/ms pA/ms nS/ms 1/mV ms^-0.5 mV*ms^-0.5 mV^2 mS/cm^2 uF/cm^2 uA/cm^2 cm cm^2",
);

/** Second halves of printed products. */
const companions = units("ms ms^2 ms^0.5 s s^0.5 mV mV^2 cm cm^2 cm^3 nS pA pF mol K g");

function units(texts: string): readonly (readonly [text: string, unit: Unit])[] {
  return texts.split(" ").map((text) => [text, parseUnit(text)] as const);
}

/**
 * A unit as text that `parseUnit` reads again: one that is usual in the field (`mV`, `1/ms`), else a single
 * unit, a power of one, a product or quotient of two, else base units. An unknown scale prints as a usual one.
 */
export function printUnit(unit: Unit): string {
  const familiar = usual.find(([, candidate]) => sameUnit(candidate, unit));
  const known = Number.isNaN(unit.scale) ? { ...unit, scale: 1 } : unit;
  return familiar?.[0] ?? single(known) ?? power(known) ?? pair(known) ?? inBaseUnits(known);
}

function single(unit: Unit): string | undefined {
  for (const { symbols, unit: named } of namedUnits) {
    if (!sameDimensions(named, unit)) continue;
    const found = printedPrefixes.find(([, factor]) => sameUnit({ ...named, scale: named.scale * factor }, unit));
    if (found !== undefined) return `${found[0]}${symbols[0]}`;
  }
  return undefined;
}

function power(unit: Unit): string | undefined {
  for (const exponent of [-1, 2, -2, 3, -3, 0.5, -0.5]) {
    const base = single(raiseUnit(unit, 1 / exponent));
    if (base !== undefined && !base.endsWith("Hz")) return exponent === -1 ? `1/${base}` : `${base}^${exponent}`;
  }
  return undefined;
}

function pair(unit: Unit): string | undefined {
  for (const [text, companion] of companions) {
    const over = single(divideUnits(unit, raiseUnit(companion, -1)));
    if (over !== undefined) return `${over}/${text}`;
    const times = single(divideUnits(unit, companion));
    if (times !== undefined) return `${times}*${text}`;
  }
  return undefined;
}

function inBaseUnits({ dims, scale }: Unit): string {
  const factors = Math.abs(scale - 1) < 1e-9 ? [] : [String(Number(scale.toPrecision(12)))];
  dims.forEach((exponent, index) => {
    if (exponent !== 0) factors.push(exponent === 1 ? String(baseUnits[index]) : `${baseUnits[index]}^${exponent}`);
  });
  return factors.join("*") || "1";
}
