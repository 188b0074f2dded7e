/** Changes of an entity's list of behaviors: checked on a candidate, then made, or not made at all. */
import { nearest, NeuroweaveError, withPlace } from "@neuroweave/equations";
import type { BehaviorInstance } from "./behavior.ts";
import { requireWithinBounds } from "./bounds.ts";
import {
  checkedSymbols,
  givenValue,
  initialParameter,
  initialStates,
  sameValue,
  unattached,
  type Entity,
} from "./entity.ts";
import { stepsIn } from "./grid.ts";
import type { MethodName } from "./method-names.ts";
import type { ModelInstance } from "./model.ts";
import type { NetworkCore, Runtime } from "./runtime.ts";
import type { Attached, SymbolTable } from "./symbols.ts";

/** Instances and the method of a list of behaviors, models, and definitions without values. */
export function flatten(ingredients: unknown): { instances: BehaviorInstance[]; method: MethodName | undefined } {
  const list: readonly unknown[] = Array.isArray(ingredients) ? ingredients : [ingredients];
  const instances: BehaviorInstance[] = [];
  let method: MethodName | undefined;
  for (const each of list) {
    const kind = (each as { kind?: unknown } | null)?.kind;
    const made =
      kind === "definition" || kind === "model definition" ? (each as () => BehaviorInstance | ModelInstance)() : each;
    if (isKind(made, "model")) {
      instances.push(...(made as ModelInstance).members);
      method = (made as ModelInstance).method ?? method;
    } else if (isKind(made, "behavior")) instances.push(made as BehaviorInstance);
    else
      throw new NeuroweaveError(
        "invalid-value",
        `a population is made of behaviors and models, not of ${typeof each}`,
        {
          remedy: "List instances such as LIF({ tau: 10 }).",
        },
      );
  }
  return { instances, method };
}

/** Instances as they are attached first. Refuses to switch off what is not among them. */
export function attachedFirst(entity: string, instances: readonly BehaviorInstance[], disabled: readonly string[] = []): Attached[] {
  const names = instances.map(({ name }) => name);
  for (const each of disabled) if (!names.includes(each)) throw noBehavior(entity, each, names);
  return instances.map((instance) => ({ instance, enabled: !disabled.includes(instance.name) }));
} // prettier-ignore

const isKind = (value: unknown, kind: string): boolean =>
  typeof value === "object" && value !== null && (value as { kind?: unknown }).kind === kind;

/**
 * Gives an entity another list. New symbols get columns and initial values; symbols that still have an owner keep theirs;
 * the rest is released. When `complete`, the plan of the whole network must work out, or nothing has changed.
 */
export function restructure(
  core: NetworkCore,
  runtime: Runtime,
  entity: Entity,
  attached: readonly Attached[],
  options: { readonly complete: boolean },
): void {
  const before = { attached: entity.attached, symbols: entity.symbols };
  const forms = entity.columns.names().map((name) => [name, entity.columns.at(name).form] as const);
  const symbols = checkedSymbols(entity.name, attached);
  const added = [...symbols.values()].filter((entry) => entry.kind !== "table" && !entity.columns.get(entry.name));
  const recordings = new Map(entity.recordings);
  attachTo(core, entity, attached);
  entity.symbols = symbols;
  try {
    checkShared(entity, symbols, new Set(attached.map(({ instance }) => instance)), before.attached);
    const sorted = added.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of sorted) {
      const count = entity.countOf(entry);
      if (entry.kind === "state") {
        entity.columns.addColumn(entry.name, count);
        continue;
      }
      if (entry.kind === "signal") {
        if (entry.declaration.per) entity.columns.addColumn(entry.name, count);
        else {
          entity.columns.addConstant(entry.name, 0);
          entity.columns.toCell(entry.name);
        }
        continue;
      }
      const value = initialParameter(entity, entry);
      if (typeof value === "number") {
        entity.columns.addConstant(entry.name, value, count);
        continue;
      }
      const element = entity.synapses?.elementOf(entry.name);
      if (element) {
        entity.columns.addPacked(entry.name, element, value);
        continue;
      }
      entity.columns.addConstant(entry.name, value[0] ?? 0, count);
      entity.columns.toColumn(entry.name);
      entity.columns.write(entry.name, value, 0);
    }
    for (const { instance } of attached)
      if (instance.declaration.step)
        for (const name of instance.declaration.parameters.keys())
          entity.columns.toColumn(
            entity.find(symbols.has(`${instance.name}.${name}`) ? `${instance.name}.${name}` : name).name,
          );
    initialStates(
      entity,
      sorted.filter(({ kind }) => kind === "state"),
      symbols,
      runtime.evaluate,
    );
    openRecordings(core, runtime, entity);
    if (options.complete) runtime.validate(core, entity);
    if (options.complete) requireWithinBounds(entity, runtime.evaluate);
  } catch (error) {
    for (const { name } of added) entity.columns.remove(name);
    attachTo(core, entity, before.attached);
    entity.symbols = before.symbols;
    entity.recordings.clear();
    for (const [instance, recording] of recordings) entity.recordings.set(instance, recording);
    // A column that the attempt has moved keeps its values, but a compiled program would look for it where it was.
    if (forms.some(([name, form]) => entity.columns.at(name).form !== form)) core.version++;
    throw withPlace(error, { entity: entity.name });
  }
  for (const name of entity.columns.names())
    if (!symbols.has(name) && !(entity.synapses === null && (name === "spike" || name === "t_last_spike"))) {
      entity.columns.remove(name);
      entity.starts.delete(name);
    }
  settleSpikes(entity);
  for (const entry of added) if (entry.kind === "state") entity.starts.set(entry.name, givenValue(entry));
  core.version++;
}

/** Gives an entity a list, or its list with other switches. */
export function attachTo(core: NetworkCore, entity: Entity, attached: readonly Attached[]): void {
  const isKnown = entity.attached !== unattached;
  entity.attached = attached;
  if (isKnown) core.entities = [...core.entities];
}

/** Where nobody fires any more, nobody has fired. */
export function settleSpikes(entity: Entity): void {
  if (entity.synapses !== null || entity.enabled().some(({ declaration }) => declaration.spike !== null)) return;
  entity.columns.view("spike").fill(0);
  entity.columns.repad("spike");
}

/** Gives an entity without behaviors those of another of its size, with their switches, columns and empty recordings. */
export function adoptStructure(core: NetworkCore, runtime: Runtime, entity: Entity, from: Entity): void {
  entity.attached = from.attached.map(({ instance, enabled }) => ({ instance, enabled }));
  entity.symbols = from.symbols;
  for (const name of from.columns.names()) entity.columns.adopt(name, from.columns);
  for (const [name, start] of from.starts) entity.starts.set(name, start);
  adoptRecordings(core, runtime, entity, from, () => false);
}

/** Recordings of another entity: with their samples where `keeps` holds for all that they record, else empty. */
export function adoptRecordings(core: NetworkCore, runtime: Runtime, entity: Entity, from: Entity, keeps: (variable: string) => boolean): void {
  for (const [instance, recording] of from.recordings) {
    const { request, every, paused } = recording;
    if (request.variables.every(keeps)) {
      entity.recordings.set(instance, recording);
      continue;
    }
    const fresh = runtime.records.samples({ request, counts: countsOf(entity, request.variables), every, dt: core.dt, precision: runtime.precision });
    fresh.paused = paused;
    entity.recordings.set(instance, fresh);
  }
} // prettier-ignore

/**
 * Refuses values of further behaviors that contradict those that shared symbols have: columns that are there keep what
 * they hold, and nothing that somebody gives is dropped silently.
 */
function checkShared(
  entity: Entity,
  symbols: SymbolTable,
  present: ReadonlySet<BehaviorInstance>,
  before: readonly Attached[],
): void {
  const earlier = new Set(before.map(({ instance }) => instance));
  for (const entry of symbols.values()) {
    if (entry.kind === "table" || entry.kind === "signal" || !entity.columns.get(entry.name)) continue;
    const key = entry.kind === "state" ? `init_${entry.local}` : entry.local;
    const giver = entry.owners.find((owner) => present.has(owner) && !earlier.has(owner) && owner.values.has(key));
    if (!giver) continue;
    const others = entry.owners.filter((owner) => owner !== giver);
    const same =
      entry.kind === "state"
        ? sameValue(giver.values.get(key)!, entity.starts.get(entry.name)!)
        : sameNumbers(entity, entry.name, initialParameter(entity, { ...entry, owners: [giver] }));
    if (!same)
      throw new NeuroweaveError(
        "two-owners",
        `${giver.name} is given a value of ${entry.name} other than ${others.map(({ name }) => name).join(" and ") || entity.name} has`,
        {
          behavior: giver.name,
          remedy: `They share ${entry.name}. Leave it out and set it, or rename it in one of them.`,
        },
      );
  }
}

function sameNumbers(entity: Entity, name: string, numbers: number | Float64Array): boolean {
  return entity.columns.copy(name).every((x, i) => {
    const given = typeof numbers === "number" ? numbers : numbers[i]!;
    return x === given || x === Math.fround(given);
  });
}

/** Values of variables in a sample. */
const countsOf = (entity: Entity, variables: readonly string[]): number[] =>
  variables.map((name) => {
    const entry = entity.symbols.get(name);
    return entry ? entity.countOf(entry) : entity.n;
  });

/** A recording for every recorder of the list, keeping those that are there; the others are dropped. */
function openRecordings(core: NetworkCore, runtime: Runtime, entity: Entity): void {
  const present = new Set(entity.attached.map(({ instance }) => instance));
  for (const instance of entity.recordings.keys()) if (!present.has(instance)) entity.recordings.delete(instance);
  for (const { instance } of entity.attached) {
    const { sample } = instance.declaration;
    if (!sample || entity.recordings.has(instance)) continue;
    try {
      const variables = sample.variables.map((name) =>
        name === "spike" || name === "t_last_spike" || (name === "refractory" && !entity.symbols.has(name))
          ? name
          : entity.find(name, "variable to record").name,
      );
      if (variables.length === 0)
        throw new NeuroweaveError("wrong-length", "a recorder without variables records nothing", {
          remedy: 'Name at least one: Recorder({ variables: ["v"] }).',
        });
      const every = sample.every === undefined ? 1 : stepsIn(sample.every, core.dt, "the recording interval");
      if (every < 1)
        throw new NeuroweaveError("out-of-range", "the recording interval is zero", {
          remedy: `Give at least dt = ${core.dt} ms.`,
        });
      entity.recordings.set(
        instance,
        runtime.records.samples({
          request: { ...sample, variables },
          counts: countsOf(entity, variables),
          every,
          dt: core.dt,
          precision: runtime.precision,
        }),
      );
    } catch (error) {
      throw withPlace(error, { entity: entity.name, behavior: instance.name });
    }
  }
}

/** The attached instance of a name. */
export function attachedNamed(entity: Entity, name: string): Attached {
  const found = entity.attached.find(({ instance }) => instance.name === name);
  if (found) return found;
  throw noBehavior(
    entity.name,
    name,
    entity.attached.map(({ instance }) => instance.name),
  );
}

function noBehavior(entity: string, name: string, names: readonly string[]): NeuroweaveError {
  const candidates = nearest(name, names);
  return new NeuroweaveError("unknown-name", `${entity} has no behavior ${name}`, {
    entity,
    candidates,
    remedy: candidates.length > 0 ? `Did you mean ${candidates.join(" or ")}?` : `It has ${names.join(", ")}.`,
  });
}
