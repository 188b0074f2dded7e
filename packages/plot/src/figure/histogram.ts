import { binEdges, countInBins } from "../binning/bins.ts";
import type { BinOptions } from "../binning/bins.ts";
import { checkPairs } from "./checks.ts";
import type { Domain } from "./axes.ts";
import { extent } from "./domain.ts";
import { drawFramed, emptyNote } from "./framed.ts";
import { leftOutNote, withNote } from "./left-out.ts";
import { filledArea, stepsPath } from "./marks.ts";
import { tracePath } from "./path.ts";
import { colorAt, legendEntries, legendOf } from "./series-words.ts";
import type { FigureOptions } from "./traces.ts";
import { dashedLine, stroke } from "./strokes.ts";

/** Values that are counted; every series has the same bins. */
export interface HistogramSeries {
  readonly label: string;
  readonly values: ArrayLike<number>;
  readonly color?: number;
}

/** A curve that was computed, in the units of the axes. */
export interface TheoryCurve {
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly color?: number;
}

export interface HistogramOptions extends FigureOptions, BinOptions {
  readonly series: readonly HistogramSeries[];
  /** What the height of a bar is: how many values, which part of them all, or that part divided by the bin's width. */
  readonly measure?: "count" | "fraction" | "density";
  /** Scale of the heights; on a log axis empty bins have no bar. */
  readonly yScale?: "linear" | "logarithmic";
  /** Curves over the bars, such as a density that is expected with `measure: "density"`. */
  readonly theory?: readonly TheoryCurve[];
  readonly yDomain?: Domain;
}

/**
 * Histograms of one or several series over common bins, as an SVG string, with theory over them in dashes.
 *
 * Bins are given (`bins`, `from`, `to`), or chosen by the rule of Freedman and Diaconis (see `bins`); with
 * `scale: "logarithmic"` the axis is logarithmic and the bins have equal ratios. A bin holds its lower border, and the last one
 * its upper border too. Values that are not finite, outside the bins or, on a log axis, not positive are left out, and
 * a note below the figure counts them. Throws `wrong-length` (theory) and `out-of-range`.
 */
export function histogram(options: HistogramOptions): string {
  const { series, theory = [], measure = "count", scale = "linear", yScale = "linear" } = options;
  for (const { label, x, y } of theory)
    checkPairs(`the curve ${JSON.stringify(label)}`, ["values of x", x], ["values of y", y]);
  const edges = binEdges(
    series.map(({ values }) => values),
    options,
  );
  const binned = series.map(({ values }) => countInBins(values, edges, scale === "logarithmic"));
  const heights = binned.map(({ counts }) => measured(counts, edges, measure));
  const total = binned.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0);
  const sum = (key: "outside" | "unusable"): number => binned.reduce((all, one) => all + one[key], 0);
  const note = leftOutNote({
    [scale === "logarithmic" ? "not finite or not positive" : "not finite"]: sum("unusable"),
    "outside the bins": sum("outside"),
  });
  const yDomain = options.yDomain ?? heightDomain([...heights, ...theory.map(({ y }) => y)], yScale === "logarithmic");
  const { xLabel = "Value", yLabel = { count: "Count", fraction: "Fraction", density: "Density" }[measure] } = options;
  const legend = [
    ...legendEntries(series, "block", { opacity: 0.6 }),
    ...legendEntries(theory, "dash", { first: series.length }),
  ];
  const names = [...series, ...theory].map(({ label }) => label).join(", ");
  return drawFramed(
    {
      ...options,
      x: { name: xLabel, domain: [edges[0]!, edges.at(-1)!], scale },
      y: { name: yLabel, domain: yDomain, scale: yScale },
      legend: legendOf(legend),
      note,
      description:
        options.description ??
        withNote(
          `${yLabel} of ${total} values in ${edges.length - 1} bins of ${xLabel} from ${edges[0]} to ${edges.at(-1)}: ${names}.`,
          note,
        ),
    },
    (frame) => {
      const paths = heights.map((list) => stepsPath(edges, list, yDomain[0], frame, frame.bounds));
      const marks = [
        ...paths.map((d, index) => filledArea(colorAt(series[index]!, index), d, series.length > 1 ? 0.25 : 0.4)),
        ...paths.map((d, index) => stroke(colorAt(series[index]!, index), d, 1.4)),
        ...theory.map(({ x, y, color }, index) =>
          dashedLine(color ?? series.length + index, tracePath(x, y, frame, frame.bounds), 1.8),
        ),
        total === 0 ? emptyNote(frame.bounds, "no values") : "",
      ];
      return { marks: total === 0 ? marks.slice(2 * paths.length).join("") : marks.join("") };
    },
  );
}

function measured(counts: Float64Array, edges: Float64Array, measure: "count" | "fraction" | "density"): Float64Array {
  if (measure === "count") return counts;
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  return counts.map((count, j) => count / total / (measure === "density" ? edges[j + 1]! - edges[j]! : 1));
}

/** From zero to a little above the highest bar; on a log axis from half the lowest bar that is there. */
function heightDomain(lists: readonly ArrayLike<number>[], log: boolean): Domain {
  if (!log) {
    const [, high] = extent(lists) ?? [0, 1];
    return [0, high > 0 ? high * 1.06 : 1];
  }
  const positive = lists.map((list) => Float64Array.from(list).filter((value) => value > 0));
  const [low, high] = extent(positive) ?? [1, 10];
  return [low / 2, Math.max(high * 1.4, low * 2)];
}
