import { NeuroweaveError } from "@neuroweave/equations";
import { checkDomain, checkScale } from "../figure/checks.ts";
import { padded } from "../figure/domain.ts";

/** Number, range and spacing of bins. */
export interface BinOptions {
  /** Number of bins, or their borders in ascending order; by default by the rule of Freedman and Diaconis. */
  readonly bins?: number | ArrayLike<number>;
  /** Where the first bin begins and the last one ends; by default the lowest and the highest value. */
  readonly from?: number;
  readonly to?: number;
  /** Bins of equal length, or of equal ratio. */
  readonly scale?: "linear" | "logarithmic";
}

/** The values of a list in bins. `outside` were finite but in no bin, `unusable` not finite or, on a log axis, ≤ 0. */
export interface BinnedValues {
  readonly counts: Float64Array;
  readonly outside: number;
  readonly unusable: number;
}

const mostBins = 1000;
const mostAutomaticBins = 120;

/**
 * Borders of bins that lists of values share.
 *
 * Without a number of bins their width is 2 IQR / ∛n of all values (Freedman and Diaconis 1981), of their logarithms
 * on a log axis; where half of all values are equal, there are ⌈log₂ n⌉ + 1 bins (Sturges 1926). Whole numbers get
 * bins of whole width around them, so that no bin holds more of them than another, and each a bin of its own where they
 * span at most 30. There are at most 120.
 *
 * Throws `invalid-value` for another scale, and `out-of-range` for borders that do not ascend, for ranges that are empty or, on a log axis, not positive.
 */
export function binEdges(lists: readonly ArrayLike<number>[], options: BinOptions): Float64Array {
  const { bins, scale = "linear" } = options;
  checkScale("the bins", scale);
  if (bins !== undefined && typeof bins !== "number") return checkedEdges(bins, scale);
  if (bins !== undefined && !(Number.isInteger(bins) && bins >= 1 && bins <= mostBins)) {
    throw new NeuroweaveError("out-of-range", `${bins} is not a number of bins`, {
      remedy: `give a whole number from 1 to ${mostBins}, or the borders of the bins`,
    });
  }
  const log = scale === "logarithmic";
  const sorted = usableValues(lists, log);
  checkRange(options, log);
  const forward = log ? Math.log10 : (value: number): number => value;
  const inside = sorted.filter((value) => value >= (options.from ?? -Infinity) && value <= (options.to ?? Infinity));
  const whole = !log && bins === undefined && inside.length > 0 && inside.every(Number.isInteger);
  const margin = whole ? 0.5 : 0;
  let low = forward(options.from ?? (inside[0] ?? defaultStart(options, log)) - margin);
  let high = forward(options.to ?? (inside.at(-1) ?? defaultEnd(options, log)) + margin);
  if (!(high > low)) [low, high] = padded([low, low], 0);
  checkDomain("the range of the bins", [low, high]);
  const count = bins ?? automaticCount(inside.map(forward), high - low, whole);
  const width = whole ? Math.ceil((high - low) / count) : (high - low) / count;
  const edges = Float64Array.from({ length: whole ? Math.ceil((high - low) / width) + 1 : count + 1 }, (_, j) => {
    const edge = low + j * width;
    return log ? 10 ** edge : edge;
  });
  if (!whole) edges[edges.length - 1] = options.to ?? (log ? 10 ** high : high);
  if (log) edges[0] = options.from ?? 10 ** low;
  if (inside.length > 0 && options.to === undefined && edges[edges.length - 1]! < inside.at(-1)!)
    edges[edges.length - 1] = inside.at(-1)!;
  if (inside.length > 0 && options.from === undefined && edges[0]! > inside[0]!) edges[0] = inside[0]!;
  return edges;
}

/** How many values lie in each bin: bin j holds edges[j] ≤ value < edges[j + 1], and the last its upper border too. */
export function countInBins(values: ArrayLike<number>, edges: Float64Array, log = false): BinnedValues {
  const counts = new Float64Array(edges.length - 1);
  const last = edges.length - 1;
  let outside = 0;
  let unusable = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    if (!Number.isFinite(value) || (log && value <= 0)) {
      unusable++;
      continue;
    }
    if (value < edges[0]! || value > edges[last]!) {
      outside++;
      continue;
    }
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (value >= edges[middle]!) low = middle;
      else high = middle;
    }
    counts[low]! += 1;
  }
  return { counts, outside, unusable };
}

function usableValues(lists: readonly ArrayLike<number>[], log: boolean): Float64Array {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let used = 0;
  for (const list of lists)
    for (let k = 0; k < list.length; k++) {
      const value = list[k]!;
      if (Number.isFinite(value) && !(log && value <= 0)) all[used++] = value;
    }
  return all.subarray(0, used).sort();
}

function automaticCount(sorted: Float64Array, range: number, whole: boolean): number {
  const n = sorted.length;
  if (n === 0) return 1;
  if (whole && range <= 30) return range;
  const iqr = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const width = iqr > 0 ? (2 * iqr) / Math.cbrt(n) : range / (Math.ceil(Math.log2(n)) + 1);
  const count = Math.ceil(range / (whole ? Math.max(1, Math.round(width)) : width) - 1e-9);
  return Math.min(mostAutomaticBins, Math.max(1, count));
}

/** The q-quantile of ascending values, between neighbors in proportion. */
export function quantile(sorted: Float64Array, q: number): number {
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}

function defaultStart({ to }: BinOptions, log: boolean): number {
  if (to === undefined) return log ? 1 : 0;
  return log ? to / 10 : to - 1;
}

function defaultEnd({ from }: BinOptions, log: boolean): number {
  if (from === undefined) return log ? 10 : 1;
  return log ? from * 10 : from + 1;
}

function checkRange({ from, to }: BinOptions, log: boolean): void {
  const whole = [from, to].every((end) => end === undefined || (Number.isFinite(end) && !(log && end <= 0)));
  if (whole && !(from !== undefined && to !== undefined && from >= to)) return;
  throw new NeuroweaveError("out-of-range", `bins from ${from} to ${to} cannot be made`, {
    remedy: `give finite${log ? " positive" : ""} numbers, the lower one first`,
  });
}

function checkedEdges(bins: ArrayLike<number>, scale: "linear" | "logarithmic"): Float64Array {
  const edges = Float64Array.from(bins);
  const ascending = edges.every((edge, j) => Number.isFinite(edge) && (j === 0 || edge > edges[j - 1]!));
  if (!ascending || edges.length < 2 || edges.length > mostBins + 1 || (scale === "logarithmic" && edges[0]! <= 0)) {
    throw new NeuroweaveError(
      "out-of-range",
      `the borders of the ${edges.length - 1} bins do not ascend, or are too many`,
      {
        remedy: `give 2 to ${mostBins + 1} finite${scale === "logarithmic" ? " positive" : ""} numbers, each above the one before`,
      },
    );
  }
  return edges;
}
