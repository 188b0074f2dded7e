import { checkPairs } from "../figure/checks.ts";
import type { RateSeries } from "../figure/population-rate.ts";
import { layeredPlot } from "./layered-plot.ts";
import type { TextPlotOptions } from "./text-frame.ts";

/**
 * Rates of one or several populations over time as lines of text, from zero. Throws `wrong-length`, and
 * `out-of-range` for less than 20 columns or 6 rows.
 */
export function terminalRate(populations: readonly RateSeries[], options: TextPlotOptions = {}): string {
  for (const { label, times, rate } of populations)
    checkPairs(`the rate ${JSON.stringify(label)}`, ["times", times], ["rates", rate]);
  const series = populations.map(({ label, times, rate }) => ({ label, x: times, y: rate, mark: "line" as const }));
  const xUnit = options.timeUnit ?? "ms";
  return layeredPlot(series, { yName: "Rate (Hz)", xUnit, fromZero: true, empty: "no rates" }, options);
}
