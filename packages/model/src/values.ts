/** Reading and setting values of an entity, for populations and projections alike. */
import { NeuroweaveError, withPlace } from "@neuroweave/equations";
import type { BehaviorInstance } from "./behavior.ts";
import { hasBounds } from "./bounds.ts";
import { isScalar, numbersOf, requireSingle } from "./columns.ts";
import type { Entity } from "./entity.ts";
import type { ParameterValue } from "./parameters.ts";
import type { Recorded, Recording } from "./recording.ts";
import type { Floats } from "./storage.ts";

/** What reading and setting values asks of the network. */
export interface ValuesOwner {
  /** A parameter moved between constant, cell and column. */
  reformed(): void;
  /** Refuses changes in the middle of a step. */
  requireBorder(what: string): void;
  /** Refuses to use what has been removed. */
  requirePresent(entity: Entity): void;
  /** What synapses are about to change: what they have transmitted does not. Nothing to do for a population. */
  decide(entity: Entity): void;
  /** Refuses variables outside the bounds that behaviors keep. */
  requireWithinBounds(entity: Entity): void;
}

const isGiven = (entity: Entity, name: string): boolean =>
  entity.synapses === null && (name === "spike" || name === "t_last_spike");

/** Live view of a state variable. */
export function liveColumn(entity: Entity, owner: ValuesOwner, name: string): Floats {
  owner.requirePresent(entity);
  if (isGiven(entity, name)) return entity.columns.view(name);
  if (name === "refractory" && !entity.symbols.has(name)) return new Float64Array(entity.n);
  const { name: full } = entity.find(name, "variable");
  if (entity.columns.at(full).packed) return entity.columns.view(full);
  if (entity.synapses && !entity.synapses.exposed) {
    owner.requireBorder(`giving out ${full}`);
    owner.decide(entity);
    entity.synapses.exposed = true;
    owner.reformed();
  }
  entity.columns.keepBase(full);
  if (entity.columns.at(full).form !== "column") {
    owner.requireBorder(`giving ${full} a column`);
    if (entity.columns.toColumn(full)) owner.reformed();
  }
  return entity.columns.view(full);
}

/** Copy of a variable or parameter. An input gives its constant term. */
export function copiedValues(entity: Entity, owner: ValuesOwner, name: string): Float64Array {
  owner.requirePresent(entity);
  if (isGiven(entity, name)) return entity.columns.copy(name);
  if (name === "refractory" && !entity.symbols.has(name)) return new Float64Array(entity.n);
  const { name: full, kind } = entity.find(name);
  const values = entity.columns.copy(full);
  return kind === "input" ? values.map((x) => x + 0) : values;
}

/** Sets values, of neurons [from, to) or of all. Everything is checked before anything changes. */
export function setValues(
  entity: Entity,
  owner: ValuesOwner,
  values: Readonly<Record<string, ParameterValue | undefined>>,
  range: { readonly from: number; readonly to: number } | null,
): void {
  owner.requirePresent(entity);
  owner.requireBorder("setting values");
  const seen = new Map<string, string>();
  const writes = Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const entry = entity.find(key);
    if (seen.has(entry.name))
      throw new NeuroweaveError("duplicate-name", `${seen.get(entry.name)} and ${key} are one and the same`, {
        entity: entity.name,
        remedy: "Set it once.",
      });
    seen.set(entry.name, key);
    if (entry.kind === "signal")
      throw new NeuroweaveError("structure", `${key} is taken over the population in every step`, {
        entity: entity.name,
        remedy: "Set what it is taken of.",
      });
    if (entry.kind === "table")
      throw new NeuroweaveError("structure", `${key} is a table and part of the structure`, {
        entity: entity.name,
        remedy: "Detach the behavior and attach it with another table.",
      });
    const declaration = entry.kind === "parameter" ? entry.declaration : {};
    const count = range === null ? entity.countOf(entry) : range.to - range.from;
    const from = range?.from ?? 0;
    try {
      const place = { ...entity.place, stream: [entity.name, entry.name, "set"], from };
      const numbers = numbersOf(entry.name, value, declaration, count, place);
      if (entity.columns.at(entry.name).packed?.element === "f32") requireSingle(entry.name, numbers);
      // An input without a constant term is at −0, the neutral element of addition.
      return [{ full: entry.name, count, from, numbers: entry.kind === "input" && numbers === 0 ? -0 : numbers }];
    } catch (error) {
      throw withPlace(error, { entity: entity.name, behavior: entry.owners[0]!.name });
    }
  });
  const before = hasBounds(entity) ? writes.map(({ full }) => kept(entity, full)) : [];
  owner.decide(entity);
  let reformed = false;
  for (const { full, numbers, count, from } of writes) {
    const { columns } = entity;
    const column = columns.at(full);
    if (isScalar(numbers as ParameterValue) && range === null && column.form !== "column") {
      reformed = columns.toCell(full) || reformed;
      column.block!.view()[0] = numbers as number;
      columns.keepBase(full);
      continue;
    }
    reformed = columns.toColumn(full) || reformed;
    const each = typeof numbers === "number" ? new Float64Array(count).fill(numbers) : numbers;
    columns.write(full, each, from);
    columns.rebase(full, each, from);
    // The unit of 16-bit values is part of the program.
    reformed = column.packed?.element === "i16" || reformed;
  }
  if (reformed) owner.reformed();
  if (before.length === 0) return;
  try {
    owner.requireWithinBounds(entity);
  } catch (error) {
    for (const bringBack of before) bringBack();
    throw error;
  }
}

/** Gives back, when it is called, the values that a column has now and what it goes back to with a reset, whatever its form has become. */
function kept({ columns }: Entity, full: string): () => void {
  const values = columns.copy(full);
  const { base, origin } = columns.at(full);
  const first = base && base.slice();
  return () => {
    const column = columns.at(full);
    if (column.form === "cell") column.block!.view()[0] = values[0]!;
    else columns.write(full, values, 0);
    column.base = first;
    column.origin = origin;
  };
}

/** Recordings of an entity, or the one named; refuses a name that no recorder has. */
export function recordingsOf(entity: Entity, recorder?: string): [BehaviorInstance, Recording][] {
  const all = [...entity.recordings];
  if (recorder === undefined) return all;
  const named = all.filter(([instance]) => instance.name === recorder);
  if (named.length > 0) return named;
  throw new NeuroweaveError("unknown-name", `there is no recorder ${recorder}`, {
    entity: entity.name,
    remedy: `There are ${all.map(([{ name }]) => name).join(", ") || "none"}.`,
  });
}

/** Samples of a variable, of the first enabled recorder of it, or of the one named. */
export function samplesOf(entity: Entity, name: string, recorder?: string): Recorded {
  const given = isGiven(entity, name) || name === "refractory";
  const full = given ? name : entity.find(name, "variable").name;
  const enabled = new Set(entity.enabled());
  const found = recordingsOf(entity, recorder)
    .filter(([, recording]) => recording.request.variables.includes(full))
    .sort(([a], [b]) => Number(enabled.has(b)) - Number(enabled.has(a)));
  if (found.length > 0) return found[0]![1].read(full);
  throw new NeuroweaveError("unknown-name", `${name} is not recorded${recorder ? ` by ${recorder}` : ""}`, {
    entity: entity.name,
    remedy: `Attach Recorder({ variables: ["${name}"] }).`,
  });
}
