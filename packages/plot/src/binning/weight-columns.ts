import { NeuroweaveError } from "@neuroweave/equations";
import { checkDomain } from "../figure/checks.ts";
import { quantile } from "./bins.ts";

/** Weights over time: `values[k * n + i]` is the weight of synapse i at `times[k]`, as recorders hold them. */
export interface WeightsOverTime {
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** All finite weights of one stretch of time, in ascending order. */
interface WeightColumn {
  /** Mean of the times that fall into the stretch. */
  readonly time: number;
  readonly sorted: Float64Array;
}

/** Stretches of equal length from `from` to `to`; those without a time are undefined. */
export interface WeightColumns {
  readonly from: number;
  readonly to: number;
  readonly columns: readonly (WeightColumn | undefined)[];
  readonly synapses: number;
  readonly notFinite: number;
}

/**
 * Sorts the weights of times into at most `most` stretches of time, which reach from the first time to one interval
 * after the last. With no more times than that, evenly spaced, every time has a stretch of its own.
 *
 * Throws `wrong-length` where the values are no whole number of weights for each time, and `out-of-range` for times
 * that are not finite or do not ascend.
 */
export function weightColumns({ times, values }: WeightsOverTime, most: number): WeightColumns {
  const count = times.length;
  const synapses = count === 0 ? 0 : values.length / count;
  if (!Number.isInteger(synapses) || (count === 0 && values.length > 0)) {
    throw new NeuroweaveError("wrong-length", `there are ${values.length} weights for ${count} times`, {
      remedy: "give all weights of the first time, then all of the second, and so on",
    });
  }
  for (let k = 0; k < count; k++) checkTime(times, k);
  if (count === 0) return { from: 0, to: 1, columns: [], synapses: 0, notFinite: 0 };
  const from = times[0]!;
  const last = times[count - 1]!;
  const to = count === 1 ? from + 1 : last + (last - from) / (count - 1);
  checkDomain("the time axis", [from, to]);
  const length = Math.min(count, most);
  const members = Array.from({ length }, () => [] as number[]);
  for (let k = 0; k < count; k++) {
    const column = Math.floor(((times[k]! - from) / (to - from)) * length + 1e-9);
    members[Math.min(length - 1, column)]!.push(k);
  }
  let notFinite = 0;
  const columns = members.map((indices) => {
    if (indices.length === 0) return;
    const pooled = new Float64Array(indices.length * synapses);
    let used = 0;
    for (const k of indices)
      for (let i = 0; i < synapses; i++) {
        const value = values[k * synapses + i]!;
        if (Number.isFinite(value)) pooled[used++] = value;
      }
    notFinite += pooled.length - used;
    const time = indices.reduce((sum, k) => sum + times[k]!, 0) / indices.length;
    return { time, sorted: pooled.slice(0, used).sort() };
  });
  return { from, to, columns, synapses, notFinite };
}

/** The q-quantiles over time; NaN where there is no weight. */
export function quantilesOver({ columns }: WeightColumns, q: number): Float64Array {
  return Float64Array.from(columns, (column) =>
    column === undefined || column.sorted.length === 0 ? Number.NaN : quantile(column.sorted, q),
  );
}

function checkTime(times: ArrayLike<number>, k: number): void {
  if (Number.isFinite(times[k]) && (k === 0 || times[k]! > times[k - 1]!)) return;
  throw new NeuroweaveError("out-of-range", `time ${k} of the weights is ${times[k]}`, {
    remedy: "give finite times, each after the one before",
  });
}
