/** What an experiment is given, and what it gives. */

/** What was measured, by name. Numbers that are not finite are kept, and show up in the summary. */
export type Measures = Readonly<Record<string, number | boolean>>;

/** Values of parameters, by name; JSON, so that rows can be written down. */
export type Parameters = Readonly<Record<string, unknown>>;

/** What the draws of a run come from. */
export type Seed = number | string;

/** What an experiment is doing. */
export type ExperimentPhase = "build" | "warmUp" | "train" | "evaluate";

/** What a phase is told besides its subject. */
export interface PhaseContext<P> {
  /** The parameters of this run. */
  readonly parameters: P;
  /** The seed of this run. */
  readonly seed: Seed;
  /** To be handed on to `net.run`: a phase during which it fires leaves no row. */
  readonly signal: AbortSignal | undefined;
}

export interface EpochContext<P> extends PhaseContext<P> {
  /** From 0. */
  readonly epoch: number;
}

interface RowOrigin<P> {
  /** Name of the experiment. */
  readonly experiment: string;
  /** Place of the parameters in the list that was given, from 0. */
  readonly set: number;
  /** The parameters of the run. */
  readonly parameters: P;
  /** The seed of the run. */
  readonly seed: Seed;
}

/** What one epoch of training gave. */
export interface TrainingRow<P, Trained> extends RowOrigin<P> {
  /** Of the experiment. */
  readonly phase: "train";
  /** From 0. */
  readonly epoch: number;
  /** What `train` returned. */
  readonly measures: Trained;
  /** True in the epoch after which `stop` ended the training. */
  readonly stopped: boolean;
}

/** What the warm-up gave. */
export interface WarmUpRow<P, Warmed> extends RowOrigin<P> {
  /** Of the experiment. */
  readonly phase: "warmUp";
  /** What `warmUp` returned. */
  readonly measures: Warmed;
}

/** What the evaluation of one seed gave. */
export interface EvaluationRow<P, Evaluated> extends RowOrigin<P> {
  /** Of the experiment. */
  readonly phase: "evaluate";
  /** What `evaluate` returned. */
  readonly measures: Evaluated;
}

/** In the place of the rest of a seed: a phase threw. */
export interface FailureRow<P> extends RowOrigin<P> {
  /** Tells failures from other rows. */
  readonly phase: "failed";
  /** The phase that threw. */
  readonly during: ExperimentPhase;
  /** Of the failing epoch, if it was in training. */
  readonly epoch?: number;
  /** The message of what was thrown. */
  readonly error: string;
}

/** A row of results. */
export type ExperimentRow<P = Parameters, Evaluated = Measures, Trained = Measures, Warmed = Measures> =
  WarmUpRow<P, Warmed> | TrainingRow<P, Trained> | EvaluationRow<P, Evaluated> | FailureRow<P>;

/** Told before each phase, and once at the end, when `fraction` is 1. */
export interface ExperimentProgress {
  /** Its name. */
  readonly experiment: string;
  /** Parameters number `set` of `sets`, from 0. */
  readonly set: number;
  /** Number of parameter sets. */
  readonly sets: number;
  /** Seed number `index` of `seeds`, from 0. */
  readonly seed: Seed;
  /** Place of the seed, from 0. */
  readonly index: number;
  /** Number of seeds. */
  readonly seeds: number;
  /** What begins; `done` at the end. */
  readonly phase: ExperimentPhase | "done";
  /** Only in training. */
  readonly epoch?: number;
  /** Part of all phases that lie behind, epochs counted one by one, in [0, 1]. */
  readonly fraction: number;
}

type Returned<M> = M | Promise<M>;

/** What an experiment does for each seed and set of parameters. */
export interface ExperimentOptions<P, Subject, Evaluated, Trained, Warmed> {
  /** Rows and errors name it. */
  readonly name: string;
  /** One record of parameters, or a list of them: see `grid`. */
  readonly parameters: P | readonly P[];
  /** The seeds of the repetitions, each once, or their number n, for 0 … n − 1. */
  readonly seeds: number | readonly Seed[];
  /** Makes what is studied, anew for every seed, so that no seed can depend on another. */
  readonly build: (parameters: P, seed: Seed) => Subject | Promise<Subject>;
  /** Once, before training: lets transients die out. */
  readonly warmUp?: (subject: Subject, context: PhaseContext<P>) => Returned<Warmed>;
  /** Once for every epoch. */
  readonly train?: (subject: Subject, context: EpochContext<P>) => Returned<Trained>;
  /** Once, at the end. */
  readonly evaluate: (subject: Subject, context: PhaseContext<P>) => Returned<Evaluated>;
  /** Epochs of training at most, a whole number ≥ 1. 1 by default. */
  readonly epochs?: number;
  /** After each epoch: whether the training of this seed ends here, seen from its rows so far. */
  readonly stop?: (
    rows: readonly TrainingRow<P, MeasuresOf<Trained>>[],
    context: EpochContext<P>,
  ) => boolean | Promise<boolean>;
  /** Is told which phase of which seed begins, and how far the experiment is. */
  readonly onProgress?: (progress: ExperimentProgress) => void;
  /** A phase that throws becomes a row ("row", the default) and the next seed goes on, or ends the experiment ("throw"). */
  readonly onError?: "row" | "throw";
  /** Ends the experiment between phases and epochs; the rows until then are returned. */
  readonly signal?: AbortSignal;
  /** Of the intervals in the summary, in (0, 1). 0.95 by default. */
  readonly confidence?: number;
}

/** A phase may return nothing, which counts as no measures. */
export type MeasuresOf<M> = M extends Measures ? M : Readonly<Record<never, never>>;
