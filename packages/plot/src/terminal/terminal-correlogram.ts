import { checkPairs } from "../figure/checks.ts";
import { lagBorders } from "../figure/correlogram.ts";
import type { CorrelogramSeries } from "../figure/correlogram.ts";
import { leftOutNote, unusablePairs } from "../figure/left-out.ts";
import { layeredPlot } from "./layered-plot.ts";
import type { TextPlotOptions } from "./text-frame.ts";

/** What is expected by chance, and units. */
export interface TerminalCorrelogramOptions extends TextPlotOptions {
  /** The value that is expected without correlation, drawn as a line of its own. */
  readonly expected?: number;
  /** What the key line calls the values, "Count" by default. */
  readonly yName?: string;
}

/**
 * Auto- or cross-correlograms as lines of text: steps that hold for a bin around each lag, lines at lag zero and at value
 * zero. Values that are not finite leave gaps, and the key line counts them. Throws `wrong-length`, and `out-of-range`
 * where lags do not ascend and for less than 20 columns or 6 rows.
 */
export function terminalCorrelogram(
  series: readonly Omit<CorrelogramSeries, "color">[],
  { expected, yName = "Count", ...options }: TerminalCorrelogramOptions = {},
): string {
  for (const { label, lags, values } of series)
    checkPairs(`the correlogram ${JSON.stringify(label)}`, ["lags", lags], ["values", values]);
  const steps = series.map((one) => {
    const edges = lagBorders(one);
    return {
      label: one.label,
      x: Float64Array.from({ length: 2 * one.lags.length }, (_, k) => edges[(k + 1) >> 1]!),
      y: Float64Array.from({ length: 2 * one.lags.length }, (_, k) => one.values[k >> 1]!),
      mark: "line" as const,
    };
  });
  const ends = steps.flatMap(({ x }) => (x.length === 0 ? [] : [x[0]!, x.at(-1)!]));
  const reach = ends.length === 0 ? [] : [Math.min(...ends), Math.max(...ends)];
  const chance = { label: "expected by chance", x: reach, y: reach.map(() => expected!), mark: "line" as const };
  const note = leftOutNote({
    "not finite": series.reduce((sum, { lags, values }) => sum + unusablePairs(lags, values), 0),
  });
  const axes = { yName, xUnit: options.timeUnit ?? "ms", fromZero: true, zeroLines: true, note, empty: "no lags" };
  return layeredPlot(expected === undefined ? steps : [chance, ...steps], axes, options);
}
