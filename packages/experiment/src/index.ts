export type { Environment, EnvironmentStep } from "./environment.ts";
export { bandit } from "./bandit.ts";
export type { BanditOptions } from "./bandit.ts";
export { gridWorld } from "./grid-world.ts";
export type { GridWorldOptions } from "./grid-world.ts";
export type { GridPosition } from "./grid-cells.ts";
export { cartPole } from "./cart-pole.ts";
export type { CartPoleOptions } from "./cart-pole.ts";
export { closedLoop, loopEpisodes } from "./closed-loop.ts";
export type { EpisodeRow } from "./closed-loop.ts";
export type { ClosedLoopOptions, LoopMoment } from "./closed-loop-options.ts";

export { grid } from "./parameter-grid.ts";
export { runExperiment } from "./run-experiment.ts";
export type { ExperimentResult } from "./run-experiment.ts";
export { summarize } from "./summarize.ts";
export type { SummaryRow } from "./summarize.ts";
export { toCsv } from "./csv.ts";
export { studentEstimate, wilsonEstimate } from "./intervals.ts";
export type { Estimate } from "./intervals.ts";
export type {
  EpochContext,
  EvaluationRow,
  ExperimentOptions,
  ExperimentPhase,
  ExperimentProgress,
  ExperimentRow,
  FailureRow,
  Measures,
  Parameters,
  PhaseContext,
  Seed,
  TrainingRow,
  WarmUpRow,
} from "./experiment.ts";
