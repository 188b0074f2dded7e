import { checkNumber, checkOptions, checkWhole, refusal } from "@neuroweave/equations";
import type { PortableMath } from "@neuroweave/model";
import { checkValues } from "./checks.ts";
import { inOrder } from "./encoded-spikes.ts";
import type { EncodedSpikes } from "./encoded-spikes.ts";

/** When the largest and the smallest value spike. */
export interface LatencyEncodeOptions {
  /** The time within which spikes fall, in ms, > 0. */
  readonly duration: number;
  /** Values below it never spike; 0 never does. In [0, 1], 0 by default; with `tau` > 0, and to be given. */
  readonly threshold?: number;
  /** Time constant of the integrating neuron in ms, > 0: the latency is logarithmic. */
  readonly tau?: number;
  /** Latencies in so many steps of duration / bins, a whole number ≥ 1. Not with `tau`. */
  readonly bins?: number;
  /** Functions to compute with. `Math` by default, whose last bit may differ between engines. */
  readonly math?: Pick<PortableMath, "log">;
}

/**
 * Time to first spike: at most one spike for each value x, the strongest first. Its time, in ms, is
 *
 *     t = (1 − x) · duration                          of x in [0, 1],
 *     t = ⌊(1 − x) · (bins − 1)⌋ · duration / bins    with `bins`, of x in [0, 1],
 *     t = τ ln(x / (x − θ))                           with `tau`, of any x > θ = `threshold`:
 *
 * the last is when τ dv/dt = x − v, from v = 0, reaches θ. What would spike at `duration` or later does not.
 *
 * Throws `not-finite` for values that are not finite, `out-of-range` for those outside [0, 1] (without `tau`) and
 * for options outside their ranges, `invalid-value` for `tau` with `bins` or without `threshold`.
 *
 * Source: Thorpe 1990, Spike arrival times; Gerstner & Kistler 2002, Spiking Neuron Models; the bins are `Intensity2Latency` of CoNeX
 * 0.1.5 without its trims (`normalizeImage` does what they do), except that there a value 0 spikes in the last bin.
 */
export function latencyEncode(values: ArrayLike<number>, options: LatencyEncodeOptions): EncodedSpikes {
  const call = "latencyEncode";
  checkOptions(call, options, ["duration", "threshold", "tau", "bins", "math"]);
  const duration = checkNumber(`${call}: duration`, options.duration, { above: 0 });
  const { latency, threshold, limits } = options.tau === undefined ? linear(call, options) : logarithmic(call, options);
  const list = checkValues(`${call}: values`, values, limits);
  const times: number[] = [];
  const ids: number[] = [];
  for (let id = 0; id < list.length; id++) {
    const x = list[id]!;
    if (x < threshold || x <= 0) continue;
    const time = latency(x);
    if (!(time < duration)) continue;
    times.push(time);
    ids.push(id);
  }
  return inOrder(times, ids);
}

function linear(call: string, { duration, threshold = 0, bins }: LatencyEncodeOptions) {
  const limits = { min: 0, max: 1 };
  checkNumber(`${call}: threshold`, threshold, limits);
  if (bins === undefined) return { threshold, limits, latency: (x: number) => (1 - x) * duration };
  const last = checkWhole(`${call}: bins`, bins, 1) - 1;
  return { threshold, limits, latency: (x: number) => ((last - Math.ceil(x * last)) * duration) / bins };
}

function logarithmic(call: string, { threshold, tau, bins, math = Math }: LatencyEncodeOptions) {
  const constant = checkNumber(`${call}: tau`, tau, { above: 0 });
  if (bins !== undefined)
    throw refusal("invalid-value", `${call}: tau and bins are both given`, "Leave one of them out.");
  if (threshold === undefined)
    throw refusal(
      "invalid-value",
      `${call}: tau needs a threshold`,
      "Give the value below which a neuron never spikes.",
    );
  checkNumber(`${call}: threshold`, threshold, { above: 0 });
  const latency = (x: number) => constant * math.log(x / (x - threshold));
  return { threshold, limits: {}, latency };
}
