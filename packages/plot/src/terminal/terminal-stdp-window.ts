import { checkPairs } from "../figure/checks.ts";
import { brokenAtZero } from "../figure/stdp-window.ts";
import type { StdpWindowOptions } from "../figure/stdp-window.ts";
import { layeredPlot } from "./layered-plot.ts";
import type { TextPlotOptions } from "./text-frame.ts";

/**
 * The window of spike-timing dependent plasticity as lines of text: Δw against Δt = t_post − t_pre in ms, lines for
 * rules, points for measured pairs over them, and both zero lines. Throws `wrong-length`, and `out-of-range` for less
 * than 20 columns or 6 rows.
 */
export function terminalStdpWindow(
  { rules = [], points = [] }: Pick<StdpWindowOptions, "points" | "rules">,
  options: TextPlotOptions = {},
): string {
  for (const { label, dt, dw } of [...rules, ...points])
    checkPairs(`the series ${JSON.stringify(label)}`, ["values of Δt", dt], ["values of Δw", dw]);
  const series = [
    ...rules.map((rule) => {
      const { dt, dw } = rule.continuous === true ? rule : brokenAtZero(rule);
      return { label: rule.label, x: dt, y: dw, mark: "line" as const };
    }),
    ...points.map(({ label, dt, dw }) => ({ label, x: dt, y: dw, mark: "points" as const })),
  ];
  const yName = options.unicode === false ? "dw" : "Δw";
  const xUnit = options.timeUnit ?? "ms";
  return layeredPlot(series, { yName, xUnit, fromZero: true, zeroLines: true, empty: "no pairs" }, options);
}
