import { checkPairs } from "../figure/checks.ts";
import type { MeasuredRates } from "../figure/fi-curve.ts";
import { layeredPlot } from "./layered-plot.ts";
import type { TextPlotOptions } from "./text-frame.ts";

/** Theory to draw under the measured rates, and units. */
export interface TerminalFiCurveOptions extends Omit<TextPlotOptions, "timeUnit"> {
  readonly theory?: readonly Omit<MeasuredRates, "errors">[];
  /** Unit of the currents, "pA" by default. */
  readonly currentUnit?: string;
}

/**
 * Firing rate against input current as lines of text: points for what was measured, over lines for theory. Throws
 * `wrong-length`, and `out-of-range` for less than 20 columns or 6 rows.
 */
export function terminalFiCurve(
  measured: readonly Omit<MeasuredRates, "errors">[],
  { theory = [], currentUnit = "pA", ...options }: TerminalFiCurveOptions = {},
): string {
  for (const { label, currents, rate } of [...theory, ...measured])
    checkPairs(`the curve ${JSON.stringify(label)}`, ["currents", currents], ["rates", rate]);
  const seriesOf = (mark: "line" | "points") => (one: Omit<MeasuredRates, "errors">) => ({
    label: one.label,
    x: one.currents,
    y: one.rate,
    mark,
  });
  const series = [...theory.map(seriesOf("line")), ...measured.map(seriesOf("points"))];
  return layeredPlot(series, { yName: "Rate (Hz)", xUnit: currentUnit, fromZero: true, empty: "no rates" }, options);
}
