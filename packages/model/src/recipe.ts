/** How instances came about, remembered beside them: so that a network can be written as what was said, and not as what became of it. */
import type { BehaviorBody, BehaviorDefinition, BehaviorInstance } from "./behavior.ts";
import type { ModelDefinition, ModelInstance } from "./model.ts";
import type { SymbolChange } from "./redeclare.ts";

/** One change of a definition: exactly one of the fields. */
export interface RecipeChange {
  readonly rename?: Readonly<Record<string, string>>;
  readonly bind?: Readonly<Record<string, string>>;
  readonly redeclare?: Readonly<Record<string, SymbolChange>>;
  readonly named?: string;
}

/** What a definition was made of: what its author wrote, and what has been changed since, in order. */
export interface Origin {
  /** The definition that its author made. */
  readonly definition: () => BehaviorDefinition;
  /** What `defineBehavior` was given. */
  readonly specification: Readonly<Record<string, unknown>>;
  /** The parts that options decide. */
  readonly bodyFor: (options: object) => BehaviorBody;
  readonly changes: readonly RecipeChange[];
}

/** How one instance was made. */
export interface Recipe extends Origin {
  /** Values, options and `name`, as they were given; initial values under their full names. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** How a model was called. */
export interface ModelRecipe {
  readonly definition: ModelDefinition;
  readonly instance: ModelInstance;
  /** Values and options as they were given; initial values under their full names. */
  readonly given: Readonly<Record<string, unknown>>;
}

const recipes = new WeakMap<BehaviorInstance, Recipe>();
const models = new WeakMap<BehaviorInstance, ModelRecipe>();

export function noteRecipe(instance: BehaviorInstance, recipe: Recipe): void {
  recipes.set(instance, recipe);
}

export function noteModel(recipe: ModelRecipe): void {
  for (const member of recipe.instance.members) models.set(member, recipe);
}

/** How an instance was made; undefined for one that no definition has made. */
export const recipeOf = (instance: BehaviorInstance): Recipe | undefined => recipes.get(instance);

/** The call of a model that an instance came from, if it came from one. */
export const modelRecipeOf = (instance: BehaviorInstance): ModelRecipe | undefined => models.get(instance);
