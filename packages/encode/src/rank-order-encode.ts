import { checkNumber, checkOptions, checkWhole } from "@neuroweave/equations";
import { checkValues } from "./checks.ts";
import type { EncodedSpikes } from "./encoded-spikes.ts";

/** When ranks spike. */
export interface RankOrderEncodeOptions {
  /** Time from one spike to the next, in ms, > 0. */
  readonly interval: number;
  /** Only so many largest values spike, a whole number ≥ 0. All by default, whatever their sign. */
  readonly count?: number;
}

/**
 * Rank order coding: the largest value spikes at 0, the next at `interval`, the k-th, counted from 0, at k · interval.
 * Only the order of the values matters; among equal ones the lower index comes first.
 *
 * Throws `not-finite` for values that are not finite, `out-of-range` for options outside their ranges.
 *
 * Source: Thorpe & Gautrais 1998, Rank order coding.
 */
export function rankOrderEncode(values: ArrayLike<number>, options: RankOrderEncodeOptions): EncodedSpikes {
  const call = "rankOrderEncode";
  checkOptions(call, options, ["interval", "count"]);
  const interval = checkNumber(`${call}: interval`, options.interval, { above: 0 });
  const list = checkValues(`${call}: values`, values);
  const count = checkWhole(`${call}: count`, options.count ?? list.length, 0);
  const ranked = Array.from(list, (_, id) => id)
    .sort((a, b) => list[b]! - list[a]! || a - b)
    .slice(0, count);
  return { times: Float64Array.from(ranked, (_, rank) => rank * interval), ids: Uint32Array.from(ranked) };
}
