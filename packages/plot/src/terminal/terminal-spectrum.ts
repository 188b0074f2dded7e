import { checkPairs, checkScale } from "../figure/checks.ts";
import { leftOutNote, unusablePairs } from "../figure/left-out.ts";
import { drawableSpectrum } from "../figure/spectrum.ts";
import type { SpectrumOptions, SpectrumSeries } from "../figure/spectrum.ts";
import { layeredPlot } from "./layered-plot.ts";
import type { TextPlotOptions } from "./text-frame.ts";

/** What is expected, the scales of the axes, and units. */
export interface TerminalSpectrumOptions
  extends Omit<TextPlotOptions, "timeUnit">, Pick<SpectrumOptions, "theory" | "xScale" | "yScale"> {
  /** What the key line calls the power, "Power (1/Hz)" by default. */
  readonly yName?: string;
}

/**
 * Power spectra over frequencies in Hz as lines of text, both axes logarithmic unless told otherwise, theory below the
 * series. Points that an axis cannot show, such as the power at 0 Hz, leave gaps, and the key line counts them. Throws
 * `wrong-length`, and `out-of-range` for less than 20 columns or 6 rows.
 */
export function terminalSpectrum(
  series: readonly Omit<SpectrumSeries, "color">[],
  options: TerminalSpectrumOptions = {},
): string {
  const { theory = [], xScale = "logarithmic", yScale = "logarithmic", yName = "Power (1/Hz)", ...text } = options;
  const [logX, logY] = [xScale === "logarithmic", yScale === "logarithmic"];
  checkScale("the x axis", xScale);
  checkScale("the y axis", yScale);
  const all = [...theory, ...series];
  for (const { label, frequencies, power } of all)
    checkPairs(`the spectrum ${JSON.stringify(label)}`, ["frequencies", frequencies], ["values", power]);
  const missing = all.reduce((sum, one) => sum + unusablePairs(one.frequencies, one.power, logX, logY), 0);
  const note = leftOutNote({ [logX || logY ? "not finite or not positive" : "not finite"]: missing });
  const drawn = all.map((one) => {
    const { frequencies, power } = drawableSpectrum(one, logX, logY);
    return { label: one.label, x: frequencies, y: power, mark: "line" as const };
  });
  return layeredPlot(drawn, { yName, xUnit: "Hz", logX, logY, note, empty: "no power to show" }, text);
}
