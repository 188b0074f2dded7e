/** The behaviors of a population, projection or signal as data. */
import { NeuroweaveError } from "@neuroweave/equations";
import {
  modelRecipeOf,
  recipeOf,
  type BehaviorInstance,
  type ChangedValues,
  type Entity,
  type FileBehavior,
  type FileChange,
  type ModelRecipe,
  type Recipe,
  type RecipeChange,
} from "@neuroweave/model";
import type { OwnBehaviors } from "./own-behaviors.ts";
import { cannot, givenOnly, writeValue, writeValues } from "./write-value.ts";

type Attached = Entity["attached"];

interface Place {
  readonly entity: string;
  readonly own: OwnBehaviors;
  readonly owed: ChangedValues["owed"];
}

/** A model that is there as a whole, or a single behavior. */
type Piece =
  | { readonly model: ModelRecipe; readonly name: string; readonly attached: Attached }
  | { readonly single: Attached[number] };

/** Models where all of one stand together and have a name; behaviors one by one otherwise. */
function pieces(attached: Attached, { owed, own }: Place): Piece[] {
  const list: Piece[] = [];
  for (let at = 0; at < attached.length;) {
    const model = modelRecipeOf(attached[at]!.instance);
    const name = model && own.vocabulary.nameOf(model.definition);
    const members = model?.instance.members ?? [];
    const part = attached.slice(at, at + members.length);
    const isWhole = members.length > 0 && part.length === members.length && members.every((each, k) => each === part[k]!.instance && !owed.has(each));
    if (model && name !== undefined && isWhole) list.push({ model, name, attached: part });
    else list.push({ single: attached[at]! });
    at += model && name !== undefined && isWhole ? members.length : 1;
  }
  return list;
} // prettier-ignore

/** Behaviors as data, and the method that the models among them bring along. */
export function writeBehaviors(
  attached: Attached,
  place: Place,
  singly = false,
): { readonly behaviors: FileBehavior[]; readonly method: string | undefined } {
  let method: string | undefined;
  const list: Piece[] = singly ? attached.map((single) => ({ single })) : pieces(attached, place);
  const behaviors = list.map((piece) => {
    if ("single" in piece) return writeSingle(piece.single, place);
    method = piece.model.instance.method ?? method;
    const disabled = piece.attached.filter(({ enabled }) => !enabled).map(({ instance }) => instance.name);
    return givenOnly<FileBehavior>({
      use: piece.name,
      values: writeValues(Object.entries(piece.model.given), `${piece.name} of ${place.entity}`),
      disabled: disabled.length === 0 ? undefined : disabled,
    });
  });
  return { behaviors, method };
}

function writeSingle({ instance, enabled }: Attached[number], { entity, own, owed }: Place): FileBehavior {
  const recipe = recipeOf(instance);
  const where = `${instance.name} of ${entity}`;
  if (recipe === undefined)
    throw new NeuroweaveError("not-supported", `nobody knows how ${where} was made, and it cannot be written as data`, {
      remedy: "Make it with defineBehavior.",
    });
  const { use, resolved } = own.use(instance, recipe, where);
  const lent = [...(owed.get(instance) ?? [])];
  const starts = lent.filter(([, value]) => typeof value === "string").map(([key, init]) => [key.slice("init_".length), { init }] as const);
  const changes = [...recipe.changes, ...(starts.length === 0 ? [] : [{ redeclare: Object.fromEntries(starts) }])];
  const values = new Map(Object.entries(recipe.given).filter(([key]) => key !== "name" && !resolved.has(key)));
  for (const [key, value] of lent) if (typeof value !== "string") values.set(key, value);
  return givenOnly<FileBehavior>({
    use,
    as: recipe.given["name"] === undefined ? undefined : instance.name,
    ...writeChanges(changes as readonly RecipeChange[], where),
    values: writeValues(values, where),
    enabled: enabled ? undefined : false,
  });
} // prettier-ignore

const usualOrder = ["rename", "bind", "redeclare", "named"];

/** Changes as fields where their order is the usual one, as a list otherwise. */
function writeChanges(changes: Recipe["changes"], place: string): Partial<FileBehavior> {
  const written = changes.map((change) => writeChange(change, place));
  const order = written.map((change) => usualOrder.indexOf(Object.keys(change)[0]!));
  const isUsual = order.every((each, k) => k === 0 || order[k - 1]! < each);
  return isUsual ? Object.assign({}, ...written) : { changes: written };
}

function writeChange({ rename, bind, redeclare, named }: RecipeChange, place: string): FileChange {
  if (rename) return { rename };
  if (bind) return { bind };
  if (named !== undefined) return { named };
  if (redeclare) return { redeclare: writeValue(redeclare, place) as NonNullable<FileChange["redeclare"]> };
  throw cannot(place, "has an unknown change");
}

/** Names of behaviors that are switched off. */
export const disabledOf = (attached: Attached): string[] | undefined => {
  const names = attached.filter(({ enabled }) => !enabled).map(({ instance }) => instance.name);
  return names.length === 0 ? undefined : names;
};

/** Whether an instance was given an option. */
export const givenTo = (instance: BehaviorInstance, key: string): unknown => recipeOf(instance)?.given[key];
