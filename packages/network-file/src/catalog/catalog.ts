/** What there is: every behavior, model and connector that a file may use, with all that they take, and every device. */
import { print } from "@neuroweave/equations";
import {
  isDistribution,
  recipeOf,
  type BehaviorInstance,
  type Declaration,
  type ModelDefinition,
  type ParameterValue,
} from "@neuroweave/model";
import type { Device } from "@neuroweave/kernel";
import type { Plugin, PluginConnector } from "../plugin/plugin.ts";
import { vocabularyOf, type Vocabulary } from "../plugin/vocabulary.ts";
import type { CatalogKind, CatalogPlace } from "./kinds.ts";

/** A value as it is shown: a number, a list, a text or a switch; of a distribution its call. */
type ShownValue = number | string | boolean | null | readonly number[];

/** A parameter of a behavior or model, or an argument of a connector. */
export interface CatalogParameter {
  readonly name: string;
  readonly default?: ShownValue;
  readonly unit: string;
  readonly min?: number;
  readonly max?: number;
  readonly doc: string;
}

/** A choice that a behavior or connector offers. */
export interface CatalogOption {
  readonly name: string;
  readonly default?: ShownValue;
  /** The values that it takes, where those can be listed. */
  readonly values?: readonly (string | boolean)[];
  readonly doc: string;
}

/** A variable of a behavior or model. */
export interface CatalogState {
  readonly name: string;
  readonly init: ShownValue;
  readonly unit: string;
  readonly doc: string;
}

/** A behavior, model or connector with what it takes; or a device, which takes nothing. */
export interface CatalogEntry {
  /** The name that is imported, and that `use` says; of a device the name that `device` says. */
  readonly name: string;
  readonly kind: CatalogKind | "device";
  /** What it is attached to; of a device the network, which it runs. */
  readonly where: CatalogPlace | "network";
  readonly doc: string;
  readonly source: string;
  /** Of a connector its arguments, in order. */
  readonly parameters: readonly CatalogParameter[];
  readonly options: readonly CatalogOption[];
  readonly states: readonly CatalogState[];
  readonly equations: readonly string[];
  /** Of a model: its behaviors. */
  readonly members?: readonly string[];
}

/** All that some plugins have, each list by name. */
export interface Catalog {
  readonly behaviors: readonly CatalogEntry[];
  readonly models: readonly CatalogEntry[];
  readonly connectors: readonly CatalogEntry[];
  readonly receptors: readonly CatalogEntry[];
  readonly stimuli: readonly CatalogEntry[];
  readonly sources: readonly CatalogEntry[];
  readonly plasticity: readonly CatalogEntry[];
  readonly synapses: readonly CatalogEntry[];
  readonly signals: readonly CatalogEntry[];
  readonly devices: readonly CatalogEntry[];
}

/** Every entry, sorted by name. */
function catalogEntries(vocabulary: Vocabulary): CatalogEntry[] {
  const { behaviors, models, connectors, devices } = vocabulary;
  const entries = [
    ...[...behaviors].map(([name, definition]) => entryOf(name, "behavior", [definition()], vocabulary)),
    ...[...models].map(([name, model]) => modelEntry(name, model, vocabulary)),
    ...[...connectors].map(([name, each]) => connectorEntry(name, each)),
    ...[...devices.values()].map(deviceEntry),
  ];
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The entries by kind, each list sorted by name; plasticity rules and the like are under their kind, whether behavior or model. */
function catalogFor(vocabulary: Vocabulary): Catalog {
  const entries = catalogEntries(vocabulary);
  const of = (kind: CatalogEntry["kind"]) => entries.filter((each) => each.kind === kind);
  return {
    behaviors: of("behavior"),
    models: of("model"),
    connectors: of("connector"),
    receptors: of("receptor"),
    stimuli: of("stimulus"),
    sources: of("source"),
    plasticity: of("plasticity"),
    synapses: of("synapse"),
    signals: of("signal"),
    devices: of("device"),
  };
}

/** What the standard library has. */
export const standardCatalog = (): Catalog => catalogFor(vocabularyOf());

/** What the standard library and further plugins have. Refuses plugins that give one name twice. */
export const catalogOf = (plugins: readonly Plugin[]): Catalog => catalogFor(vocabularyOf(plugins));

function modelEntry(name: string, model: ModelDefinition, vocabulary: Vocabulary): CatalogEntry {
  const { members } = model();
  const { doc, source, defaults = {} } = model.options;
  const entry = entryOf(name, "model", members, vocabulary, defaults as Readonly<Record<string, ParameterValue>>);
  return {
    ...entry,
    doc: doc ?? members.map(({ declaration }) => declaration.doc).join(" "),
    source: source ?? [...new Set(members.map(({ declaration }) => declaration.source))].join("; "),
    members: members.map((each) => each.name),
  };
}

/** The first of each name. */
const unique = <T extends { readonly name: string }>(all: readonly T[]): T[] =>
  all.filter((each, at) => all.findIndex(({ name }) => name === each.name) === at);

/** Options that behaviors of a model share take what all of them take; the last of them says what they mean. */
const merged = (all: readonly CatalogOption[]): CatalogOption[] =>
  unique(all).map(({ name }) => {
    const alike = all.filter((each) => each.name === name);
    const last = alike.at(-1)!;
    if (last.values === undefined) return last;
    return { ...last, values: last.values.filter((value) => alike.every(({ values }) => values?.includes(value))) };
  });

function entryOf(
  name: string,
  usual: "behavior" | "model",
  members: readonly BehaviorInstance[],
  vocabulary: Vocabulary,
  defaults: Readonly<Record<string, ParameterValue>> = {},
): CatalogEntry {
  const declarations = members.map(({ declaration }) => declaration);
  const sort = vocabulary.ownerOf(name).kinds.get(name) ?? usualSort(usual, declarations);
  const given = (declaration: Declaration, key: string): ParameterValue | undefined =>
    defaults[key] ?? members.find((each) => each.declaration === declaration)?.values.get(key);
  return {
    name,
    ...sort,
    doc: declarations[0]!.doc,
    source: declarations[0]!.source,
    parameters: unique(declarations.flatMap((each) => parametersOf(each, (key) => given(each, key)))),
    options: merged(members.flatMap((each) => optionsOf(each, vocabulary))),
    states: unique(declarations.flatMap((each) => statesOf(each, (key) => given(each, key)))),
    equations: declarations.flatMap(equationsOf),
  };
}

/** What a declaration tells of its kind and place. */
function usualSort(usual: "behavior" | "model", declarations: readonly Declaration[]) {
  const isReceptor = usual === "behavior" && declarations.some(({ onArrival }) => onArrival.length > 0);
  const isOfSynapses = declarations.some(
    ({ onPre, onPost, coupling, bounds, requires }) =>
      onPre.length + onPost.length + bounds.size > 0 || coupling !== null || requires.includes("efficacy"),
  );
  const where = isOfSynapses ? ("projection" as const) : ("population" as const);
  return { kind: isReceptor ? ("receptor" as const) : usual, where };
}

type Given = (key: string) => ParameterValue | undefined;

function parametersOf({ parameters, inputs }: Declaration, given: Given): CatalogParameter[] {
  return [
    ...[...parameters].map(([name, { default: value, unit = "", min, max, doc = "" }]) => ({
      name,
      default: shown(given(name) ?? value),
      unit,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      doc,
    })),
    ...[...inputs].map(([name, { default: value = 0, unit = "", doc = "" }]) => ({
      name,
      default: shown(given(name) ?? value),
      unit,
      doc: doc || "constant term of the input",
    })),
  ];
}

const statesOf = ({ states }: Declaration, given: Given): CatalogState[] =>
  [...states].map(([name, { init, unit = "", doc = "" }]) => ({
    name,
    init: shown(given(`init_${name}`) ?? given(name) ?? init),
    unit,
    doc,
  }));

function optionsOf(instance: BehaviorInstance, vocabulary: Vocabulary): CatalogOption[] {
  const recipe = recipeOf(instance)!;
  const defaults = (recipe.specification["options"] ?? {}) as Readonly<Record<string, unknown>>;
  return instance.optionNames.map((name) => {
    const { doc, values } = vocabulary.optionWords(recipe.definition(), name);
    const value = recipe.given[name] ?? defaults[name];
    return {
      name,
      ...(value === undefined ? {} : { default: shown(value) }),
      ...(values === undefined ? {} : { values }),
      doc,
    };
  });
}

function shown(value: unknown): ShownValue {
  if (isDistribution(value)) return value.text;
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return value;
  return Array.from(value as ArrayLike<number>);
}

/** What a behavior does, in the equation language, with its symbols as they are called now. */
function equationsOf(declaration: Declaration): string[] {
  const { bindings, equations, onSpike, onArrival, onPre, onPost, onLose, coupling, spike, bounds } = declaration;
  const lines = (sources: Declaration["equations"]): string[] => sources.flatMap(({ parsed }) => parsed.map((each) => print(each)));
  const under = (label: string, list: readonly string[]): string[] => list.map((each) => `${label}: ${each}`);
  return [
    ...[...bindings].map(([name, { parsed }]) => `${name} = ${print(parsed)}`),
    ...lines(equations),
    ...under("spike", spike ? [print(spike.parsed)] : []),
    ...under("on spike", lines(onSpike)),
    ...under("on arrival", lines(onArrival)),
    ...under("on pre", lines(onPre)),
    ...under("on post", lines(onPost)),
    ...under("on lose", lines(onLose)),
    ...under("coupling", coupling ? [print(coupling.parsed)] : []),
    ...[...bounds].flatMap(([name, { min, max }]) => [
      ...(min ? [`${name} ≥ ${print(min.parsed)}`] : []),
      ...(max ? [`${name} ≤ ${print(max.parsed)}`] : []),
    ]),
  ];
} // prettier-ignore

function connectorEntry(name: string, { doc, source, arguments: args, options }: PluginConnector): CatalogEntry {
  return {
    name,
    kind: "connector",
    where: "projection",
    doc,
    source,
    parameters: args.map((each) => ({ ...each, unit: "1" })),
    options,
    states: [],
    equations: [],
  };
}

const deviceEntry = ({ name, doc, source }: Device): CatalogEntry => ({
  name,
  kind: "device",
  where: "network",
  doc,
  source,
  parameters: [],
  options: [],
  states: [],
  equations: [],
});
