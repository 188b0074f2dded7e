/** What stimuli have in common: private symbols, a value that is held for the step, and a choice of the input. */
import { checkName } from "@neuroweave/equations";
import {
  defineBehavior,
  Phase,
  type BehaviorArguments,
  type BehaviorDefinition,
  type BehaviorInstance,
  type ParameterDeclaration,
  type Reshaped,
  type Shape,
  type StateDeclaration,
  type Table,
} from "@neuroweave/model";

/** A stimulus is a behavior that requires the input that `into` names, `I` unless it is given. */
export interface StimulusDefinition<S extends Shape> extends BehaviorDefinition<S> {
  <const Into extends string>(
    values: BehaviorArguments<S> & { readonly into: Into },
  ): BehaviorInstance<Reshaped<S, { readonly requires: Into }>>;
}

/** What `defineStimulus` takes. */
export interface StimulusSpecification<P, S, O extends object> {
  /** camelCase name. */
  readonly name: string;
  /** What it is, in a sentence. */
  readonly doc: string;
  /** The paper or system that it comes from. */
  readonly source: string;
  /** Values that are given from outside, by name. */
  readonly parameters?: P;
  /** Variables, by name. */
  readonly state?: S;
  /** Defaults of options beside `into`. */
  readonly options?: O;
  /** Equations beside the one that adds to the input. */
  readonly equations?: string;
  /** Checks the options and gives the tables that they stand for. */
  readonly tables?: (options: O) => Readonly<Record<string, Table>>;
  /** The expression that is added to the input. */
  readonly current: string;
}

type NamesOf<T> = keyof T & string;

/** Defines a stimulus. Its option `into` names the input that it adds to; a name that cannot be one is refused. */
export function defineStimulus<
  const Name extends string,
  const P extends Readonly<Record<string, ParameterDeclaration>> = Record<never, never>,
  const S extends Readonly<Record<string, StateDeclaration>> = Record<never, never>,
  O extends object = Record<never, never>,
>(
  specification: StimulusSpecification<P, S, O> & { readonly name: Name },
): StimulusDefinition<{
  readonly behavior: Name;
  readonly parameters: NamesOf<P>;
  readonly states: NamesOf<S>;
  readonly variables: NamesOf<S>;
  readonly requires: "I";
  readonly options: O & { readonly into: string };
}> {
  const { current, equations = "", tables, options, ...rest } = specification;
  const definition = defineBehavior({
    ...rest,
    scope: "instance",
    priority: Phase.Input,
    options: { ...options, into: "I" },
    build({ into, ...chosen }) {
      checkName(into, "an input");
      const body = { equations: `${equations}\n${into} += ${current}` };
      return tables ? { ...body, tables: tables(chosen as unknown as O) } : body;
    },
  });
  return definition as unknown as ReturnType<typeof defineStimulus<Name, P, S, O>>;
}
