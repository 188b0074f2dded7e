/** All experiments on learning, in the order of the report. */
import { experiment as banditExperiment } from "./bandit.ts";
import { distalReward } from "./distal-reward.ts";
import { experiment as forceSine } from "./force-sine.ts";
import type { LearningExperiment } from "./learning-experiment.ts";
import { experiment as liquidStateMachine } from "./liquid-state-machine.ts";
import { experiment as songMillerAbbott } from "./song-miller-abbott.ts";

export const experiments: readonly LearningExperiment[] = [
  songMillerAbbott,
  distalReward,
  forceSine,
  liquidStateMachine,
  banditExperiment,
];
