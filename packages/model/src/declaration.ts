/** A behavior after options, renames and bindings: parsed, immutable, ready to be attached. */
import type { Equation, Expression } from "@neuroweave/equations";
import type { HostStep } from "./host.ts";
import type { MethodName } from "./method-names.ts";
import type { InputDeclaration, ParameterDeclaration, ParameterValue, StateDeclaration } from "./parameters.ts";

/** Variables whose derivatives stand still while a condition holds. */
export interface Hold {
  /** Names, or all equations of the model's own (instance-scoped behaviors such as receptors go on). */
  readonly variables: readonly string[] | "all";
  readonly while: Expression;
  /** What the condition was parsed from. */
  readonly text: string;
}

/** Sampling of variables every so many steps. */
export interface SampleRequest {
  readonly variables: readonly string[];
  /** Interval in ms; undefined samples every step. */
  readonly every: number | undefined;
  /** Keeps only the last so many samples. */
  readonly keep: number | undefined;
}

/** Numbers by row: each row holds one value or one per neuron, and is valid for an interval. */
export interface Table {
  readonly values: ArrayLike<number> | readonly ArrayLike<number>[];
  /** Interval of a row in ms; the last row is held. */
  readonly every: number;
}

/** Moments at which a 0/1 state is set for one step. */
export interface EventList {
  /** The state that is 1 during the step of an event. */
  readonly state: string;
  /** In ms. */
  readonly times: ArrayLike<number>;
  readonly ids: ArrayLike<number>;
  /** Instead of lists: the events of [from, to) in ms, in any order. Called again for the same times it must give the same. */
  readonly stream?: EventStream | undefined;
}

/** Gives the events of [from, to) in ms. */
export type EventStream = (
  from: number,
  to: number,
) => { readonly times: ArrayLike<number>; readonly ids: ArrayLike<number> };

/** Text and what it was parsed into; spans of the expressions point into `text`. */
export interface Source<T> {
  readonly text: string;
  readonly parsed: T;
}

/**
 * A sum over all neurons of a population, in blocks of 256, then block by block; or the largest or smallest value. With `per`, of a
 * projection, a sum over the synapses of each source or target, in the order in which they are stored.
 */
export interface Signal {
  readonly of: Source<Expression>;
  readonly by: "sum" | "mean" | "max" | "min";
  readonly per: "source" | "target" | null;
}

/** Between which values a variable stays, whoever writes it; null where there is no bound. */
export interface Bounds {
  readonly min: Source<Expression> | null;
  readonly max: Source<Expression> | null;
}

/** The neurons of a group that lose against those with the k largest values; ties go to the lower index. */
export interface Competition {
  /** What decides. */
  readonly by: Source<Expression>;
  /** Who takes part. */
  readonly among: Source<Expression>;
  /** Winners in each group. */
  readonly k: number;
  /** Dimension of the grid along which neurons compete; null for all neurons together. */
  readonly dimension: number | null;
  /** Whether all that have the value of a winner win. */
  readonly ties: boolean;
}

/** A behavior as data: what `defineBehavior` was given, with texts parsed and defaults filled in. */
export interface Declaration {
  /** Name of the behavior. */
  readonly behavior: string;
  /** What the behavior is. */
  readonly doc: string;
  /** Paper or system that the equations and defaults come from. */
  readonly source: string;
  /** When in a step it runs. */
  readonly priority: number;
  /** Names of behaviors of the same priority that must come later or earlier. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** `shared`: its symbols are the entity's. `instance`: its own, addressed `instance.symbol`. */
  readonly scope: "shared" | "instance";
  /** Parameters by name. */
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  /** Variables by name. */
  readonly states: ReadonlyMap<string, StateDeclaration>;
  /** Sums to which others add, by name. */
  readonly inputs: ReadonlyMap<string, InputDeclaration>;
  /** Parameters that are expressions of other symbols. */
  readonly bindings: ReadonlyMap<string, Source<Expression>>;
  /** Statements in every step. */
  readonly equations: readonly Source<readonly Equation[]>[];
  /** Assignments for neurons that spiked. */
  readonly onSpike: readonly Source<readonly Equation[]>[];
  /** What a receptor does with `arriving`, the sum of what arrives in this step, at `Input`. */
  readonly onArrival: readonly Source<readonly Equation[]>[];
  /**
   * What a synapse does when its source has spiked: with the transmission, where `efficacy` is the factor of what it transmits; of
   * behaviors behind `Firing` at their priority, in the step in which the spike reaches the synapse.
   */
  readonly onPre: readonly Source<readonly Equation[]>[];
  /** What a synapse does when a spike of its target reaches it, at the priority, after `onPre`. */
  readonly onPost: readonly Source<readonly Equation[]>[];
  /** By variable. */
  readonly bounds: ReadonlyMap<string, Bounds>;
  /** Interval in ms of the steps in which its equations happen; null for every step. */
  readonly every: number | null;
  /** What a synapse adds to its receptor in every step, at `Input`, instead of transmitting spikes. */
  readonly coupling: Source<Expression> | null;
  /** Numbers over the whole population, by name. */
  readonly signals: ReadonlyMap<string, Signal>;
  /** Who wins at the priority. */
  readonly competition: Competition | null;
  /** Assignments for the neurons that lost the competition. */
  readonly onLose: readonly Source<readonly Equation[]>[];
  /** Condition of a spike. */
  readonly spike: Source<Expression> | null;
  /** Further conditions that a spike needs. */
  readonly spikeRequires: readonly Source<Expression>[];
  /** Variables that stand still while a condition holds. */
  readonly holds: readonly Hold[];
  /** Whether it learns: while the network does not, it provides its symbols and changes nothing. */
  readonly adaptive: boolean;
  /** Integration method pinned for its own derivatives. */
  readonly method: MethodName | null;
  /** Code in TypeScript. */
  readonly step: HostStep | null;
  /** Names that others must provide, whether or not a text mentions them. */
  readonly requires: readonly string[];
  /** Names that host code may change, beside its own state. */
  readonly writes: readonly string[];
  /** Symbols as host code knows them, where they have been renamed, and what they are called now. */
  readonly aliases: ReadonlyMap<string, string>;
  /** What is sampled. */
  readonly sample: SampleRequest | null;
  /** Values over time, by name. */
  readonly tables: ReadonlyMap<string, Table>;
  /** Moments at which a variable is set for a step. */
  readonly events: EventList | null;
  /** Not zero for neurons that count as having spiked in the step before the first; null where nobody has. */
  readonly initialSpikes: ParameterValue | null;
}
