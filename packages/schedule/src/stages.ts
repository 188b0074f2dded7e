/** The plan in mathematics: stages with composed equations, in order. The engine lowers them; `explain` prints them. */
import type { Expression } from "@neuroweave/equations";
import type { BehaviorInstance, Entity, MethodName, Signal } from "@neuroweave/model";
import type { Position } from "./positions.ts";

/** A summand and the behavior that it came from. `source` is the text that its spans point into. */
export interface Term {
  readonly value: Expression;
  readonly behavior: string;
  readonly source: string;
}

/** value / factor, or value. */
export interface Part {
  readonly factor: Expression | null;
  readonly value: Expression;
  readonly terms: readonly Term[];
}

export interface ComposedDerivative {
  readonly variable: string;
  readonly parts: readonly Part[];
  /** Method pinned by the owner, or null for the population's. */
  readonly method: MethodName | null;
  /** The mask under which it stands still, or null, and the conditions that it is made of. */
  readonly held: Expression | null;
  readonly holds: readonly Term[];
  /** The spike threshold of the variable, or null. */
  readonly ceiling: Expression | null;
  /** The variable under its own name as it is between its bounds, or null where it has none. */
  readonly bounded: Expression | null;
}

/** What an equation of every step is done for: each neuron; of a projection each synapse, source, target, or weight that synapses share. */
export type Lanes = "neurons" | "synapses" | "source" | "target" | "shared";

/** A new value: of `=`, or of x + Σ terms. */
export interface ComposedAssignment {
  readonly target: string;
  readonly value: Expression;
  readonly terms: readonly Term[];
  readonly operator: "=" | "+=";
}

/** A sum that behaviors add to. Terms that are held are evaluated by an input stage under the given name. */
export interface ComposedInput {
  readonly name: string;
  readonly terms: readonly (Term & { readonly heldAs: string | null })[];
}

interface At {
  readonly entity: Entity;
  readonly position: Position;
  readonly behaviors: readonly string[];
}

export type Stage = At &
  (
    | { readonly kind: "input"; readonly held: readonly { readonly name: string; readonly term: Term }[] }
    | {
        readonly kind: "dynamics";
        readonly lanes: Lanes;
        readonly derivatives: readonly ComposedDerivative[];
        readonly inputs: readonly ComposedInput[];
      }
    | {
        readonly kind: "assign";
        readonly lanes: Lanes;
        readonly assignments: readonly ComposedAssignment[];
        /** Steps between the times at which it happens. */
        readonly every: number;
      }
    /** What synapses do whose source or target has spiked. */
    | { readonly kind: "sweep"; readonly over: "pre" | "post"; readonly assignments: readonly ComposedAssignment[] }
    /** Sums over the synapses of each source or target. */
    | {
        readonly kind: "sum";
        readonly signals: readonly { readonly name: string; readonly per: "source" | "target"; readonly term: Term }[];
        readonly every: number;
      }
    | {
        readonly kind: "fire";
        readonly condition: Expression;
        /** What the condition is made of. */
        readonly conditions: readonly Term[];
        readonly assignments: readonly ComposedAssignment[];
      }
    | {
        readonly kind: "deliver";
        readonly assignments: readonly ComposedAssignment[];
        /** Factors of what is transmitted, beside the weight. */
        readonly efficacy: readonly Term[];
      }
    | { readonly kind: "couple"; readonly terms: readonly Term[] }
    | {
        readonly kind: "reduce";
        readonly signals: readonly { readonly name: string; readonly by: Signal["by"]; readonly term: Term }[];
      }
    | {
        readonly kind: "compete";
        readonly instance: BehaviorInstance;
        readonly k: number;
        readonly dimension: number | null;
        readonly ties: boolean;
        readonly terms: readonly Term[];
      }
    | { readonly kind: "host"; readonly instance: BehaviorInstance }
    | { readonly kind: "sample"; readonly instance: BehaviorInstance }
    | { readonly kind: "events"; readonly instance: BehaviorInstance }
  );

/** All stages of a step in order, and the inputs of each entity. */
export interface Plan {
  readonly stages: readonly Stage[];
  readonly inputs: ReadonlyMap<Entity, ReadonlyMap<string, ComposedInput>>;
}

/** Name of the column in which host code adds to an input. */
export const hostInput = (input: string): string => `${input}~host`;

/** The constant term of an input among the symbols of an expression. */
export const constantTerm = (input: string): string => `${input}~constant`;

/** Name of the column of what a signal is taken of. */
export const signalSource = (signal: string): string => `${signal}~of`;

/** Names of the columns of a competition: what decides, and who takes part, which becomes who lost. */
export const competitionNames = (instance: string): { readonly by: string; readonly among: string } => ({
  by: `${instance}~by`,
  among: `${instance}~among`,
});

/** What arrives at a receptor in this step, among the symbols of an expression. */
export const arrivalName = (receptor: string): string => `${receptor}~arriving`;
