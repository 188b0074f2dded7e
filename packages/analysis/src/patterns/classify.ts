import { NeuroweaveError } from "@neuroweave/equations";
import { measurePattern } from "./pattern-measures.ts";
import type { PatternMeasures } from "./pattern-measures.ts";
import { isDelayed, patternRules } from "./pattern-rules.ts";
import type { FiringPattern, PatternCase } from "./pattern-rules.ts";
import { patternThresholds } from "./pattern-thresholds.ts";
import type { PatternThresholds } from "./pattern-thresholds.ts";
import { checkAscending, checkWindow, isInside } from "../spike-list.ts";

export type { FiringPattern } from "./pattern-rules.ts";

/** The constant current step that the neuron answers to, from `onset` to `offset` in ms. */
export interface CurrentStep {
  readonly onset: number;
  readonly offset: number;
  /** Time step of the spike times in ms; changes of an interval by four steps or less mean nothing. 0.1 by default. */
  readonly resolution?: number;
  /** Replaces single numbers of `patternThresholds`. */
  readonly thresholds?: Partial<PatternThresholds>;
}

/** A firing pattern, and why it is this one. */
export interface PatternVerdict {
  readonly pattern: FiringPattern;
  /** One sentence with the numbers that decided. */
  readonly reason: string;
  /** True where the first spike is late, whatever the pattern that follows. */
  readonly delayed: boolean;
  readonly measures: PatternMeasures;
}

/**
 * Names the firing pattern with which one neuron answers a constant current step, from its spike times (ms,
 * ascending) alone. Spikes outside [onset, offset) are left out. The rules are `patternRules`, their numbers and
 * reasons `patternThresholds`; the features are those of Naud et al. 2008 (latency, ratios of intervals, adaptation,
 * bursts, irregularity, early silence).
 *
 * Throws `out-of-range` for a step without length, a negative resolution, or times that do not ascend, and
 * `not-finite` for a time that is not finite.
 *
 *     classifyPattern([14.4, 25.7, 37.1, 48.7], { onset: 0, offset: 60 }).pattern   // "tonic"
 */
export function classifyPattern(spikeTimes: ArrayLike<number>, step: CurrentStep): PatternVerdict {
  const window = { from: step.onset, to: step.offset };
  const { resolution = 0.1 } = step;
  checkWindow(window);
  checkAscending(spikeTimes);
  if (!(resolution >= 0)) {
    throw new NeuroweaveError("out-of-range", `the resolution ${resolution} ms is no time step`, {
      remedy: "pass the dt of the run in milliseconds, or leave it out",
    });
  }
  const during = Float64Array.from(spikeTimes).filter((time) => isInside(time, window));
  const train: PatternCase = {
    m: measurePattern(during, window),
    limits: { ...patternThresholds, ...step.thresholds },
    duration: step.offset - step.onset,
    resolution,
  };
  const rule = patternRules.find(({ applies }) => applies(train))!;
  return { pattern: rule.pattern, reason: rule.because(train), delayed: isDelayed(train), measures: train.m };
}
