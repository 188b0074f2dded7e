/** The plan as data: what `net.explain()` gives. Made by package `schedule`. */

/** One term of a composed equation and the behavior that it came from. */
export interface PlannedTerm {
  /** The term, in the equation language. */
  readonly text: string;
  /** Name of the instance that it came from. */
  readonly behavior: string;
}

/** A composed equation. */
export interface PlannedEquation {
  /** The equation, in the equation language. */
  readonly text: string;
  /** The same for typesetting. */
  readonly latex: string;
  /** What its right side is the sum of. */
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
  /** Place in the step, from 0. */
  readonly index: number;
  /** What it does. */
  readonly kind: StageKind;
  /** When in a step; lower runs first. */
  readonly priority: number;
  /** The phase of the priority, such as `Dynamics` or `Firing + 1`. */
  readonly phase: string;
  /** Position among groups of the same priority that `before` and `after` have split. */
  readonly level: number;
  /** Name of the population, projection or signal. */
  readonly entity: string;
  /** Names of the instances that take part. */
  readonly behaviors: readonly string[];
  /** Names that it reads. */
  readonly reads: readonly string[];
  /** Names that it writes. */
  readonly writes: readonly string[];
  /** Integration method, or null where nothing is integrated. */
  readonly method: string | null;
  /** What is computed. */
  readonly equations: readonly PlannedEquation[];
  /** Name of the kernel that it was fused into, or null. */
  readonly kernel: string | null;
}

/** A parameter as it is now. */
export interface PlannedParameter {
  /** As equations know it. */
  readonly name: string;
  /** One value, several, or a distribution, as text. */
  readonly value: string;
  /** Its unit; empty where none was declared. */
  readonly unit: string;
  /** What it means. */
  readonly doc: string;
  /** `constant` may be folded; `cell` and `column` live in memory. */
  readonly form: string;
}

/** A population with its behaviors, parameters and variables. */
export interface PlannedPopulation {
  /** Name of the population. */
  readonly name: string;
  /** Number of neurons. */
  readonly n: number;
  /** Integration method. */
  readonly method: string;
  /** What is attached, in order. */
  readonly behaviors: readonly {
    readonly name: string;
    readonly behavior: string;
    readonly priority: number;
    readonly enabled: boolean;
    readonly doc: string;
    readonly source: string;
  }[];
  /** All parameters. */
  readonly parameters: readonly PlannedParameter[];
  /** All variables. */
  readonly states: readonly { readonly name: string; readonly unit: string; readonly doc: string }[];
}

/** A projection with its synapses and what they take. */
export interface PlannedProjection {
  /** Name of the projection. */
  readonly name: string;
  /** Population or slice that spikes come from. */
  readonly source: string;
  /** Population or slice that they go to. */
  readonly target: string;
  /** Where they arrive. */
  readonly receptor: string;
  /** The rule that made the synapses, as text. */
  readonly connector: string;
  /** Whether it transmits. */
  readonly enabled: boolean;
  /** Number of synapses. */
  readonly synapses: number;
  /** One weight, or the range of them, and how they are stored. */
  readonly weight: string;
  /** One delay in ms, or the range of them, and whether they are per source or per synapse. */
  readonly delay: string;
  /** All memory of the projection, rows, columns, weights, delays and variables, over its synapses. */
  readonly bytesPerSynapse: number;
  /** Names of the instances attached. */
  readonly behaviors: readonly string[];
}

/** The whole plan. `String(explanation)` is text for a terminal. */
export interface Explanation {
  /** Step size in ms. */
  readonly dt: number;
  /** What all draws come from. */
  readonly seed: number | string;
  /** Where it runs. */
  readonly device: string;
  /** `f64` or `f32`. */
  readonly precision: string;
  /** Threads that share a step. */
  readonly threads: number;
  /** What is worth knowing: why threads wait, why a device is another one. */
  readonly notes: readonly string[];
  /** All populations, in order of creation. */
  readonly populations: readonly PlannedPopulation[];
  /** All projections, in order of creation. */
  readonly projections: readonly PlannedProjection[];
  /** What happens in a step, in order. */
  readonly stages: readonly PlannedStage[];
  /** Loops, and the stages that were fused into each. */
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
