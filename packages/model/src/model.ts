/** `defineModel`: a named list of behaviors that is called like a behavior. */
import { NeuroweaveError } from "@neuroweave/equations";
import {
  acceptedNames,
  unknownParameter,
  type BehaviorArguments,
  type BehaviorDefinition,
  type BehaviorInstance,
} from "./behavior.ts";
import { symbolsIn } from "./rename.ts";
import type { RenamedShape, Shape, Shaped, ShapeOf, UnionShape } from "./shapes.ts";

/** What a model may list: behaviors as defined, or instances with values of their own. */
export type ModelMember = BehaviorDefinition | BehaviorInstance;

type LooseMember = Shaped & { readonly kind: "definition" | "behavior" };
type ShapeOfAll<U> = UnionShape<ShapeOf<U>>;

/** A model with its values, ready for a population. */
export interface ModelInstance<S extends Shape = Shape> extends Shaped<S> {
  readonly kind: "model";
  readonly name: string;
  readonly members: readonly BehaviorInstance[];
  /** Integration method unless the population chooses one. */
  readonly method: string | undefined;
}

export interface ModelOptions {
  /** Integration method that the model is used with. */
  readonly method?: string;
  readonly doc?: string;
  readonly source?: string;
  /** Defaults that replace those of the behaviors. */
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/** A named list of behaviors. Immutable: every change gives another model. */
export interface ModelDefinition<U extends Shaped = Shaped> extends Shaped<ShapeOfAll<U>> {
  (values?: BehaviorArguments<ShapeOfAll<U>>): ModelInstance<ShapeOfAll<U>>;
  readonly kind: "model definition";
  readonly model: string;
  readonly members: readonly ModelMember[];
  readonly options: ModelOptions;
  /** The model with further behaviors at its end. */
  with<const B extends readonly LooseMember[]>(...behaviors: B): ModelDefinition<U | B[number]>;
  /** The model without a behavior; refuses one that it does not have. */
  without<B extends LooseMember>(behavior: B): ModelDefinition<Exclude<U, B>>;
  /** The model with another behavior in the place of one. */
  replace<B extends LooseMember, C extends LooseMember>(behavior: B, by: C): ModelDefinition<Exclude<U, B> | C>;
  /** The model with other symbols, in every behavior that mentions them. */
  rename<const M extends Readonly<Record<string, string>>>(names: M): ModelDefinition<Shaped<RenamedShape<ShapeOfAll<U>, M>>>;
  /** The model under another name, with other defaults or another method. */
  named(name: string, options?: ModelOptions): ModelDefinition<U>;
}

/** Names a list of behaviors. Refuses two of the same name. */
export function defineModel<const L extends readonly LooseMember[]>(
  name: string,
  members: L,
  options: ModelOptions = {},
): ModelDefinition<L[number]> {
  return define(name, members as unknown as readonly ModelMember[], options) as unknown as ModelDefinition<L[number]>;
}

const nameOf = (member: ModelMember): string => (member.kind === "definition" ? member.behavior : member.name);

const declarationOf = (member: ModelMember) => (member.kind === "definition" ? member.describe() : member.declaration);

function define(name: string, members: readonly ModelMember[], options: ModelOptions): ModelDefinition<Shaped<Shape>> {
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
  const again = (list: readonly ModelMember[]): ModelDefinition<Shaped<Shape>> => define(name, list, options);
  const call = (values: Readonly<Record<string, unknown>> = {}): ModelInstance =>
    instantiate(name, members, options, values);
  const rest = {
    kind: "model definition",
    model: name,
    members,
    options,
    with: (...more: readonly ModelMember[]) => again([...members, ...more]),
    without: (member: ModelMember) => again(members.toSpliced(indexOf(member), 1)),
    replace: (member: ModelMember, by: ModelMember) => again(members.with(indexOf(member), by)),
    rename: (symbols: Readonly<Record<string, string>>) => again(renameMembers(name, members, symbols)),
    named: (other: string, more: ModelOptions = {}) => define(other, members, { ...options, ...more }),
  } as const;
  return Object.assign(call, rest) as unknown as ModelDefinition<Shaped<Shape>>;
}

function instantiate(
  name: string,
  members: readonly ModelMember[],
  options: ModelOptions,
  given: Readonly<Record<string, unknown>>,
): ModelInstance {
  const defaults = options.defaults ?? {};
  const accepted = members.flatMap((member) => [...acceptedNames(declarationOf(member)), ...member.optionNames]);
  for (const key of [...Object.keys(defaults), ...Object.keys(given)])
    if (!accepted.includes(key)) throw unknownParameter(name, key, [...new Set(accepted)].sort());
  const values = { ...defaults, ...given };
  const instances = members.map((member) => {
    const names = new Set([...acceptedNames(declarationOf(member)), ...member.optionNames]);
    const picked = Object.fromEntries(Object.entries(values).filter(([key, value]) => names.has(key) && value !== undefined));
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
