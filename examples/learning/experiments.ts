/** All experiments on learning, in the order of the report. */
import { distalReward } from "./distal-reward.ts";
import type { LearningExperiment } from "./learning-experiment.ts";
import { rewardXor } from "./reward-xor.ts";
import { twoPatternsExperiment } from "./two-patterns.ts";
import { experiment as songMillerAbbott } from "./song-miller-abbott.ts";

export const experiments: readonly LearningExperiment[] = [
  songMillerAbbott,
  distalReward,
  rewardXor,
  twoPatternsExperiment,
];
