/** `defineBehavior`: declarations become factories of instances. */
import { NeuroweaveError, nearest, withPlace } from "@neuroweave/equations";
import type { Declaration, EventList, SampleRequest, Signal, Table } from "./declaration.ts";
import type { HostContext } from "./host.ts";
import type { MethodName } from "./method-names.ts";
import type { InputDeclaration, ParameterDeclaration, ParameterValue, StateDeclaration } from "./parameters.ts";
import { declare } from "./declare.ts";
import { noteRecipe, type Origin, type RecipeChange } from "./recipe.ts";
import { redeclare, type SymbolChange, type SymbolChanges } from "./redeclare.ts";
import { bindDeclaration, renameDeclaration, requireMentioned } from "./rename.ts";
import type { RenamedShape, Reshaped, Shape, Shaped } from "./shapes.ts";

/** The parts of a behavior that may depend on its options. */
export interface BehaviorBody {
  /** When in a step it runs; lower runs first. A phase or any finite number. Where none is given: that of what the behavior does, most often `Phase.Dynamics`. */
  readonly priority?: number;
  /** Names of behaviors of the same priority that must come later. */
  readonly before?: string | readonly string[];
  /** Names of behaviors of the same priority that must come earlier. */
  readonly after?: string | readonly string[];
  /** Statements of the equation language. */
  readonly equations?: string;
  /** Assignments for the neurons that spike, run at `Firing`, reading the values from before any reset. */
  readonly onSpike?: string;
  /**
   * Makes the behavior a receptor: assignments at `Input` of what `arriving` brings, the sum of what projections transmit to
   * it in this step.
   */
  readonly onArrival?: string;
  /**
   * For projections: assignments for the synapses of a source that spiked; `pre.x` and `post.x` are variables of the ends. Of a behavior
   * behind `Firing` (learning rules are, unless they say otherwise) it happens at the priority, after the equations, in the step in which
   * the spike reaches the synapse: that of the spike, plus the axonal share of the delay. Otherwise it goes with the transmission:
   * `efficacy = …` is this behavior's factor of what is transmitted, w times all factors, and `t` is the moment of the spike.
   */
  readonly onPre?: string;
  /**
   * For projections: assignments for the synapses of a target that spiked, at the priority, after those of `onPre`, in the step in which
   * the spike has come back to the synapse: that of the spike, plus the dendritic share of the delay.
   */
  readonly onPost?: string;
  /**
   * For projections: expressions between which variables stay, such as `{ w: { min: "w_min", max: "w_max" } }`. They hold at every write of
   * whatever behavior, and from the beginning.
   */
  readonly bounds?: Readonly<Record<string, { readonly min?: string; readonly max?: string }>>;
  /** For projections: its equations happen in the steps k ≡ 0 (mod every / dt) only; in ms. Not for derivatives. */
  readonly every?: number;
  /** For projections: what every synapse adds to its receptor in each step, instead of spikes, such as `w * (pre.v - post.v)`. */
  readonly coupling?: string;
  /**
   * Numbers that are taken over the whole population at the priority, by name; equations read them like parameters. For projections sums
   * over the synapses of each source or target.
   */
  readonly signals?: Readonly<
    Record<string, { readonly of: string; readonly by: Signal["by"]; readonly per?: "source" | "target" }>
  >;
  /** A competition at the priority: `onLose` holds for those `among` which have not one of the k largest values of `by`. */
  readonly competition?: {
    readonly by: string;
    readonly among: string;
    readonly k: number;
    readonly dimension?: number | undefined;
    readonly ties?: boolean | undefined;
  };
  /** Assignments for the neurons that lost the competition. */
  readonly onLose?: string;
  /** Condition under which a neuron spikes. */
  readonly spike?: string;
  /** Further condition that every spike needs. */
  readonly spikeRequires?: string;
  /** Variables whose derivatives are zero while a condition holds; "all" are those of the model. */
  readonly hold?: { readonly variables: string | readonly string[]; readonly while: string };
  /** Integration method of its own equations, whatever the population's. */
  readonly method?: MethodName;
  /** What a recorder samples. */
  readonly sample?: SampleRequest;
  /** Values over time that equations read by name. */
  readonly tables?: Readonly<Record<string, Table>>;
  /** Moments at which a state variable is set for one step. */
  readonly events?: EventList;
  /** Defaults of parameters that options decide, instead of those that are declared. */
  readonly defaults?: Readonly<Record<string, ParameterValue>>;
  /** For projections: ends to which parameters and variables belong that options decide, instead of those that are declared. */
  readonly per?: Readonly<Record<string, "source" | "target">>;
  /** What column `spike` holds when step 0 begins, not zero for a spike: one value, one per neuron, or a distribution. */
  readonly initialSpikes?: ParameterValue;
}

/** What `defineBehavior` takes. */
export interface BehaviorSpecification<
  P extends Readonly<Record<string, ParameterDeclaration>>,
  S extends Readonly<Record<string, StateDeclaration>>,
  I extends Readonly<Record<string, InputDeclaration>>,
  R extends string,
  O extends object,
> extends BehaviorBody {
  /** camelCase name, by which `before`, `after` and addresses refer to it. */
  readonly name: string;
  /** What the behavior is, in a sentence. */
  readonly doc?: string;
  /** The paper or system that equations and defaults come from. */
  readonly source?: string;
  /** `shared`: its symbols are the population's, as others know them. `instance`: they are its own, addressed `name.symbol`. */
  readonly scope?: "shared" | "instance";
  /**
   * Whether it learns (weights, homeostatic thresholds): while `network.learning` is false, it keeps and provides its symbols,
   * and none of its equations and assignments happen; host code is told by `learning`.
   */
  readonly adaptive?: boolean;
  /** Values that are given from outside, by name. */
  readonly parameters?: P;
  /** Variables, by name, one value for each neuron (or synapse). */
  readonly state?: S;
  /** Sums to which other behaviors add. */
  readonly inputs?: I;
  /** Names that others must provide; tells the type checker what the equations already say. */
  readonly requires?: readonly R[];
  /** Default values of options. */
  readonly options?: O;
  /** The parts that depend on options. */
  readonly build?: (options: Required<O>) => BehaviorBody;
  /** Host code, run at the priority. */
  readonly step?: (context: HostContext<keyof P & string, keyof S & string>) => void;
  /** Names of variables of others that `step` changes. */
  readonly writes?: readonly string[];
}

/** Values and options by name: parameters, constant terms of inputs, and initial values, as `init_v` or just `v`. */
export type ShapeValues<S extends Shape> = {
  readonly [Name in S["parameters"] | S["states"] | `init_${S["states"]}`]?: ParameterValue;
} & Partial<S["options"]>;

/** Values and options that a factory takes. */
export type BehaviorArguments<S extends Shape> = ShapeValues<S> & {
  /** Name of the instance; needed when a behavior is attached twice. */
  readonly name?: string;
};

/** A behavior with its values, ready to be attached. Immutable; may be attached to any number of populations. */
export interface BehaviorInstance<S extends Shape = Shape> extends Shaped<S> {
  /** Tells instances from definitions. */
  readonly kind: "behavior";
  /** Name of the instance: that of the behavior unless it was given. */
  readonly name: string;
  /** What it declares, with its options. */
  readonly declaration: Declaration;
  /** Values that were given, by parameter name or `init_` and state name. */
  readonly values: ReadonlyMap<string, ParameterValue>;
  /** The same instance with further values and options. */
  readonly remake: (values: Readonly<Record<string, unknown>>) => BehaviorInstance<S>;
  /** Names that may be given, options included. */
  readonly optionNames: readonly string[];
}

/** A behavior as its author defined it: call it with values to get an instance. */
export interface BehaviorDefinition<S extends Shape = Shape> extends Shaped<S> {
  (values?: BehaviorArguments<S>): BehaviorInstance<S>;
  /** Tells definitions from instances. */
  readonly kind: "definition";
  /** Name of the behavior. */
  readonly behavior: S["behavior"];
  /** The same behavior with other symbols. */
  rename<const M extends Readonly<Record<string, string>>>(names: M): BehaviorDefinition<RenamedShape<S, M>>;
  /** The same behavior with parameters replaced by expressions of other symbols. */
  bind<const M extends { readonly [Name in S["parameters"]]?: string }>(
    expressions: M & { readonly [Name in Exclude<keyof M, S["parameters"]>]: never },
  ): BehaviorDefinition<Reshaped<S, { readonly parameters: Exclude<S["parameters"], keyof M> }>>;
  /** The same behavior with other defaults, units, ranges or documentation of its symbols. */
  redeclare(changes: SymbolChanges<S["parameters"] | S["states"]>): BehaviorDefinition<S>;
  /** The same behavior under another name, so that a model can list it twice. */
  named<const Name extends string>(name: Name): BehaviorDefinition<Reshaped<S, { readonly behavior: Name }>>;
  /** Parameter names and documentation, for lists and checks. */
  describe(): Declaration;
  /** Names that may be given, options included. */
  readonly optionNames: readonly string[];
}

type NamesOf<T> = keyof T & string;

/** Every definition made so far, by name: only to tell who could provide a missing symbol. */
const catalog = new Map<string, BehaviorDefinition>();

/** Definitions that provide a symbol, by behavior name, sorted. */
export function providersOf(symbol: string): string[] {
  const provides = ({ parameters, states, inputs }: Declaration): boolean =>
    parameters.has(symbol) || states.has(symbol) || inputs.has(symbol);
  return [...catalog.values()]
    .filter((definition) => provides(definition.describe()) && definition.describe().scope === "shared")
    .map((definition) => definition.behavior)
    .sort();
}

/** Names of definitions that `catalog` does not keep, as long as somebody else does. */
const passing = new Map<string, WeakRef<BehaviorDefinition>>();

/** Whether a behavior of this name has ever been defined, and is still there. */
export const isKnownBehavior = (name: string): boolean => catalog.has(name) || passing.get(name)?.deref() !== undefined;

/** Names of all behaviors defined so far, sorted. */
export const knownBehaviors = (): string[] => [...catalog.keys()].sort();

/**
 * Defines a behavior: parameters, state, equations and code under one name. Texts are parsed and checked here; refuses a
 * declaration that contradicts itself with the place in the text.
 */
export function defineBehavior<
  const Name extends string,
  const P extends Readonly<Record<string, ParameterDeclaration>> = Record<never, never>,
  const S extends Readonly<Record<string, StateDeclaration>> = Record<never, never>,
  const I extends Readonly<Record<string, InputDeclaration>> = Record<never, never>,
  const R extends string = never,
  O extends object = Record<never, never>,
>(
  specification: BehaviorSpecification<P, S, I, R, O> & { readonly name: Name },
): BehaviorDefinition<{
  readonly behavior: Name;
  readonly parameters: NamesOf<P> | NamesOf<I>;
  readonly states: NamesOf<S>;
  readonly variables: NamesOf<S> | NamesOf<I>;
  readonly requires: R;
  readonly options: O;
}> {
  const definition = defined(specification);
  catalog.set(specification.name, definition);
  return definition as ReturnType<typeof defineBehavior<Name, P, S, I, R, O>>;
}

/** A behavior from a specification that has come as data. It is forgotten with the networks that use it. */
export function defineFromFile(specification: Readonly<Record<string, unknown>> & { readonly name: string }): BehaviorDefinition {
  const definition = defined(specification as never);
  for (const [name, kept] of passing) if (kept.deref() === undefined) passing.delete(name);
  passing.set(specification.name, new WeakRef(definition));
  return definition;
} // prettier-ignore

function defined<
  P extends Readonly<Record<string, ParameterDeclaration>>,
  S extends Readonly<Record<string, StateDeclaration>>,
  I extends Readonly<Record<string, InputDeclaration>>,
  R extends string,
  O extends object,
>(specification: BehaviorSpecification<P, S, I, R, O>): BehaviorDefinition {
  const defaults: object = specification.options ?? {};
  const bodyFor = (options: object): BehaviorBody => {
    try {
      return specification.build?.({ ...defaults, ...options } as Required<O>) ?? {};
    } catch (error) {
      throw withPlace(error, { behavior: specification.name });
    }
  };
  const build = (options: object): Declaration => declare(specification, bodyFor(options));
  const definition: BehaviorDefinition = define(specification.name, Object.keys(defaults), build, {
    definition: () => definition,
    specification: specification as unknown as Readonly<Record<string, unknown>>,
    bodyFor,
    changes: [],
  });
  definition.describe();
  return definition;
}

function define(
  behavior: string,
  optionNames: readonly string[],
  build: (options: object) => Declaration,
  origin: Origin,
): BehaviorDefinition {
  let plain: Declaration | undefined;
  const describe = (): Declaration => (plain ??= build({}));
  const create = (given: Readonly<Record<string, unknown>> = {}): BehaviorInstance => {
    const options = Object.fromEntries(
      Object.entries(given).filter(([key, value]) => optionNames.includes(key) && value !== undefined),
    );
    const declaration = Object.keys(options).length === 0 ? describe() : build(options);
    const values = spelledOut(behavior, [declaration], given);
    const remake = (more: Readonly<Record<string, unknown>>): BehaviorInstance =>
      create({ ...values, ...spelledOut(behavior, [declaration], more) });
    const instance = { ...instantiate(declaration, values, optionNames), remake, optionNames };
    noteRecipe(instance, { ...origin, given: values });
    return instance;
  };
  /** Another definition, made of the declaration for whatever options; what is wrong with it is refused at once. */
  const derive = (change: (declaration: Declaration) => Declaration, step: RecipeChange, name = behavior): never => {
    const changes = [...origin.changes, step];
    const derived = define(name, optionNames, (options) => change(build(options)), { ...origin, changes });
    derived.describe();
    return derived as never;
  };
  const rest: Omit<BehaviorDefinition, "~shape"> = {
    kind: "definition",
    behavior,
    optionNames,
    describe,
    rename(names) {
      requireMentioned(describe(), names);
      return derive((declaration) => renameDeclaration(declaration, names), { rename: { ...names } });
    },
    bind(expressions) {
      const given = { ...expressions } as Record<string, string>;
      return derive((declaration) => bindDeclaration(declaration, given), { bind: given });
    },
    redeclare: (changes) =>
      derive((declaration) => redeclare(declaration, changes), {
        redeclare: { ...changes } as Readonly<Record<string, SymbolChange>>,
      }),
    named: (name) => derive((declaration) => ({ ...declaration, behavior: name }), { named: name }, name),
  };
  return Object.assign(create, rest) as BehaviorDefinition;
}

/** An instance with checked names; refuses names that the behavior does not have. */
function instantiate(
  declaration: Declaration,
  values: Readonly<Record<string, unknown>>,
  optionNames: readonly string[],
): Omit<BehaviorInstance, "remake" | "optionNames"> {
  const accepted = acceptedNames(declaration);
  const given = new Map<string, ParameterValue>();
  for (const [key, value] of Object.entries(values)) {
    if (key === "name" || optionNames.includes(key) || value === undefined) continue;
    if (!accepted.includes(key)) throw unknownParameter(declaration.behavior, key, [...accepted, ...optionNames]);
    given.set(key, value as ParameterValue);
  }
  const name = values["name"] ?? declaration.behavior;
  if (typeof name !== "string" || !/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name))
    throw new NeuroweaveError("invalid-name", `${JSON.stringify(name)} cannot be the name of an instance`, {
      behavior: declaration.behavior,
      remedy: "Use letters, digits, _ and -, beginning with a letter or _.",
    });
  return { kind: "behavior", name, declaration, values: given };
}

/** Names that may be given to an instance: parameters, constant terms of inputs, initial values (`init_v`, or just `v`). */
export function acceptedNames({ parameters, states, inputs }: Declaration): string[] {
  const initial = [...states.keys()].flatMap((name) => [`init_${name}`, name]);
  return [...parameters.keys(), ...inputs.keys(), ...initial];
}

/** Values with initial values under their full names, `init_v` for `v`. Refuses a start value that is given under both. */
export function spelledOut(
  owner: string,
  declarations: readonly Declaration[],
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const isState = (name: string): boolean => declarations.some(({ states }) => states.has(name));
  const entries = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [isState(key) ? `init_${key}` : key, value] as const);
  const keys = entries.map(([key]) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined)
    throw new NeuroweaveError("duplicate-name", `${owner} is given ${twice} and ${twice.slice("init_".length)}`, {
      behavior: owner,
      remedy: "They are the same start value. Give it once.",
    });
  return Object.fromEntries(entries);
}

/** The refusal of a name, with the nearest that exist. */
export function unknownParameter(owner: string, key: string, accepted: readonly string[]): NeuroweaveError {
  const near = nearest(key, accepted);
  return new NeuroweaveError("unknown-name", `${owner} has no parameter ${key}`, {
    behavior: owner,
    candidates: near,
    remedy: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `It has ${accepted.join(", ") || "none"}.`,
  });
}
