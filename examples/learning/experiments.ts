/** All experiments on learning, in the order of the report. */
import type { LearningExperiment } from "./learning-experiment.ts";

export const experiments: readonly LearningExperiment[] = [];
