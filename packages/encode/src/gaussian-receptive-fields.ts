import { checkNumber, checkOptions, checkWhole, isList, refusal } from "@neuroweave/equations";
import type { PortableMath } from "@neuroweave/model";
import { checkValues } from "./checks.ts";
import { inOrder } from "./encoded-spikes.ts";
import type { EncodedSpikes } from "./encoded-spikes.ts";

/** Smallest and largest value of a feature. */
export type FeatureRange = readonly [number, number];

/** Number, range and width of the receptive fields. */
export interface GaussianFieldOptions {
  /** Fields M for each feature, a whole number ≥ 3. */
  readonly fields: number;
  /** The range of all features, or one for each. Values outside are encoded by the outermost fields. */
  readonly ranges: FeatureRange | readonly FeatureRange[];
  /** Overlap β > 0: fields are the narrower, the larger it is. 1.5 by default. */
  readonly beta?: number;
  /** The time within which spikes fall, in ms, > 0. */
  readonly duration: number;
  /** Fields with an activation below it do not spike. In [0, 1], 0.1 by default. */
  readonly threshold?: number;
  /** Functions to compute with. `Math` by default, whose last bit may differ between engines. */
  readonly math?: Pick<PortableMath, "exp">;
}

/** Spikes and how they came about: field i of feature f is neuron f · M + i, and so is its place in all three arrays. */
export interface FieldSpikes extends EncodedSpikes {
  /** In [0, 1]. */
  readonly activations: Float64Array;
  /** In the unit of the feature, like the deviations. */
  readonly centers: Float64Array;
  readonly widths: Float64Array;
}

/**
 * Population coding: each feature, of range [low, high], is seen by M Gaussian fields,
 *
 *     center_i = low + (2i − 3)/2 · (high − low)/(M − 2),   i = 1 … M,      σ = 1/β · (high − low)/(M − 2),
 *     a_i = exp(−(x − center_i)² / 2σ²),                                    t_i = (1 − a_i) · duration,
 *
 * so that the field nearest to the value spikes first. Fields with a below `threshold`, or t not below `duration`, do not
 * spike. The outermost centres lie half a distance outside the range.
 *
 * Throws `not-finite` for features that are not finite, `wrong-length` for a wrong number of ranges, `out-of-range` for an
 * empty range and options outside their ranges.
 *
 * Source: Bohte, Kok & La Poutré 2002, Error-backpropagation in temporally encoded networks of spiking neurons,
 * Neurocomputing 48:17. (There times are rounded to tenths of the duration, and those beyond 9/10 left out: threshold 0.1.)
 */
export function gaussianReceptiveFields(features: ArrayLike<number>, options: GaussianFieldOptions): FieldSpikes {
  const call = "gaussianReceptiveFields";
  checkOptions(call, options, ["fields", "ranges", "beta", "duration", "threshold", "math"]);
  const { math = Math } = options;
  const fields = checkWhole(`${call}: fields`, options.fields, 3);
  const beta = checkNumber(`${call}: beta`, options.beta ?? 1.5, { above: 0 });
  const duration = checkNumber(`${call}: duration`, options.duration, { above: 0 });
  const threshold = checkNumber(`${call}: threshold`, options.threshold ?? 0.1, { min: 0, max: 1 });
  const list = checkValues(`${call}: features`, features);
  const ranges = rangesOf(call, options.ranges, list.length);

  const [activations, centers, widths] = [0, 0, 0].map(() => new Float64Array(list.length * fields)) as Columns;
  const times: number[] = [];
  const ids: number[] = [];
  for (let id = 0; id < activations.length; id++) {
    const feature = Math.floor(id / fields);
    const [low, high] = ranges[feature]!;
    const spacing = (high - low) / (fields - 2);
    centers[id] = low + ((2 * (id % fields) - 1) / 2) * spacing;
    widths[id] = spacing / beta;
    const distance = (list[feature]! - centers[id]!) / widths[id]!;
    activations[id] = math.exp((-distance * distance) / 2);
    const time = (1 - activations[id]!) * duration;
    if (activations[id]! < threshold || !(time < duration)) continue;
    times.push(time);
    ids.push(id);
  }
  return { ...inOrder(times, ids), activations, centers, widths };
}

type Columns = [Float64Array, Float64Array, Float64Array];

function rangesOf(call: string, given: unknown, features: number): readonly FeatureRange[] {
  if (!isList(given))
    throw refusal(
      "invalid-value",
      `${call}: ranges is ${String(given)}`,
      "Give [low, high], or one such pair per feature.",
    );
  if (!isList(given[0])) {
    const range = rangeOf(`${call}: ranges`, given);
    return Array.from({ length: features }, () => range);
  }
  if (given.length !== features)
    throw refusal(
      "wrong-length",
      `${call}: there are ${given.length} ranges and ${features} features`,
      "Give one range for all features, or one for each.",
    );
  return Array.from(given, (range, k) => rangeOf(`${call}: ranges[${k}]`, range));
}

function rangeOf(what: string, range: unknown): FeatureRange {
  const { length } = checkValues(what, range);
  const [low, high] = range as FeatureRange;
  if (length !== 2) throw refusal("wrong-length", `${what} has ${length} entries`, "Give [low, high].");
  if (!(low < high)) throw refusal("out-of-range", `${what} runs from ${low} to ${high}`, "Give low < high.");
  return [low, high];
}
