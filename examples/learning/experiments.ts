/** All experiments on learning, in the order of the report. */
import { experiment as banditExperiment } from "./bandit.ts";
import { experiment as clopathPairing } from "./clopath-pairing.ts";
import { experiment as diehlCookBars } from "./diehl-cook-bars.ts";
import { distalReward } from "./distal-reward.ts";
import { experiment as forceSine } from "./force-sine.ts";
import type { LearningExperiment } from "./learning-experiment.ts";
import { experiment as liquidStateMachine } from "./liquid-state-machine.ts";
import { experiment as masquelier2008 } from "./masquelier-2008.ts";
import { rewardXor } from "./reward-xor.ts";
import { experiment as songMillerAbbott } from "./song-miller-abbott.ts";
import { experiment as tripletFrequency } from "./triplet-frequency.ts";
import { twoPatternsExperiment } from "./two-patterns.ts";
import { experiment as vogels2011 } from "./vogels-2011.ts";

export const experiments: readonly LearningExperiment[] = [
  songMillerAbbott,
  masquelier2008,
  tripletFrequency,
  clopathPairing,
  vogels2011,
  diehlCookBars,
  distalReward,
  rewardXor,
  twoPatternsExperiment,
  banditExperiment,
  liquidStateMachine,
  forceSine,
];
