import { countInto, gridTolerance, histogramEdges } from "../distributions/histogram.ts";
import type { Histogram, HistogramOptions } from "../distributions/histogram.ts";
import { interspikeIntervals } from "./isi.ts";

/**
 * Histogram of the interspike intervals of one train (ms), with edges at equal distances or, for `scale:
 * "logarithmic"`, at equal ratios. As `histogram`, except that intervals within 10⁻⁷ ms of an edge count as lying on
 * it, because times are k · dt in floating point. `density` is per ms.
 *
 *     intervalHistogram([0, 10, 20, 50], { from: 0, to: 40, bins: 4 }).counts   // [0, 2, 0, 1]
 *
 * Throws `out-of-range` for times that do not ascend and edges that do not, `not-finite`, `unknown-name` for an unknown
 * option.
 */
export function intervalHistogram(times: ArrayLike<number>, options: HistogramOptions): Histogram {
  const edges = histogramEdges("intervalHistogram", options);
  return countInto(edges, interspikeIntervals(times), "intervalHistogram: interval", gridTolerance);
}
