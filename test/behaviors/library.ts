/** Everything that the standard library ships, by name. */
import * as library from "@neuroweave/behaviors";
import type { BehaviorDefinition, BehaviorInstance, Declaration, ModelDefinition } from "@neuroweave/model";

const kindOf = (value: unknown): unknown => (typeof value === "function" && "kind" in value ? value.kind : undefined);

/** Behaviors by their exported names. */
export const behaviors = Object.entries(library).filter(([, value]) => kindOf(value) === "definition") as unknown as [
  string,
  BehaviorDefinition,
][];

const allModels = Object.entries(library).filter(([, value]) => kindOf(value) === "model definition") as unknown as [
  string,
  ModelDefinition,
][];

const isRule = ([, model]: readonly [string, ModelDefinition]): boolean =>
  model.members.some((member) => member.kind === "definition" && member.describe().requires.includes("efficacy"));

/** Models of populations by their exported names. */
export const models = allModels.filter((each) => !isRule(each));

/** Models of projections. */
export const rules = allModels.filter(isRule);

/** The declaration of one behavior of a model that is given no values. */
export function declarationIn(model: (values?: never) => unknown, behavior: string): Declaration {
  const { members } = (model as () => { readonly members: readonly BehaviorInstance[] })();
  const found = members.find(({ declaration }) => declaration.behavior === behavior);
  if (!found) throw new Error(`the model has no ${behavior}`);
  return found.declaration;
}

/** Names of the behaviors of a model, in order. */
export const membersOf = (model: (values?: never) => unknown): string[] =>
  (model as () => { readonly members: readonly BehaviorInstance[] })().members.map(({ name }) => name);
