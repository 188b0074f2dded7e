/** What the names of a file mean: everything that the packages export and a network is made of. */
import * as behaviorExports from "@neuroweave/behaviors";
import * as connectorExports from "@neuroweave/connect";
import {
  choice,
  exponential,
  lognormal,
  lorentzian,
  normal,
  recipeOf,
  uniform,
  type BehaviorDefinition,
  type BehaviorInstance,
  type Connector,
  type Distribution,
  type ModelDefinition,
} from "@neuroweave/model";
import { Recorder } from "@neuroweave/record";

/** What makes a behavior or a model of values. */
export type Factory = BehaviorDefinition | ModelDefinition | ((values: object) => BehaviorInstance);

const isKind = (value: unknown, kind: string): boolean => (value as { kind?: unknown } | null)?.kind === kind;

/** Entries by name in the order of the alphabet. */
const sorted = <T>(entries: readonly (readonly [string, T])[]): Map<string, T> =>
  new Map(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));

const exported = Object.entries(behaviorExports as Readonly<Record<string, unknown>>);

export const standardModels: ReadonlyMap<string, ModelDefinition> = sorted(
  exported.flatMap(([name, each]) => (isKind(each, "model definition") ? [[name, each as ModelDefinition]] : [])),
);

const recorder = recipeOf(Recorder({ variables: ["v"] }) as unknown as BehaviorInstance)!.definition();

/** Exported behaviors as their authors defined them. */
export const standardDefinitions: ReadonlyMap<string, BehaviorDefinition> = sorted([
  ...exported.flatMap(([name, each]) => (isKind(each, "definition") ? [[name, each as BehaviorDefinition] as const] : [])),
  ["Recorder", recorder],
]); // prettier-ignore

const rootOf = (instance: BehaviorInstance): BehaviorDefinition | undefined => recipeOf(instance)?.definition();

/** Behaviors that are only members of exported models, by their own names. */
const memberDefinitions: ReadonlyMap<string, BehaviorDefinition> = sorted(
  [...standardModels.values()].flatMap(({ members }) =>
    members.flatMap((member) => {
      const root = rootOf(member.kind === "definition" ? member() : member)!;
      return [...standardDefinitions.values()].includes(root) ? [] : [[root.behavior, root] as const];
    }),
  ),
);

const factories = new Map<string, Factory>([
  ...memberDefinitions,
  ...standardDefinitions,
  ...standardModels,
  ["Recorder", (values: object) => Recorder(values as never) as unknown as BehaviorInstance],
]);

/** What a name makes; undefined for one that means nothing. */
export const standardFactory = (name: string): Factory | undefined => factories.get(name);

/** Every name that `use` may say of a behavior or a model. */
export const standardNames = (): string[] => [...factories.keys()].sort();

const names = new Map<BehaviorDefinition | ModelDefinition, string>();
for (const table of [memberDefinitions, standardModels, standardDefinitions])
  for (const [name, each] of table) names.set(each, name);

/** The name of a definition, if it is a standard one. */
export const standardNameOf = (definition: BehaviorDefinition | ModelDefinition): string | undefined =>
  names.get(definition);

export type ConnectorFactory = (...args: never[]) => Connector;

export const standardConnectors: ReadonlyMap<string, ConnectorFactory> = sorted(
  Object.entries(connectorExports as Readonly<Record<string, unknown>>).flatMap(([name, each]) =>
    typeof each === "function" ? [[name, each as ConnectorFactory]] : [],
  ),
);

export const distributions: Readonly<Record<string, (...args: never[]) => Distribution>> = {
  choice,
  exponential,
  lognormal,
  lorentzian,
  normal,
  uniform,
};
