import { refusal } from "@neuroweave/equations";
import { checkChoice } from "./checks.ts";

const norms = ["l1", "l2", "max"] as const;

/** What the kernels have in common. */
export interface KernelScaling {
  /**
   * Multiplies the negative weights by Σ⁺ / |Σ⁻|, so that the weights sum to zero and a uniform image gives no answer
   * (CoNeX's `zero_mean`). False by default.
   */
  readonly zeroMean?: boolean;
  /**
   * Divides all weights, after that, by Σ|w| (`"l1"`, CoNeX's `one_sum`: the answer to pixels in [−1, 1] lies in
   * [−1, 1]), by √Σw² (`"l2"`) or by the largest |w| (`"max"`). Left as they are by default.
   */
  readonly norm?: "l1" | "l2" | "max";
}

/** Names of these options. */
export const scalingOptions = ["zeroMean", "norm"];

/** Balances and normalizes weights in place. */
export function scaleKernel(
  call: string,
  weights: Float64Array,
  { zeroMean = false, norm }: KernelScaling,
): Float64Array {
  if (typeof zeroMean !== "boolean")
    throw refusal("invalid-value", `${call}: zeroMean is ${String(zeroMean)}`, "Give true or false.");
  if (zeroMean) {
    const positive = weights.reduce((sum, w) => sum + Math.max(0, w), 0);
    const negative = weights.reduce((sum, w) => sum + Math.min(0, w), 0);
    if (positive === 0 || negative === 0)
      throw refusal(
        "out-of-range",
        `${call}: all weights have one sign, so they cannot sum to zero`,
        "Enlarge the kernel until it holds weights of both signs, or leave zeroMean out.",
      );
    weights.forEach((w, k) => {
      if (w < 0) weights[k] = (w * -positive) / negative;
    });
  }
  if (norm === undefined) return weights;
  const divisor = measures[checkChoice(`${call}: norm`, norm, norms)](weights);
  if (!(divisor > 0))
    throw refusal("out-of-range", `${call}: all weights are zero`, "Choose parameters that give other weights.");
  return weights.map((w) => w / divisor);
}

const measures = {
  l1: (weights: Float64Array) => weights.reduce((sum, w) => sum + Math.abs(w), 0),
  l2: (weights: Float64Array) => Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0)),
  max: (weights: Float64Array) => weights.reduce((largest, w) => Math.max(largest, Math.abs(w)), 0),
};

/** Weights of a square kernel from a function of the offsets from its centre: x counts rows down, y columns right. */
export function squareKernel(size: number, weight: (x: number, y: number) => number): Float64Array {
  const center = (size - 1) / 2;
  return Float64Array.from({ length: size * size }, (_, k) =>
    weight(Math.floor(k / size) - center, (k % size) - center),
  );
}
