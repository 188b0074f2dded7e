import { checkNumber, checkOptions, checkWhole, refusal } from "@neuroweave/equations";
import { summarizeDistribution } from "./summary.ts";
import type { DistributionSummary } from "./summary.ts";

/** The bounds of the weights, and what counts as near one. */
export interface WeightSummaryOptions {
  /** Least and largest weight. */
  readonly min: number;
  readonly max: number;
  /** What counts as near a bound, as a part of max − min. 0.1 by default. */
  readonly near?: number;
}

/** A distribution of weights between bounds. */
export interface WeightSummary extends DistributionSummary {
  /** Part of the weights below min + near · (max − min). NaN for no weights. */
  readonly nearMin: number;
  /** Part of the weights above max − near · (max − min). */
  readonly nearMax: number;
  /** (mean − min) / (max − min): 0 and 1 at the bounds. */
  readonly relativeMean: number;
}

/**
 * Mean, spread, quantiles, skewness and bimodality of weights, and how many lie near a bound, as learning that competes
 * drives them (Song, Miller & Abbott 2000, Nat. Neurosci. 3:919). Weights outside the bounds count as near the bound
 * that they are beyond.
 *
 * Throws `out-of-range` for bounds that do not ascend and `near` outside 0 … 0.5, `not-finite`, `unknown-name` for an
 * unknown option.
 */
export function summarizeWeights(weights: ArrayLike<number>, bounds: WeightSummaryOptions): WeightSummary {
  checkOptions("summarizeWeights", bounds, ["min", "max", "near"]);
  const { min, max, near = 0.1 } = bounds;
  checkNumber("summarizeWeights: min", min);
  checkNumber("summarizeWeights: max", max, { above: min });
  checkNumber("summarizeWeights: near", near, { min: 0, max: 0.5 });
  const summary = summarizeDistribution(weights);
  const margin = near * (max - min);
  let [low, high] = [0, 0];
  for (let k = 0; k < weights.length; k++) {
    if (weights[k]! < min + margin) low++;
    if (weights[k]! > max - margin) high++;
  }
  return {
    ...summary,
    nearMin: low / weights.length,
    nearMax: high / weights.length,
    relativeMean: (summary.mean - min) / (max - min),
  };
}

/** Synapses one after the other: synapse k runs from neuron pre[k] to neuron post[k]. */
export interface WeightedSynapses {
  readonly pre: ArrayLike<number>;
  readonly post: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  /** Sizes of the populations that they come from and go to. */
  readonly sources: number;
  readonly targets: number;
}

/** Sums of weights by neuron. */
export interface WeightSums {
  /** What each source sends out. */
  readonly out: Float64Array;
  /** What each target takes in. */
  readonly in: Float64Array;
}

/**
 * Effective strengths: the sum of the weights that leave each source and that of those that arrive at each target; 0
 * for neurons without synapses.
 *
 * Throws `wrong-length` for lists of unequal length, `out-of-range` for neurons that there are not, `invalid-value` and
 * `not-finite` for weights that are no finite numbers.
 */
export function weightSums(synapses: WeightedSynapses): WeightSums {
  const { pre, post, weights, sources, targets } = synapses;
  checkWhole("weightSums: sources", sources, 0);
  checkWhole("weightSums: targets", targets, 0);
  if (pre.length !== weights.length || post.length !== weights.length)
    throw refusal(
      "wrong-length",
      `weightSums: pre, post and weights have ${pre.length}, ${post.length} and ${weights.length} entries`,
      "They describe the same synapses, entry by entry, so they have one length.",
    );
  const sums = { out: new Float64Array(sources), in: new Float64Array(targets) };
  for (let k = 0; k < weights.length; k++) {
    const weight = checkNumber(`weightSums: weight ${k}`, weights[k]);
    sums.out[checkWhole(`weightSums: pre of synapse ${k}`, pre[k], 0, sources - 1)]! += weight;
    sums.in[checkWhole(`weightSums: post of synapse ${k}`, post[k], 0, targets - 1)]! += weight;
  }
  return sums;
}
