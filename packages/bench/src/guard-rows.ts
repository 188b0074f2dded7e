/** Ratios of a short bench against ratios that were stored: what has become slower. */
import { NeuroweaveError } from "@neuroweave/equations";

/** Speedups by the names of rows. */
export type Ratios = Readonly<Record<string, number>>;

/**
 * Ratios by what they depend on: `portable` those of wasm over plain JavaScript, and those of compiled code under the vectors that
 * it was compiled for.
 */
export type Stored = Readonly<Record<string, Ratios>>;

/** Ratios below this share of what is stored are losses. */
const accepted = 0.7;

export interface Verdict {
  readonly name: string;
  readonly measured: number;
  readonly stored?: number;
  readonly lost: boolean;
}

/** Every row that was measured, against what is stored of it. */
export const verdictsOf = (measured: Ratios, stored: Ratios): readonly Verdict[] =>
  Object.entries(measured).map(([name, ratio]) => {
    const before = stored[name];
    if (before === undefined) return { name, measured: ratio, lost: false };
    return { name, measured: ratio, stored: before, lost: !(ratio >= accepted * before) };
  });

/** The better of two tries: what disturbs makes slower, never faster. */
export const better = (first: Ratios, second: Ratios): Ratios =>
  Object.fromEntries(
    Object.entries(first).map(([name, ratio]) => [name, Math.max(ratio, second[name] ?? Number.NEGATIVE_INFINITY)]),
  );

const rounded = (x: number): string => `${x.toFixed(2)}×`;

/** One line of the report. */
export function lineOf({ name, measured, stored, lost }: Verdict): string {
  if (stored === undefined) return `  new   ${name}: ${rounded(measured)}; nothing is stored`;
  const change = `${measured >= stored ? "+" : "−"}${Math.abs(100 * (measured / stored - 1)).toFixed(0)} %`;
  return `  ${lost ? "LOST " : "kept "} ${name}: ${rounded(measured)}, stored ${rounded(stored)} (${change})`;
}

/** Reads what is stored; refuses what is no table of ratios. */
export function readStored(text: string): Stored {
  const refuse = (): never => {
    throw new NeuroweaveError("invalid-value", "the stored ratios are no tables of positive numbers", {
      remedy: "Run the guard with --update to write them anew.",
    });
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse();
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse();
  for (const table of Object.values(value)) {
    if (typeof table !== "object" || table === null || Array.isArray(table)) return refuse();
    for (const ratio of Object.values(table)) if (!(typeof ratio === "number" && ratio > 0)) return refuse();
  }
  return value as Stored;
}

/** The same with some tables replaced, names in order. */
export function updated(stored: Stored, tables: Stored): string {
  const all = { ...stored, ...tables };
  const sorted = Object.keys(all)
    .toSorted()
    .map((name) => [
      name,
      Object.fromEntries(
        Object.entries(all[name]!)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([row, ratio]) => [row, Number(ratio.toPrecision(3))]),
      ),
    ]);
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}
