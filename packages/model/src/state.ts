/** Exchange of state variables as named arrays. */
import { NeuroweaveError, withPlace } from "@neuroweave/equations";
import type { Entity } from "./entity.ts";
import { isDistribution } from "./distributions.ts";
import { checkValue, describe } from "./parameters.ts";

/** In what a state that was loaded did not fit. */
export interface StateReport {
  /** State variables that the given arrays lack. */
  readonly missing: readonly string[];
  /** Given names that no state variable has. */
  readonly unexpected: readonly string[];
}

/** How the arrays are named: of one population by variable, of a network by `population.variable`. */
type Key = (entity: Entity, variable: string) => string;

export const byVariable: Key = (_, variable) => variable;
export const byPopulation: Key = ({ name }, variable) => `${name}.${variable}`;

const statesOf = (entities: readonly Entity[], key: Key): { key: string; entity: Entity; name: string }[] =>
  entities.flatMap((entity) =>
    [...entity.symbols.values()]
      .filter(({ kind }) => kind === "state")
      .map(({ name }) => ({ key: key(entity, name), entity, name })),
  );

/** Copies of all state variables. */
export function readState(entities: readonly Entity[], key: Key): Record<string, Float64Array> {
  return Object.fromEntries(statesOf(entities, key).map(({ key, entity, name }) => [key, entity.columns.copy(name)]));
}

/** Writes them back; checks everything first. */
export function loadState(
  entities: readonly Entity[],
  state: Readonly<Record<string, ArrayLike<number>>>,
  strict: boolean,
  key: Key,
): StateReport {
  if (typeof state !== "object" || state === null)
    throw new NeuroweaveError("invalid-value", `the state is ${describe(state)}`, {
      remedy: "Give named arrays, such as those of state().",
    });
  const known = statesOf(entities, key);
  const keys = new Set(known.map(({ key }) => key));
  const missing = known.map(({ key }) => key).filter((key) => !Object.hasOwn(state, key));
  const unexpected = Object.keys(state).filter((key) => !keys.has(key));
  if (strict && (missing.length > 0 || unexpected.length > 0))
    throw new NeuroweaveError(
      "state-names",
      [
        missing.length > 0 ? `missing: ${missing.join(", ")}` : "",
        unexpected.length > 0 ? `unexpected: ${unexpected.join(", ")}` : "",
      ]
        .filter(Boolean)
        .join("; "),
      { remedy: "Give exactly the names of state(), or load with { strict: false }." },
    );
  const given = known.filter(({ key }) => Object.hasOwn(state, key));
  for (const { key, entity, name } of given) checkArray(key, state[key], entity, entity.columns.at(name).count);
  for (const { key, entity, name } of given) entity.columns.write(name, state[key]!, 0);
  return { missing, unexpected };
}

function checkArray(key: string, values: unknown, entity: Entity, count: number): void {
  try {
    if (typeof values === "number" || isDistribution(values))
      throw new NeuroweaveError("invalid-value", `${key} is ${describe(values)}`, {
        remedy: `Give an array of ${count} numbers.`,
      });
    checkValue(key, values, {}, count);
  } catch (error) {
    throw withPlace(error, { entity: entity.name });
  }
}
