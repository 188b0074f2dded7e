/** Samples of one variable, as people read them. */
import { NeuroweaveError, type Floats, type Recorded } from "@neuroweave/model";
import type { GrowingColumn } from "./growing-column.ts";

/** Steps of the samples, ascending, and the same in ms. */
export interface SampleTimes {
  readonly steps: GrowingColumn<Float64Array>;
  readonly times: GrowingColumn<Float64Array>;
}

/**
 * A window on samples that shows what there is at the moment of asking: properties are views of T times, and of T × n
 * values, taken anew each time. A view that was handed out keeps its values whatever is appended or dropped.
 */
export function createRecorded(
  { steps, times }: SampleTimes,
  values: GrowingColumn<Floats>,
  n: number,
  dt: number,
): Recorded {
  return {
    get times() {
      return times.view();
    },
    get values() {
      return values.view();
    },
    get shape() {
      return [steps.length, n] as const;
    },
    trace(neuron = 0) {
      if (!Number.isInteger(neuron) || neuron < 0 || neuron >= n)
        throw new NeuroweaveError("out-of-range", `there is no neuron ${String(neuron)} among ${n}`, {
          remedy: `Give a whole number from 0 to ${n - 1}.`,
        });
      const all = values.view();
      return Float64Array.from({ length: steps.length }, (_, row) => all[row * n + neuron]!);
    },
    at(step) {
      const sampled = steps.view();
      const row = lowerBound(sampled, step);
      if (sampled[row] !== step) throw notSampled(step, sampled, row, dt);
      return values.view(row * n, (row + 1) * n);
    },
  };
}

/** First index whose value is not below `step`. */
function lowerBound(sampled: Float64Array, step: number): number {
  let low = 0;
  let high = sampled.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sampled[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

function notSampled(step: number, sampled: Float64Array, row: number, dt: number): NeuroweaveError {
  const near = [sampled[row - 1], sampled[row]].filter((each) => each !== undefined);
  const named = near.map((each) => `${each} (${Number((each * dt).toPrecision(12))} ms)`);
  return new NeuroweaveError("out-of-range", `step ${String(step)} was not sampled`, {
    candidates: near.map(String),
    remedy: near.length > 0 ? `The nearest samples are of step ${named.join(" and ")}.` : "There are no samples yet.",
  });
}
