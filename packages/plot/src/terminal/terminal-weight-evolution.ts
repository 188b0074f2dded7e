import { quantilesOver, weightColumns } from "../binning/weight-columns.ts";
import type { WeightsOverTime } from "../binning/weight-columns.ts";
import { leftOutNote } from "../figure/left-out.ts";
import { layeredPlot } from "./layered-plot.ts";
import type { TextPlotOptions } from "./text-frame.ts";

const mostColumns = 170;

/**
 * How the distribution of weights changes over time, as lines of text: the median over the borders of the middle half, over
 * the least and the greatest weight. Where there are more than 170 times, the weights of neighboring times are taken together.
 * Weights that are not finite are left out, and the key line counts them. Throws `wrong-length`, and `out-of-range` for times
 * that do not ascend and for less than 20 columns or 6 rows.
 */
export function terminalWeightEvolution(weights: WeightsOverTime, options: TextPlotOptions = {}): string {
  const columns = weightColumns(weights, mostColumns);
  const times = columns.columns.map((column) => column?.time ?? Number.NaN);
  const between = (label: string, low: number, high: number) => ({
    label,
    x: [...times, Number.NaN, ...times],
    y: [...quantilesOver(columns, low), Number.NaN, ...quantilesOver(columns, high)],
    mark: "line" as const,
  });
  const median = { label: "median", x: times, y: quantilesOver(columns, 0.5), mark: "line" as const };
  const series = [between("least, greatest", 0, 1), between("middle half", 0.25, 0.75), median];
  const note = leftOutNote({ "not finite": columns.notFinite });
  return layeredPlot(series, { yName: "Weight", xUnit: options.timeUnit ?? "ms", note, empty: "no weights" }, options);
}
