import { checkNumber, checkOptions, checkWhole, refusal } from "@neuroweave/equations";
import { borderTolerance } from "../spike-list.ts";

/** Range, number and spacing of the bins. */
export interface HistogramOptions {
  /** Lowest and highest edge. */
  readonly from: number;
  readonly to: number;
  readonly bins: number;
  /** Edges at equal distances (`linear`, the default) or at equal ratios (`logarithmic`, where `from` is above 0). */
  readonly scale?: "linear" | "logarithmic";
}

/** How often values fell into each bin. */
export interface Histogram {
  /** One more than there are bins. */
  readonly edges: Float64Array;
  readonly counts: Float64Array;
  /** counts / (all values inside · width): its integral over [from, to] is 1. NaN where nothing is inside. */
  readonly density: Float64Array;
  /** Values below `from` and above `to`, in no bin. */
  readonly below: number;
  readonly above: number;
}

const mostBins = 2 ** 24;

/**
 * Histogram of values between two edges. Bins are half-open, edges[j] ≤ x < edges[j + 1], but the last one holds `to`
 * as well (as in NumPy), so a weight at its bound is not lost.
 *
 * Throws `out-of-range` for edges that do not ascend and numbers of bins that are none, `not-finite` for values that
 * are not finite, `unknown-name` for an unknown option.
 */
export function histogram(values: ArrayLike<number>, options: HistogramOptions): Histogram {
  const edges = histogramEdges("histogram", options);
  return countInto(edges, values, "histogram: value", 0);
}

/** The edges that the options describe; refuses options that describe none. */
export function histogramEdges(call: string, options: HistogramOptions): Float64Array {
  checkOptions(call, options, ["from", "to", "bins", "scale"]);
  const { from, to, bins, scale = "linear" } = options;
  if (scale !== "linear" && scale !== "logarithmic")
    throw refusal("invalid-value", `${call}: the scale is ${String(scale)}`, "Choose linear or logarithmic.");
  checkNumber(`${call}: from`, from, scale === "logarithmic" ? { above: 0 } : {});
  checkNumber(`${call}: to`, to, { above: from });
  checkWhole(`${call}: bins`, bins, 1, mostBins);
  return Float64Array.from({ length: bins + 1 }, (_, j) => {
    if (j === bins) return to;
    return scale === "linear" ? from + (j * (to - from)) / bins : from * (to / from) ** (j / bins);
  });
}

/** Counts values between edges; whatever is closer to an edge than `tolerance` counts as lying on it. */
export function countInto(edges: Float64Array, values: ArrayLike<number>, what: string, tolerance: number): Histogram {
  const bins = edges.length - 1;
  const counts = new Float64Array(bins);
  let [below, above, inside] = [0, 0, 0];
  for (let k = 0; k < values.length; k++) {
    const value = checkNumber(`${what} ${k}`, values[k]);
    if (value < edges[0]! - tolerance) below++;
    else if (value > edges[bins]! + tolerance) above++;
    else {
      inside++;
      counts[lastEdgeAtOrBelow(edges, value + tolerance)]! += 1;
    }
  }
  const density = counts.map((count, j) => count / (inside * (edges[j + 1]! - edges[j]!)));
  return { edges, counts, density, below, above };
}

/** The bin of a value that lies between the edges. */
function lastEdgeAtOrBelow(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** Tolerance for histograms of times on a grid. */
export const gridTolerance = borderTolerance;
