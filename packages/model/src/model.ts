/** `defineModel`: a named list of behaviors that is called like a behavior. */
import type { MethodName } from "./method-names.ts";
import { NeuroweaveError } from "@neuroweave/equations";
import {
  acceptedNames,
  spelledOut,
  unknownParameter,
  type BehaviorDefinition,
  type BehaviorInstance,
  type ShapeValues,
} from "./behavior.ts";
import { noteModel } from "./recipe.ts";
import { symbolsIn } from "./rename.ts";
import type { OtherShapes, RenamedShape, Shape, Shaped, ShapeOf, UnionShape } from "./shapes.ts";

/** What a model may list: behaviors as defined, or instances with values of their own. */
export type ModelMember = BehaviorDefinition | BehaviorInstance;

type LooseMember = Shaped & { readonly kind: "definition" | "behavior" };

/** A model with its values, ready for a population. */
export interface ModelInstance<S extends Shape = Shape> extends Shaped<S> {
  /** Tells instances from definitions. */
  readonly kind: "model";
  /** Name of the model. */
  readonly name: string;
  /** Its behaviors with their values. */
  readonly members: readonly BehaviorInstance[];
  /** Integration method unless the population chooses one. */
  readonly method: MethodName | undefined;
}

/** What a model says beside its behaviors. */
export interface ModelOptions<S extends Shape = Shape> {
  /** Integration method that the model is used with. */
  readonly method?: MethodName;
  /** What the model is, in a sentence. */
  readonly doc?: string;
  /** The paper or system that it comes from. */
  readonly source?: string;
  /** Defaults that replace those of the behaviors. One whose behavior leaves the model is forgotten. */
  readonly defaults?: ShapeValues<S>;
}

/** A named list of behaviors, `U` the union of their shapes. Immutable: every change gives another model. */
export interface ModelDefinition<U extends Shape = Shape> extends Shaped<UnionShape<U>> {
  (values?: ShapeValues<UnionShape<U>>): ModelInstance<UnionShape<U>>;
  /** Tells models from behaviors. */
  readonly kind: "model definition";
  /** Name of the model. */
  readonly model: string;
  /** Its behaviors, in order. */
  readonly members: readonly ModelMember[];
  /** Method, defaults, documentation and source. */
  readonly options: ModelOptions;
  /** The model with further behaviors at its end. */
  with<const B extends readonly LooseMember[]>(...behaviors: B): ModelDefinition<U | ShapeOf<B[number]>>;
  /** The model without a behavior; refuses one that it does not have. */
  without<B extends LooseMember>(behavior: B): ModelDefinition<OtherShapes<U, B>>;
  /** The model with another behavior in the place of one. */
  replace<B extends LooseMember, C extends LooseMember>(
    behavior: B,
    by: C,
  ): ModelDefinition<OtherShapes<U, B> | ShapeOf<C>>;
  /** The model with other symbols, in every behavior that mentions them. */
  rename<const M extends Readonly<Record<string, string>>>(names: M): ModelDefinition<RenamedShape<U, M>>;
  /** The model under another name, with other defaults or another method. */
  named(name: string, options?: ModelOptions<UnionShape<U>>): ModelDefinition<U>;
}

/** Names a list of behaviors. Refuses two of the same name, and defaults of what no behavior has. */
export function defineModel<const L extends readonly LooseMember[]>(
  name: string,
  members: L,
  options: ModelOptions<UnionShape<ShapeOf<L[number]>>> = {},
): ModelDefinition<ShapeOf<L[number]>> {
  const list = members as unknown as readonly ModelMember[];
  requireAccepted(name, list, options.defaults ?? {});
  return define(name, list, options) as unknown as ModelDefinition<ShapeOf<L[number]>>;
}

const nameOf = (member: ModelMember): string => (member.kind === "definition" ? member.behavior : member.name);

const declarationOf = (member: ModelMember) => (member.kind === "definition" ? member.describe() : member.declaration);

function define(name: string, members: readonly ModelMember[], options: ModelOptions): ModelDefinition {
  const names = members.map(nameOf);
  const twice = names.find((each, index) => names.indexOf(each) !== index);
  if (twice !== undefined)
    throw new NeuroweaveError("duplicate-name", `model ${name} has two behaviors named ${twice}`, {
      remedy: `Name one of them: ${twice}({ name: "…" }).`,
    });
  const indexOf = (member: ModelMember): number => {
    const index = members.findIndex((each) => nameOf(each) === nameOf(member));
    if (index < 0)
      throw new NeuroweaveError("unknown-name", `model ${name} has no behavior ${nameOf(member)}`, {
        remedy: `It has ${names.join(", ")}.`,
      });
    return index;
  };
  const again = (list: readonly ModelMember[]): ModelDefinition => define(name, list, options);
  const call = (values: Readonly<Record<string, unknown>> = {}): ModelInstance => {
    const instance = instantiate(name, members, options, values);
    noteModel({ definition, instance, given: spelledOut(name, members.map(declarationOf), values) });
    return instance;
  };
  const rest = {
    kind: "model definition",
    model: name,
    members,
    options,
    with: (...more: readonly ModelMember[]) => again([...members, ...more]),
    without: (member: ModelMember) => again(members.toSpliced(indexOf(member), 1)),
    replace: (member: ModelMember, by: ModelMember) => again(members.with(indexOf(member), by)),
    rename: (symbols: Readonly<Record<string, string>>) =>
      define(name, renameMembers(name, members, symbols), renameDefaults(members, options, symbols)),
    named: (other: string, more: ModelOptions = {}) => {
      requireAccepted(other, members, more.defaults ?? {});
      return define(other, members, { ...options, ...more });
    },
  } as const;
  const definition = Object.assign(call, rest) as unknown as ModelDefinition;
  return definition;
}

const namesOf = (member: ModelMember): string[] => [...acceptedNames(declarationOf(member)), ...member.optionNames];

function requireAccepted(model: string, members: readonly ModelMember[], values: object): void {
  const accepted = members.flatMap(namesOf);
  for (const key of Object.keys(values))
    if (!accepted.includes(key)) throw unknownParameter(model, key, [...new Set(accepted)].sort());
}

function renameDefaults(
  members: readonly ModelMember[],
  { defaults, ...rest }: ModelOptions,
  symbols: Readonly<Record<string, string>>,
): ModelOptions {
  if (defaults === undefined) return rest;
  const renamed = (name: string): string => (Object.hasOwn(symbols, name) ? symbols[name]! : name);
  const full = spelledOut("the model", members.map(declarationOf), defaults);
  const entries = Object.entries(full).map(([key, value]) => [
    key.startsWith("init_") ? `init_${renamed(key.slice("init_".length))}` : renamed(key),
    value,
  ]);
  return { ...rest, defaults: Object.fromEntries(entries) as ShapeValues<Shape> };
}

function instantiate(
  name: string,
  members: readonly ModelMember[],
  options: ModelOptions,
  given: Readonly<Record<string, unknown>>,
): ModelInstance {
  requireAccepted(name, members, given);
  const declarations = members.map(declarationOf);
  const values = {
    ...spelledOut(name, declarations, options.defaults ?? {}),
    ...spelledOut(name, declarations, given),
  };
  const instances = members.map((member) => {
    const names = new Set(namesOf(member));
    const picked = Object.fromEntries(
      Object.entries(values).filter(([key, value]) => names.has(key) && value !== undefined),
    );
    return member.kind === "definition" ? (member as (v: object) => BehaviorInstance)(picked) : member.remake(picked);
  });
  return { kind: "model", name, members: instances, method: options.method };
}

function renameMembers(
  model: string,
  members: readonly ModelMember[],
  symbols: Readonly<Record<string, string>>,
): readonly ModelMember[] {
  for (const from of Object.keys(symbols))
    if (!members.some((member) => symbolsIn(declarationOf(member)).has(from)))
      throw new NeuroweaveError("unknown-name", `no behavior of model ${model} mentions ${from}`, {
        remedy: "Rename a symbol that the model has.",
      });
  return members.map((member) => {
    const mentioned = symbolsIn(declarationOf(member));
    const own = Object.fromEntries(Object.entries(symbols).filter(([from]) => mentioned.has(from)));
    if (Object.keys(own).length === 0) return member;
    if (member.kind === "definition") return member.rename(own) as unknown as ModelMember;
    throw new NeuroweaveError("unknown-name", `${member.name} is an instance and cannot be renamed within ${model}`, {
      remedy: `Rename the behavior before giving it values: ${member.declaration.behavior}.rename({ … })({ … }).`,
    });
  });
}
