/** All experiments on learning, in the order of the report. */
import type { LearningExperiment } from "./learning-experiment.ts";
import { experiment as songMillerAbbott } from "./song-miller-abbott.ts";

export const experiments: readonly LearningExperiment[] = [songMillerAbbott];
