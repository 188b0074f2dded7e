import type { Distribution } from "./expression.ts";

/**
 * How a draw treats units.
 * - `dimensionless`: parameters and outcome are pure numbers;
 * - `same`: all parameters and the outcome have one unit;
 * - `noise`: the outcome is in one over the root of a time.
 */
type UnitRule = "dimensionless" | "same" | "noise";

export interface DrawRow {
  readonly name: Distribution;
  /** Empty for a draw that is written without brackets. */
  readonly parameters: readonly string[];
  readonly meaning: string;
  readonly units: UnitRule;
  readonly latex: string;
  /** The parameter that LaTeX squares, as a normal distribution is written with its variance. */
  readonly squared?: string;
}

const rows: readonly DrawRow[] = [
  { name: "xi", parameters: [], meaning: "white noise", units: "noise", latex: "\\xi" },
  {
    name: "uniform",
    parameters: ["low", "high"],
    meaning: "a uniform draw",
    units: "same",
    latex: "\\mathcal{U}",
  },
  {
    name: "normal",
    parameters: ["mean", "sd"],
    meaning: "a normal draw",
    units: "same",
    latex: "\\mathcal{N}",
    squared: "sd",
  },
  {
    name: "poisson",
    parameters: ["mean"],
    meaning: "a Poisson-distributed count",
    units: "dimensionless",
    latex: "\\operatorname{Poisson}",
  },
  {
    name: "binomial",
    parameters: ["n", "p"],
    meaning: "the number of successes in n trials of probability p",
    units: "dimensionless",
    latex: "\\operatorname{Binomial}",
  },
  {
    name: "sharedUniform",
    parameters: ["low", "high"],
    meaning: "a uniform draw that all neurons share",
    units: "same",
    latex: "\\mathcal{U}_{\\mathrm{shared}}",
  },
  {
    name: "sharedNormal",
    parameters: ["mean", "sd"],
    meaning: "a normal draw that all neurons share",
    units: "same",
    latex: "\\mathcal{N}_{\\mathrm{shared}}",
    squared: "sd",
  },
];

const rowByName: ReadonlyMap<string, DrawRow> = new Map(rows.map((entry) => [entry.name, entry]));

/** The names of all draws, with their meanings. */
export const drawMeanings: readonly (readonly [Distribution, string])[] = rows.map(({ name, meaning }) => [
  name,
  meaning,
]);

/** The draws that are written like a call. */
export const calledDraws: readonly Distribution[] = rows
  .filter((row) => row.parameters.length > 0)
  .map((row) => row.name);

/** The row of a draw that is written like a call, or undefined for a name that is none. */
export function findCalledDraw(name: string): DrawRow | undefined {
  const row = rowByName.get(name);
  return row !== undefined && row.parameters.length > 0 ? row : undefined;
}

/** The row of a draw that exists by its type. */
export function drawRow(name: Distribution): DrawRow {
  const found = rowByName.get(name);
  if (found === undefined) throw new RangeError(`no row for the draw ${name}`);
  return found;
}
