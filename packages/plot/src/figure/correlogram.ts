import { NeuroweaveError } from "@neuroweave/equations";
import { checkPairs } from "./checks.ts";
import type { Domain } from "./axes.ts";
import { extent, padded, union } from "./domain.ts";
import { drawFramed, emptyNote, guideLine } from "./framed.ts";
import { leftOutNote, unusablePairs } from "./left-out.ts";
import { bandPath, filledArea, stepsPath } from "./marks.ts";
import { decimal } from "../markup.ts";
import { colorAt, legendEntries, legendOf, seriesDescription } from "./series-words.ts";
import type { FigureOptions } from "./traces.ts";
import { dashedLine, stroke } from "./strokes.ts";

/** Values at lags in ms that ascend evenly; each value holds for a bin around its lag. */
export interface CorrelogramSeries {
  readonly label: string;
  readonly lags: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  readonly color?: number;
}

export interface CorrelogramOptions extends FigureOptions {
  readonly series: readonly CorrelogramSeries[];
  /** The value that is expected without correlation, drawn as a dashed line. */
  readonly expected?: number;
  /** The interval in which values are expected to lie by chance, shaded. */
  readonly band?: Domain;
  readonly xDomain?: Domain;
  readonly yDomain?: Domain;
}

/**
 * Auto- or cross-correlograms as an SVG string: bars around each lag, a line at lag zero, and what is expected by
 * chance. Bars stand on zero. Values that are not finite have no bar, and a note counts them. Throws `wrong-length` and
 * `out-of-range`, the latter where lags do not ascend.
 */
export function correlogram(options: CorrelogramOptions): string {
  const { series, expected, band, xLabel = "Lag (ms)", yLabel = "Count" } = options;
  for (const { label, lags, values } of series)
    checkPairs(`the correlogram ${JSON.stringify(label)}`, ["lags", lags], ["values", values]);
  const edges = series.map(lagBorders);
  const chance = [...(expected === undefined ? [] : [[expected]]), ...(band === undefined ? [] : [band])];
  const range = extent([...series.map(({ values }) => values), ...chance]);
  const x = options.xDomain ?? padded(extent(edges) ?? [-1, 1], 0);
  const y = options.yDomain ?? aroundZero(range);
  const note = leftOutNote({
    "not finite": series.reduce((sum, { lags, values }) => sum + unusablePairs(lags, values), 0),
  });
  const legend = [
    ...legendEntries(series, "block", { opacity: 0.6 }),
    ...(expected === undefined ? [] : [{ label: "expected by chance", color: chanceColor, mark: "dash" as const }]),
  ];
  return drawFramed(
    {
      ...options,
      x: { name: xLabel, domain: x },
      y: { name: yLabel, domain: y },
      legend: legendOf(legend),
      note,
      description: seriesDescription(series, { description: options.description, xLabel, yLabel, x, note }),
    },
    (frame) => {
      const { left, right } = frame.bounds;
      const paths = series.map(({ values }, index) => stepsPath(edges[index]!, values, 0, frame, frame.bounds));
      return {
        below:
          band === undefined
            ? ""
            : filledArea(chanceColor, bandPath(x, [band[0], band[0]], [band[1], band[1]], frame, frame.bounds), 0.18),
        marks: [
          ...paths.map((d, index) => filledArea(colorAt(series[index]!, index), d, series.length > 1 ? 0.25 : 0.4)),
          ...paths.map((d, index) => stroke(colorAt(series[index]!, index), d, 1.3)),
          guideLine(frame, "x", 0),
          y[0] < 0 ? guideLine(frame, "y", 0) : "",
          expected === undefined
            ? ""
            : dashedLine(chanceColor, `M${decimal(left)},${decimal(frame.y(expected))}H${decimal(right)}`, 1.6),
          range === undefined ? emptyNote(frame.bounds, "no lags") : "",
        ].join(""),
      };
    },
  );
}

/** Vermilion, the strongest contrast to the blue of the first series. */
const chanceColor = 1;

/** Borders half way between lags; the outer ones lie as far outside as their neighbors inside. */
export function lagBorders({ label, lags }: Pick<CorrelogramSeries, "label" | "lags">): Float64Array {
  const { length } = lags;
  if (length === 0) return new Float64Array(0);
  for (let k = 0; k < length; k++) checkLag(label, lags, k);
  if (length === 1) return Float64Array.of(lags[0]! - 0.5, lags[0]! + 0.5);
  return Float64Array.from({ length: length + 1 }, (_, j) => {
    if (j === 0) return lags[0]! - (lags[1]! - lags[0]!) / 2;
    if (j === length) return lags[length - 1]! + (lags[length - 1]! - lags[length - 2]!) / 2;
    return (lags[j - 1]! + lags[j]!) / 2;
  });
}

function checkLag(label: string, lags: ArrayLike<number>, k: number): void {
  if (Number.isFinite(lags[k]) && (k === 0 || lags[k]! > lags[k - 1]!)) return;
  throw new NeuroweaveError("out-of-range", `lag ${k} of the correlogram ${JSON.stringify(label)} is ${lags[k]}`, {
    remedy: "give finite lags, each above the one before",
  });
}

/** The range widened to hold zero, which bars stand on. */
function aroundZero(range: Domain | undefined): Domain {
  const [low, high] = union(range, [0, 0])!;
  if (low === high) return [0, 1];
  const margin = (high - low) * 0.06;
  return [low < 0 ? low - margin : 0, high > 0 ? high + margin : 0];
}
