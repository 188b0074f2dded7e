import { checkPairs } from "./checks.ts";
import type { AxisScale, Domain } from "./axes.ts";
import { extent, padded } from "./domain.ts";
import { drawFramed, emptyNote } from "./framed.ts";
import { leftOutNote, unusablePairs } from "./left-out.ts";
import { tracePath } from "./path.ts";
import { colorAt, legendEntries, legendOf, seriesDescription } from "./series-words.ts";
import type { FigureOptions } from "./traces.ts";
import { dashedLine, stroke } from "./strokes.ts";

/** Power at frequencies in Hz, ascending. */
export interface SpectrumSeries {
  readonly label: string;
  readonly frequencies: ArrayLike<number>;
  readonly power: ArrayLike<number>;
  readonly color?: number;
}

export interface SpectrumOptions extends FigureOptions {
  readonly series: readonly SpectrumSeries[];
  /** Spectra that are expected, drawn in dashes; by default in colors after those of the series. */
  readonly theory?: readonly SpectrumSeries[];
  /** Both "logarithmic" by default. */
  readonly xScale?: AxisScale;
  readonly yScale?: AxisScale;
  readonly xDomain?: Domain;
  readonly yDomain?: Domain;
}

/**
 * Power spectra on logarithmic axes, as an SVG string. Points that a logarithmic axis cannot show, such as the power at
 * 0 Hz, and those that are not finite leave gaps, and a note counts them. Throws `wrong-length` and `out-of-range`.
 */
export function spectrum(options: SpectrumOptions): string {
  const { series, theory = [], xScale = "logarithmic", yScale = "logarithmic" } = options;
  const { xLabel = "Frequency (Hz)", yLabel = "Power (1/Hz)" } = options;
  for (const { label, frequencies, power } of [...series, ...theory])
    checkPairs(`the spectrum ${JSON.stringify(label)}`, ["frequencies", frequencies], ["values", power]);
  const logs = [xScale === "logarithmic", yScale === "logarithmic"] as const;
  const shown = [...series, ...theory].map((one) => drawableSpectrum(one, ...logs));
  const xExtent = extent(shown.map(({ frequencies }) => frequencies));
  const yExtent = extent(shown.map(({ power }) => power));
  const x = options.xDomain ?? axisDomain(xExtent, logs[0], 0);
  const y = options.yDomain ?? axisDomain(yExtent, logs[1], 0.06);
  const missing = [...series, ...theory].reduce(
    (sum, one) => sum + unusablePairs(one.frequencies, one.power, ...logs),
    0,
  );
  const note = leftOutNote({ [logs[0] || logs[1] ? "not finite or not positive" : "not finite"]: missing });
  const legend = [...legendEntries(series, "line"), ...legendEntries(theory, "dash", { first: series.length })];
  return drawFramed(
    {
      ...options,
      x: { name: xLabel, domain: x, scale: xScale },
      y: { name: yLabel, domain: y, scale: yScale },
      legend: legendOf(legend),
      note,
      description: seriesDescription(legend, { description: options.description, xLabel, yLabel, x, note }),
    },
    (frame) => {
      const paths = shown.map(({ frequencies, power }) => tracePath(frequencies, power, frame, frame.bounds));
      return {
        marks: [
          ...series.map((one, index) => stroke(colorAt(one, index), paths[index]!, 1.5)),
          ...theory.map((one, index) =>
            dashedLine(colorAt(one, series.length + index), paths[series.length + index]!, 1.6),
          ),
          xExtent === undefined || yExtent === undefined ? emptyNote(frame.bounds, "no power to show") : "",
        ].join(""),
      };
    },
  );
}

/** The spectrum with NaN for the points that the axes cannot show, in both lists. */
export function drawableSpectrum({ frequencies, power }: Omit<SpectrumSeries, "color">, logX: boolean, logY: boolean) {
  const usable = (k: number): boolean =>
    Number.isFinite(frequencies[k]) &&
    Number.isFinite(power[k]) &&
    !(logX && frequencies[k]! <= 0) &&
    !(logY && power[k]! <= 0);
  return {
    frequencies: Float64Array.from(frequencies, (value, k) => (usable(k) ? value : Number.NaN)),
    power: Float64Array.from(power, (value, k) => (usable(k) ? value : Number.NaN)),
  };
}

/** The range with a margin, in proportion on a logarithmic axis. */
function axisDomain(range: Domain | undefined, log: boolean, part: number): Domain {
  if (!log) return padded(range ?? [0, 1], part);
  const [low, high] = range ?? [1, 10];
  if (low === high) return [low / 2, low * 2];
  const [from, to] = padded([Math.log10(low), Math.log10(high)], part);
  return part === 0 ? [low, high] : [10 ** from, 10 ** to];
}
