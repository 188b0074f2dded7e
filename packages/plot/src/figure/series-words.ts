import type { Domain } from "./axes.ts";
import { withNote } from "./left-out.ts";
import type { LegendEntry } from "./sheet.ts";

/** A series as far as words about it go. */
interface Labelled {
  readonly label: string;
  readonly color?: number;
}

/** The color that a series is given, or that of its place. */
export const colorAt = ({ color }: { readonly color?: number }, index: number): number => color ?? index;

/** Entries of a legend for series of one kind, whose places count from `first`. */
export const legendEntries = (
  series: readonly Labelled[],
  mark: LegendEntry["mark"],
  { first = 0, ...look }: { readonly first?: number } & Pick<LegendEntry, "opacity"> = {},
): LegendEntry[] =>
  series.map((one, index) => ({ label: one.label, color: colorAt(one, first + index), mark, ...look }));

/** A legend, which one series does without. */
export const legendOf = (entries: readonly LegendEntry[]): readonly LegendEntry[] =>
  entries.length > 1 ? entries : [];

/** What a description is made of, where the figure is given none. */
interface Described {
  readonly description?: string | undefined;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly x: Domain;
  /** What was left out. */
  readonly note?: string;
  readonly relation?: "over" | "against";
}

/** What the figure shows, for whoever does not see it. */
export function seriesDescription(
  named: readonly Labelled[],
  { description, xLabel, yLabel, x, note = "", relation = "over" }: Described,
): string {
  const names = named.map(({ label }) => label).join(", ");
  return description ?? withNote(`${yLabel} ${relation} ${xLabel} from ${x[0]} to ${x[1]}: ${names}.`, note);
}
