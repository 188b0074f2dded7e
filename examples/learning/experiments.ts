/** All experiments on learning, in the order of the report. */
import { experiment as diehlCookBars } from "./diehl-cook-bars.ts";
import { distalReward } from "./distal-reward.ts";
import type { LearningExperiment } from "./learning-experiment.ts";
import { experiment as masquelier2008 } from "./masquelier-2008.ts";
import { experiment as songMillerAbbott } from "./song-miller-abbott.ts";

export const experiments: readonly LearningExperiment[] = [
  songMillerAbbott,
  distalReward,
  masquelier2008,
  diehlCookBars,
];
