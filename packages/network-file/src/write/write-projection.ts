/** A projection as data: the call of its connector, or its synapses as lists. */
import { NeuroweaveError } from "@neuroweave/equations";
import {
  delaySteps,
  pointersOf,
  targetsOf,
  type Entity,
  type FileConnector,
  type FileEnd,
  type FileProjection,
  type FileValue,
  type NetworkDescription,
  type WiringRecipe,
} from "@neuroweave/model";
import { writeNumber } from "../numbers.ts";
import type { OwnBehaviors } from "./own-behaviors.ts";
import { disabledOf, writeBehaviors } from "./write-behaviors.ts";
import { givenOnly, writeValue, writeValues } from "./write-value.ts";

type Wiring = Pick<FileProjection, "connect" | "weight" | "delay">;

export function writeProjection(entity: Entity, network: NetworkDescription, own: OwnBehaviors): FileProjection {
  const { name } = entity;
  const { source, target, receptor, enabled } = entity.synapses!;
  const recipe = withDelaysAsData(network.wiringOf(entity), entity, network);
  const listed = !isCall(recipe, own);
  const { set, owed } = network.changesOf(entity, listed);
  const { axonal, dendritic, weights } = recipe.options;
  const part = <T>(what: string, value: T | undefined): never =>
    (value === undefined ? undefined : writeValue(value, `${what} of ${name}`)) as never;
  const [weight, ...others] = entity.attached;
  const { behaviors } = writeBehaviors(others, { entity: name, own, owed });
  const left = [...set].filter(([key]) => !(listed && key === "w"));
  if (!listed && set.has("w")) requireStorable(entity, set.get("w")!);
  return givenOnly<FileProjection>({
    name,
    source: writeEnd(source),
    target: writeEnd(target),
    ...(listed ? writtenOut(entity, set.get("w")!, network, recipe) : writeCall(name, recipe)),
    receptor,
    axonal: part("axonal delay", axonal),
    dendritic: part("dendritic delay", dendritic),
    weights,
    tags: entity.tags.size === 0 ? undefined : [...entity.tags],
    behaviors: behaviors.length === 0 ? undefined : behaviors,
    disabled: disabledOf([weight!]),
    enabled: enabled ? undefined : false,
    set: writeValues(left, name),
  });
}

const writeEnd = ({ entity, from, n }: { readonly entity: Entity; readonly from: number; readonly n: number }): FileEnd =>
  n === entity.n ? entity.name : { population: entity.name, from, to: from + n }; // prettier-ignore

/** Synapses that share weights cannot be written one by one: there a rule of delays becomes the list of what it gives. */
function withDelaysAsData(recipe: WiringRecipe, entity: Entity, network: NetworkDescription): WiringRecipe {
  if (!entity.synapses!.shared || !recipe.isRepeatable || typeof recipe.options.delay !== "function") return recipe;
  const delay = network.delaysByRule(entity);
  return delay === null ? recipe : { ...recipe, options: { ...recipe.options, delay } };
}

/** Whether the call of a connector, with the same weights and delays as data, makes the same synapses. */
function isCall({ options, isRepeatable }: WiringRecipe, { vocabulary }: OwnBehaviors): boolean {
  const { connect, weight, delay } = options;
  return (
    isRepeatable &&
    connect.arguments !== undefined &&
    vocabulary.connectors.has(connect.name) &&
    typeof weight !== "function" &&
    typeof delay !== "function"
  );
}

function writeCall(name: string, { options }: WiringRecipe): Wiring {
  const { connect, weight, delay } = options;
  const args = connect.arguments!.map((each, k) => writeValue(each, `argument ${k} of ${connect.name} of ${name}`));
  return givenOnly<Wiring>({
    connect: givenOnly<FileConnector>({ use: connect.name, arguments: args.length === 0 ? undefined : args }),
    weight: (weight === undefined ? undefined : writeValue(weight, `weight of ${name}`)) as Wiring["weight"],
    delay: (delay === undefined ? undefined : writeValue(delay, `delay of ${name}`)) as Wiring["delay"],
  });
}

/** All synapses as lists, in the order in which they are stored. */
function writtenOut(
  entity: Entity,
  weights: number | Float64Array,
  { dt }: NetworkDescription,
  { options }: WiringRecipe,
): Wiring {
  const synapses = entity.synapses!;
  if (synapses.shared)
    throw new NeuroweaveError("not-supported", `the synapses of ${entity.name} share weights and are not those that ${options.connect.text} makes, and cannot be written as data`, {
      entity: entity.name,
      remedy: "Make the projection anew with shared: false, or with a standard connector.",
    });
  requireStorable(entity, weights);
  const pointers = pointersOf(synapses);
  const sources = new Uint32Array(entity.n);
  for (let s = 0; s + 1 < pointers.length; s++) sources.fill(s, pointers[s], pointers[s + 1]);
  const steps = delaySteps(synapses);
  const one = steps.length > 0 && steps.every((each) => each === steps[0]);
  const inTime = (each: number): number => Number((each * dt).toPrecision(12));
  const lists: Record<string, FileValue> = { sources: [...sources], targets: Array.from(targetsOf(synapses)) };
  if (typeof weights !== "number") lists["weights"] = Array.from(weights, writeNumber);
  if (!one && steps.length > 0) lists["delays"] = Array.from(steps, inTime);
  return givenOnly<Wiring>({
    connect: { use: "fromArrays", arguments: [lists] },
    weight: typeof weights === "number" ? writeNumber(weights) : undefined,
    delay: one ? inTime(steps[0]!) : undefined,
  });
} // prettier-ignore

/** Weights of 16 bits are stored in units of the largest: refuses those that would come back in other units. */
function requireStorable(entity: Entity, weights: number | Float64Array): void {
  const packed = entity.columns.at("w").packed;
  if (packed?.element !== "i16") return;
  const largest = typeof weights === "number" ? Math.abs(weights) : weights.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
  if (largest === 0 || largest / 32767 === packed.scale) return;
  throw new NeuroweaveError("not-supported", `the weights of ${entity.name} are stored in 16 bits and have been changed, and cannot be written as data exactly`, {
    entity: entity.name,
    remedy: 'Store them as weights: "f32".',
  });
} // prettier-ignore
