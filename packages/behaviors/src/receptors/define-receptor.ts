/** What receptors that act through an input have in common: private symbols, exact dynamics, and a choice of the input. */
import { checkName } from "@neuroweave/equations";
import {
  defineBehavior,
  type BehaviorArguments,
  type BehaviorDefinition,
  type BehaviorInstance,
  type ParameterDeclaration,
  type Reshaped,
  type Shape,
  type StateDeclaration,
} from "@neuroweave/model";

/** A receptor is a behavior that requires the input that `into` names, `I` unless it is given. */
export interface ReceptorDefinition<S extends Shape> extends BehaviorDefinition<S> {
  <const Into extends string>(
    values: BehaviorArguments<S> & { readonly into: Into },
  ): BehaviorInstance<Reshaped<S, { readonly requires: Exclude<S["requires"], "I"> | Into }>>;
}

/** What `defineReceptor` takes. */
export interface ReceptorSpecification<P, S, R extends string> {
  /** camelCase name. */
  readonly name: string;
  /** What it is, in a sentence. */
  readonly doc: string;
  /** The paper or system that it comes from. */
  readonly source: string;
  /** Values that are given from outside, by name. */
  readonly parameters?: P;
  /** Variables, by name. */
  readonly state: S;
  /** Names beside the input that others must provide, such as `v`. */
  readonly requires?: readonly R[];
  /** Linear differential equations of its state; they are solved exactly. */
  readonly equations?: string;
  /** Assignments at `Input` of what `arriving` brings. */
  readonly onArrival: string;
  /** The expression that is added to the input. It follows what is integrated, in every stage of a method. */
  readonly current: string;
}

type NamesOf<T> = keyof T & string;

/**
 * Defines a receptor that adds a current to an input. Its option `into` names the input; a name that cannot be one is refused.
 */
export function defineReceptor<
  const Name extends string,
  const S extends Readonly<Record<string, StateDeclaration>>,
  const P extends Readonly<Record<string, ParameterDeclaration>> = Record<never, never>,
  const R extends string = never,
>(
  specification: ReceptorSpecification<P, S, R> & { readonly name: Name },
): ReceptorDefinition<{
  readonly behavior: Name;
  readonly parameters: NamesOf<P>;
  readonly states: NamesOf<S>;
  readonly variables: NamesOf<S>;
  readonly requires: R | "I";
  readonly options: { readonly into: string };
}> {
  const { current, equations = "", ...rest } = specification;
  const definition = defineBehavior({
    ...rest,
    scope: "instance",
    method: "exact",
    options: { into: "I" },
    build({ into }) {
      checkName(into, "an input");
      return { equations: `${equations}\n${into} += ${current}` };
    },
  });
  return definition as unknown as ReturnType<typeof defineReceptor<Name, S, P, R>>;
}
