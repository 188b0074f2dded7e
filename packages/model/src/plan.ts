/** The plan as data: what `net.explain()` gives. Made by package `schedule`. */

/** One term of a composed equation and the behavior that it came from. */
export interface PlannedTerm {
  readonly text: string;
  readonly behavior: string;
}

/** A composed equation. */
export interface PlannedEquation {
  readonly text: string;
  readonly latex: string;
  readonly terms: readonly PlannedTerm[];
}

/** What a stage does. */
export type StageKind =
  | "deliver"
  | "couple"
  | "sweep"
  | "sum"
  | "events"
  | "input"
  | "dynamics"
  | "assign"
  | "fire"
  | "reduce"
  | "compete"
  | "host"
  | "sample";

/** What one entity does at one priority. Stages of one priority and level are simultaneous. */
export interface PlannedStage {
  readonly index: number;
  readonly kind: StageKind;
  readonly priority: number;
  /** The phase of the priority, such as `Dynamics` or `Firing + 1`. */
  readonly phase: string;
  /** Position among groups of the same priority that `before` and `after` have split. */
  readonly level: number;
  readonly entity: string;
  readonly behaviors: readonly string[];
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly method: string | null;
  readonly equations: readonly PlannedEquation[];
  /** Name of the kernel that it was fused into, or null. */
  readonly kernel: string | null;
}

/** A parameter as it is now. */
export interface PlannedParameter {
  readonly name: string;
  readonly value: string;
  /** What it is unless given: a number, a distribution or an expression as text. */
  readonly default: string;
  /** Instances that read it. */
  readonly owners: readonly string[];
  readonly unit: string;
  readonly doc: string;
  /** `constant` may be folded; `cell` and `column` live in memory. */
  readonly form: string;
}

/** An attached instance of a behavior. */
export interface PlannedBehavior {
  readonly name: string;
  readonly behavior: string;
  readonly priority: number;
  readonly enabled: boolean;
  readonly doc: string;
  /** The paper or system that its equations and defaults come from. */
  readonly source: string;
}

/** A variable. */
export interface PlannedState {
  readonly name: string;
  readonly unit: string;
  readonly doc: string;
}

/** A population with its behaviors, parameters and variables. */
export interface PlannedPopulation {
  readonly name: string;
  readonly n: number;
  readonly method: string;
  readonly behaviors: readonly PlannedBehavior[];
  readonly parameters: readonly PlannedParameter[];
  readonly states: readonly PlannedState[];
}

export interface PlannedProjection {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly receptor: string;
  readonly connector: string;
  readonly enabled: boolean;
  /** Number of synapses. */
  readonly synapses: number;
  /** One weight, or the range of them, and how they are stored. */
  readonly weight: string;
  /** One delay in ms, or the range of them, and whether they are per source or per synapse. */
  readonly delay: string;
  /** All memory of the projection, rows, columns, weights, delays and variables, over its synapses. */
  readonly bytesPerSynapse: number;
  readonly behaviors: readonly string[];
  /** The same with what they say of themselves. */
  readonly attached: readonly PlannedBehavior[];
  readonly parameters: readonly PlannedParameter[];
  readonly states: readonly PlannedState[];
}

/** The whole plan. `String(explanation)` is text for a terminal. */
export interface Explanation {
  readonly dt: number;
  readonly seed: number | string;
  readonly device: string;
  readonly precision: string;
  readonly threads: number;
  readonly notes: readonly string[];
  readonly populations: readonly PlannedPopulation[];
  readonly projections: readonly PlannedProjection[];
  readonly stages: readonly PlannedStage[];
  readonly kernels: readonly { readonly name: string; readonly entity: string; readonly stages: readonly number[] }[];
  /** The emitted program, when asked for. */
  readonly code: string | null;
  /** The part that concerns the named populations and projections. */
  only(names: ReadonlySet<string>): Explanation;
  /** The plan for a terminal. */
  toString(): string;
  /** The plan as Markdown, with equations typeset in LaTeX between dollar signs. */
  toMarkdown(): string;
}
