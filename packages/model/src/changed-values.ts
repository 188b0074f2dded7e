/** How the values of an entity differ from those that it would have if it were made again from its behaviors. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { BehaviorInstance } from "./behavior.ts";
import { givenValue, initialParameter, initialStates, sameValue, type Entity } from "./entity.ts";
import type { ParameterValue } from "./parameters.ts";
import type { NetworkCore, Runtime } from "./runtime.ts";
import type { SymbolEntry } from "./symbols.ts";

export interface ChangedValues {
  /** Values that were set since, by full name. Variables only while no step has been done: later they are the state's. */
  readonly set: ReadonlyMap<string, number | Float64Array>;
  /**
   * What instances must be given that were not: values that a symbol has from one that has been detached, by the names that the instance
   * takes.
   */
  readonly owed: ReadonlyMap<BehaviorInstance, ReadonlyMap<string, ParameterValue | string>>;
}

/**
 * Compares every symbol. `firstWeights` gives the weights that a projection made anew would begin with; where it is null, `set` holds those of
 * now in any case.
 */
export function changedValues(
  core: NetworkCore,
  runtime: Runtime,
  entity: Entity,
  firstWeights: (() => Float64Array) | null,
): ChangedValues {
  const set = new Map<string, number | Float64Array>();
  const owed = new Map<BehaviorInstance, Map<string, ParameterValue | string>>();
  const owe = (owner: BehaviorInstance, key: string, value: ParameterValue | string): void =>
    void owed.set(owner, (owed.get(owner) ?? new Map<string, ParameterValue | string>()).set(key, value));
  for (const entry of entity.symbols.values()) {
    if (entry.kind === "table" || entry.kind === "signal") continue;
    const key = entry.kind === "state" ? `init_${entry.local}` : entry.local;
    const owner = entry.owners.find(({ values }) => values.has(key)) ?? entry.owners[0]!;
    if (entry.kind === "state") {
      const start = entity.starts.get(entry.name);
      const again = givenOrNothing(entry);
      if (start !== undefined && (again === undefined || !sameValue(start, again)))
        owe(owner, key, start);
      continue;
    }
    const now = settled(entity, entry.name);
    if (entity.synapses && entry.name === "w") {
      const isAsMade = firstWeights !== null && (entity.columns.at("w").origin !== null || sameNumbers(firstWeights(), now, runtime));
      if (!isAsMade) set.set("w", compact(now));
      continue;
    }
    const again = parameterOrNothing(entity, entry);
    if (again === undefined) owe(owner, key, compact(now));
    else if (!sameNumbers(again, now, runtime)) set.set(entry.name, compact(now));
  }
  if (core.step === 0) for (const [name, values] of changedStates(entity, runtime)) set.set(name, compact(values));
  return { set, owed };
} // prettier-ignore

/** What a parameter goes back to with a reset: behaviors may have written it since. */
function settled(entity: Entity, name: string): Float64Array {
  const { written, base, origin } = entity.columns.at(name);
  if (!written) return entity.columns.copy(name);
  return base?.slice() ?? origin?.() ?? entity.columns.copy(name);
}

/** Refusals mean that the list of behaviors, made again as a whole, would not be accepted without more being given. */
function orNothing<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof NeuroweaveError) return undefined;
    throw error;
  }
}

const givenOrNothing = (entry: SymbolEntry): ParameterValue | string | undefined => orNothing(() => givenValue(entry));

const parameterOrNothing = (entity: Entity, entry: SymbolEntry): number | Float64Array | undefined =>
  orNothing(() => initialParameter(entity, entry));

function sameNumbers(given: number | Float64Array, now: Float64Array, { precision }: Runtime): boolean {
  const single = precision === "f32";
  return now.every((x, i) => {
    const y = typeof given === "number" ? given : given[i]!;
    return Object.is(x, y) || (single && Object.is(x, Math.fround(y)));
  });
}

/** One number where all are the same. */
function compact(values: Float64Array): number | Float64Array {
  return values.length > 0 && values.every((x) => Object.is(x, values[0])) ? values[0]! : values;
}

/** Variables that have been written before the first step. */
function changedStates(entity: Entity, { evaluate }: Runtime): Map<string, Float64Array> {
  const states = [...entity.symbols.values()].filter(({ kind }) => kind === "state");
  const now = new Map(states.map(({ name }) => [name, entity.columns.copy(name)]));
  try {
    initialStates(entity, states, entity.symbols, evaluate);
    return new Map(
      [...now].filter(([name, values]) => entity.columns.copy(name).some((x, i) => !Object.is(x, values[i]))),
    );
  } finally {
    for (const [name, values] of now) entity.columns.write(name, values, 0);
  }
}
