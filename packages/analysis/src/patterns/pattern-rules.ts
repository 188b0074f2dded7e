import type { PatternMeasures } from "./pattern-measures.ts";
import type { PatternThresholds } from "./pattern-thresholds.ts";

/** Names of firing patterns. */
export type FiringPattern =
  | "silent"
  | "transient"
  | "bursting"
  | "initial burst"
  | "irregular"
  | "accelerating"
  | "delayed"
  | "adapting"
  | "tonic";

/**
 * A rule sees the measures, the thresholds, and the step it judges (length in ms, resolution = one time step in ms).
 */
export interface PatternCase {
  readonly m: PatternMeasures;
  readonly limits: PatternThresholds;
  readonly duration: number;
  readonly resolution: number;
}

interface PatternRule {
  readonly pattern: FiringPattern;
  readonly applies: (train: PatternCase) => boolean;
  readonly because: (train: PatternCase) => string;
}

/**
 * The first rule that applies decides. Bursts come before irregularity, because alternating intervals are irregular
 * to CV₂; the last rule takes what neither a drift nor a burst explains.
 */
export const patternRules: readonly PatternRule[] = [
  {
    pattern: "silent",
    applies: ({ m }) => m.spikeCount === 0,
    because: ({ duration }) => `No spike in the ${ms(duration)} of the step.`,
  },
  {
    pattern: "transient",
    applies: ({ m, limits, duration }) =>
      m.silenceAfter >= limits.silentFraction * duration &&
      (m.spikeCount === 1 || m.silenceAfter >= limits.silenceRatio * m.longestInterval),
    because: ({ m, duration }) =>
      `${m.spikeCount === 1 ? `1 spike ${ms(m.latency)} after` : `${m.spikeCount} spikes within ${ms(duration - m.silenceAfter)} of`} onset, ` +
      `then silence for the remaining ${ms(m.silenceAfter)} (${percent(m.silenceAfter / duration)} of the step).`,
  },
  {
    pattern: "bursting",
    applies: ({ m, limits }) =>
      m.bursts >= 2 &&
      m.burstSeparation >= limits.burstSeparation &&
      m.burstingFraction >= limits.burstingFraction &&
      m.irregularityInsideBursts < limits.irregularity,
    because: (train) =>
      `${train.m.bursts} bursts of ${range(train.m.fewestSpikesPerBurst, train.m.mostSpikesPerBurst)} spikes${afterDelay(train)}: ` +
      `the shortest pause (${ms(train.m.shortestBetweenBursts)}) is ${factor(train.m.burstSeparation)} times the longest interval ` +
      `inside a burst (${ms(train.m.longestInsideBursts)}).`,
  },
  {
    pattern: "initial burst",
    applies: ({ m, limits }) =>
      m.bursts === 1 &&
      m.spikesInFirstGroup >= limits.initialBurstSpikes &&
      m.spikesInFirstGroup < m.spikeCount &&
      m.burstSeparation >= limits.burstSeparation &&
      m.irregularityInsideBursts < limits.irregularity &&
      m.irregularityBetweenBursts < limits.irregularity,
    because: (train) =>
      `A burst of ${train.m.spikesInFirstGroup} spikes${afterDelay(train)}, then single spikes: the shortest later interval ` +
      `(${ms(train.m.shortestBetweenBursts)}) is ${factor(train.m.burstSeparation)} times the longest one in the burst ` +
      `(${ms(train.m.longestInsideBursts)}).`,
  },
  {
    pattern: "irregular",
    applies: ({ m, limits }) => m.irregularity >= limits.irregularity,
    because: disorder,
  },
  {
    pattern: "accelerating",
    applies: (train) => drifts(train) && train.m.driftRatio < 1,
    because: (train) =>
      `Intervals shrink from ${ms(train.m.firstInterval)} to ${ms(train.m.settledInterval)} ` +
      `(factor ${number(train.m.driftRatio)})${afterDelay(train)}.`,
  },
  {
    pattern: "delayed",
    applies: isDelayed,
    because: ({ m, duration }) =>
      m.spikeCount === 1
        ? `The only spike comes ${ms(m.latency)} after onset (${percent(m.latency / duration)} of the step).`
        : `The first spike comes ${ms(m.latency)} after onset, ${factor(m.latency / m.medianInterval)} times the median interval ` +
          `(${ms(m.medianInterval)}).`,
  },
  {
    pattern: "adapting",
    applies: drifts,
    because: ({ m }) =>
      `Intervals grow from ${ms(m.firstInterval)} to ${ms(m.settledInterval)} (factor ${factor(m.driftRatio)}), ` +
      `with adaptation index ${m.adaptationIndex.toFixed(3)}.`,
  },
  {
    pattern: "tonic",
    applies: ({ m, limits }) => m.spikeCount === 2 || m.cv2 < limits.irregularity,
    because: ({ m, limits, duration }) => {
      if (m.spikeCount === 2) return `2 spikes, ${ms(m.firstInterval)} apart: too few to show any other pattern.`;
      const changed = m.driftRatio >= limits.driftRatio || m.driftRatio <= 1 / limits.driftRatio;
      const startUp = changed
        ? ` after a start-up of ${ms(m.settlingTime)} (${percent(m.settlingTime / duration)} of the step)`
        : "";
      return `Intervals stay near ${ms(m.settledInterval)}${startUp} (CV ${number(m.cv)}, CV₂ ${number(m.cv2)}).`;
    },
  },
  {
    pattern: "irregular",
    applies: () => true,
    because: disorder,
  },
];

function disorder({ m }: PatternCase): string {
  return (
    `Neighboring intervals differ without order: CV₂ is ${number(m.cv2)}, of which a steady drift would explain at most ` +
    `${number(2 * Math.abs(m.adaptationIndex))}.`
  );
}

/**
 * True where the first spike is late by both measures; a lone spike has no interval to compare with, and is late
 * where it is not transient.
 */
export function isDelayed({ m, limits, duration }: PatternCase): boolean {
  if (m.spikeCount === 0) return false;
  if (m.spikeCount === 1) return m.silenceAfter < limits.silentFraction * duration;
  return m.latency >= limits.delayRatio * m.medianInterval && m.latency >= limits.delayFraction * duration;
}

/** True where intervals change by more than scatter, grid and start-up explain. */
function drifts({ m, limits, resolution }: PatternCase): boolean {
  const difference = Math.abs(m.settledInterval - m.firstInterval);
  const scatter = m.spikeCount > 3 ? limits.driftNoise * m.medianChange : 0;
  return (
    Math.max(m.driftRatio, 1 / m.driftRatio) >= limits.driftRatio &&
    Math.abs(m.adaptationIndex) >= limits.driftIndex &&
    difference >= scatter &&
    difference > limits.driftSteps * resolution * (1 + 1e-9)
  );
}

function afterDelay(train: PatternCase): string {
  return isDelayed(train) ? ` after a delay of ${ms(train.m.latency)}` : "";
}

const ms = (time: number): string => `${Number(time.toFixed(1))} ms`;
const number = (value: number): string => value.toFixed(2);
const factor = (value: number): string => value.toFixed(1);
const percent = (part: number): string => `${Math.round(100 * part)} %`;
const range = (fewest: number, most: number): string => (fewest === most ? `${fewest}` : `${fewest} to ${most}`);
