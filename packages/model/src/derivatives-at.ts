/** States at which right-hand sides are asked for, other than the present one. */
import { NeuroweaveError, withPlace } from "@neuroweave/equations";
import type { Entity } from "./entity.ts";
import { checkValue, describe } from "./parameters.ts";

/** Values of some columns, by full name, all of one length; everything else is as neuron `neuron` has it. */
export interface StatesAsked {
  readonly values: ReadonlyMap<string, Float64Array>;
  readonly neuron: number;
  readonly count: number;
}

/**
 * Checks what `derivatives` was asked. Throws `invalid-value`, `unknown-name`, `ambiguous-name`, `duplicate-name`,
 * `structure` for what is no state, input or parameter, `wrong-length`, `not-finite` and `out-of-range`.
 */
export function checkStatesAsked(entity: Entity, options: unknown): StatesAsked {
  try {
    return statesAsked(entity, options);
  } catch (error) {
    throw withPlace(error, { entity: entity.name });
  }
}

function statesAsked(entity: Entity, options: unknown): StatesAsked {
  if (typeof options !== "object" || options === null) throw noStates(`the options are ${describe(options)}`);
  const odd = Object.keys(options).find((key) => key !== "at" && key !== "neuron");
  if (odd !== undefined)
    throw new NeuroweaveError("unknown-name", `derivatives has no option ${odd}`, {
      remedy: "The options are at and neuron.",
    });
  const { at, neuron = 0 } = options as { readonly at?: unknown; readonly neuron?: unknown };
  if (typeof at !== "object" || at === null) throw noStates(`at is ${describe(at)}`);
  if (!Number.isInteger(neuron) || (neuron as number) < 0 || (neuron as number) >= entity.n)
    throw new NeuroweaveError("out-of-range", `neuron is ${String(neuron)}`, {
      remedy: `Give the index of a neuron, from 0 to ${entity.n - 1}.`,
    });
  const values = new Map<string, Float64Array>();
  const given = Object.entries(at).filter(([, list]) => list !== undefined);
  const [first] = given;
  if (first === undefined) throw noStates("at names no variable");
  const count = lengthOf(...first);
  if (count === 0)
    throw new NeuroweaveError("wrong-length", `${first[0]} has no values`, {
      remedy: "Give at least one value of each variable.",
    });
  for (const [key, list] of given) {
    const entry = entity.find(key);
    if (entry.kind !== "state" && entry.kind !== "parameter" && entry.kind !== "input")
      throw new NeuroweaveError("structure", `${key} is a ${entry.kind}, and follows from other things`, {
        remedy: "Give states, inputs and parameters.",
      });
    if (values.has(entry.name))
      throw new NeuroweaveError("duplicate-name", `${key} and ${entry.name} are one and the same`, {
        remedy: "Give it once.",
      });
    if (lengthOf(key, list) !== count)
      throw new NeuroweaveError("wrong-length", `${key} has ${lengthOf(key, list)} values, and ${first[0]} ${count}`, {
        remedy: "Give all of them one value for each state.",
      });
    checkValue(key, list, entry.kind === "parameter" ? entry.declaration : {}, count);
    values.set(entry.name, Float64Array.from(list as ArrayLike<number>));
  }
  return { values, neuron: neuron as number, count };
}

const noStates = (what: string): NeuroweaveError =>
  new NeuroweaveError("invalid-value", what, {
    remedy: "Give { at: { v: [-70, -60] } }: arrays of equal length, by variable.",
  });

function lengthOf(name: string, list: unknown): number {
  if (Array.isArray(list) || (ArrayBuffer.isView(list) && !(list instanceof DataView)))
    return (list as unknown as ArrayLike<number>).length;
  throw new NeuroweaveError("invalid-value", `${name} is ${describe(list)}`, {
    remedy: "Give an array with one number for each state.",
  });
}
