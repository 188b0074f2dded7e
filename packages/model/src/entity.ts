/** A population as the pipeline sees it: attached instances, symbols, columns. */
import { NeuroweaveError, parseExpression, symbolsOf, withPlace, type Expression } from "@neuroweave/equations";
import type { BehaviorInstance } from "./behavior.ts";
import { Columns, numbersOf } from "./columns.ts";
import type { Synapses } from "./synapses.ts";
import { isDistribution } from "./distributions.ts";
import type { PortableMath } from "./host.ts";
import type { MethodName } from "./method-names.ts";
import type { ParameterValue } from "./parameters.ts";
import type { Recording, SpikeRecord } from "./recording.ts";
import type { Storage } from "./storage.ts";
import {
  checkOrderNames,
  findSymbol,
  resolver,
  symbolTable,
  type Attached,
  type EndTables,
  type SymbolEntry,
  type SymbolTable,
} from "./symbols.ts";

export interface EntityPlace {
  /** The signals of the network, by name. */
  readonly signals: ReadonlyMap<string, Entity>;
  readonly dt: number;
  readonly seed: number | string;
  readonly math: PortableMath;
}

/** Evaluates expressions of an entity's columns with the bits of the devices: one number, or one per neuron. */
export type Evaluate = (
  entity: Entity,
  expressions: ReadonlyMap<string, Expression>,
  count: number,
) => Map<string, Float64Array>;

/** The list of an entity that has not been given any. */
export const unattached: readonly Attached[] = [];

/** One population, or one projection. The lists and tables are replaced as wholes, never half. */
export class Entity {
  readonly name: string;
  readonly n: number;
  readonly shape: readonly number[];
  readonly tags: ReadonlySet<string>;
  /** Position in the order of creation. */
  readonly order: number;
  readonly columns: Columns;
  readonly place: EntityPlace;
  readonly spikeRecord: SpikeRecord;
  readonly recordings = new Map<BehaviorInstance, Recording>();
  /** Keeps only the last so many spikes. */
  readonly keepSpikes: number | undefined;
  /** What states begin with, as it was when their columns were made: whoever gave it may have been detached since. */
  readonly starts = new Map<string, ParameterValue | string>();
  /** Coordinates that were given, one array for each dimension; null where neurons stand at their grid indices. */
  readonly givenPositions: readonly Float64Array[] | null;
  /** What makes it a projection, whose n values of a column belong to its synapses; null for a population. */
  readonly synapses: Synapses | null;
  /** Whether it is a signal of the network: one value under a name that every behavior can read. */
  readonly isSignal: boolean;
  /** Spikes emitted in all runs so far, kept or not. */
  emitted = 0;
  method: MethodName | undefined;
  attached: readonly Attached[] = unattached;
  symbols: SymbolTable = new Map();

  constructor(options: {
    name: string;
    shape: readonly number[];
    tags: readonly string[];
    order: number;
    method: MethodName | undefined;
    place: EntityPlace;
    storage: Storage;
    spikeRecord: SpikeRecord;
    keepSpikes: number | undefined;
    synapses?: Synapses;
    isSignal?: boolean;
    positions?: readonly Float64Array[] | null;
  }) {
    this.name = options.name;
    this.shape = options.shape;
    this.n = options.shape.reduce((product, each) => product * each, 1);
    this.tags = new Set(options.tags);
    this.order = options.order;
    this.method = options.method;
    this.place = options.place;
    this.columns = new Columns(this.n, options.storage);
    this.spikeRecord = options.spikeRecord;
    this.keepSpikes = options.keepSpikes;
    this.synapses = options.synapses ?? null;
    this.isSignal = options.isSignal ?? false;
    this.givenPositions = options.positions ?? null;
  }

  /** Coordinates of the neurons, one array of n values for each dimension. */
  positions(): readonly Float64Array[] {
    return this.givenPositions ?? gridIndices(this.shape);
  }

  /** Number of values of a symbol. */
  countOf({ name, declaration }: SymbolEntry): number {
    const per = "per" in declaration ? declaration.per : undefined;
    if (this.synapses === null) return this.n;
    if (per === "weight" || (per === undefined && name === "w")) return this.synapses.shared?.values ?? this.n;
    if (per === undefined) return this.n;
    return this.synapses[per].n;
  }

  /** Instances that take part, in list order. */
  enabled(): BehaviorInstance[] {
    return this.attached.filter((each) => each.enabled).map((each) => each.instance);
  }

  find(name: string, what?: string): SymbolEntry {
    try {
      return findSymbol(this.symbols, name, what);
    } catch (error) {
      throw withPlace(error, { entity: this.name });
    }
  }
}

/** Where neurons of a grid stand without positions of their own: at their indices, slowest dimension first. */
function gridIndices(shape: readonly number[]): Float64Array[] {
  const n = shape.reduce((product, each) => product * each, 1);
  let stride = n;
  return shape.map((length) => {
    stride /= length;
    const width = stride;
    return Float64Array.from({ length: n }, (_, i) => Math.floor(i / width) % length);
  });
}

/** Names and symbols of a list of instances, checked; nothing is changed. */
export function checkedSymbols(entity: string, attached: readonly Attached[]): SymbolTable {
  const names = attached.map(({ instance }) => instance.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new NeuroweaveError("duplicate-name", `two behaviors of ${entity} are named ${twice}`, {
      entity,
      remedy: `Name one of them: { name: "…" }.`,
    });
  try {
    const present = attached.flatMap(({ instance }) => [instance.name, instance.declaration.behavior]);
    for (const { instance } of attached) checkOrderNames(instance, present);
    return symbolTable(attached);
  } catch (error) {
    throw withPlace(error, { entity });
  }
}

/** The value that a symbol begins with: given to any of its owners, or their common default. */
export function givenValue(entry: SymbolEntry): ParameterValue | string {
  const key = entry.kind === "state" ? `init_${entry.local}` : entry.local;
  const given = entry.owners.filter((owner) => owner.values.has(key));
  const [first, ...others] = given;
  if (first) {
    const value = first.values.get(key)!;
    const different = others.find((owner) => !sameValue(owner.values.get(key)!, value));
    if (different)
      throw new NeuroweaveError(
        "two-owners",
        `${entry.name} is given two values, by ${first.name} and by ${different.name}`,
        {
          behavior: different.name,
          remedy: `They share ${entry.name}. Give it once, or rename it in one of them.`,
        },
      );
    return value;
  }
  const defaults = entry.owners.map((owner) => defaultOf(owner, entry));
  const odd = defaults.findIndex((value) => !sameValue(value, defaults[0]!));
  if (odd > 0)
    throw new NeuroweaveError(
      "two-owners",
      `${entry.name} has two defaults: ${textOf(defaults[0]!)} in ${entry.owners[0]!.name}, ${textOf(defaults[odd]!)} in ${entry.owners[odd]!.name}`,
      { behavior: entry.owners[odd]!.name, remedy: `Give ${key} a value, or rename it in one of them.` },
    );
  return defaults[0]!;
}

function defaultOf({ declaration }: BehaviorInstance, { kind, local }: SymbolEntry): ParameterValue | string {
  if (kind === "state") return declaration.states.get(local)!.init;
  if (kind === "input") return declaration.inputs.get(local)!.default ?? 0;
  return declaration.parameters.get(local)!.default;
}

const textOf = (value: ParameterValue | string): string =>
  typeof value === "object" && isDistribution(value) ? value.text : String(value);

export function sameValue(a: ParameterValue | string, b: ParameterValue | string): boolean {
  if (typeof a !== "object" || typeof b !== "object") return Object.is(a, b);
  if (isDistribution(a) || isDistribution(b)) return isDistribution(a) && isDistribution(b) && a.text === b.text;
  return a.length === b.length && Array.from(a).every((x, index) => Object.is(x, b[index]));
}

/** Checked numbers of a parameter's or input's first value. */
export function initialParameter(entity: Entity, entry: SymbolEntry): number | Float64Array {
  const given = givenValue(entry);
  // An input without a constant term begins at −0, the neutral element of addition: −0 + x is x, to the bit.
  const value = entry.kind === "input" && given === 0 ? -0 : given;
  const declaration = entry.kind === "parameter" ? entry.declaration : { ...unitOf(entry) };
  try {
    return numbersOf(entry.name, value, declaration, entity.countOf(entry), {
      ...entity.place,
      stream: [entity.name, entry.name],
    });
  } catch (error) {
    throw withPlace(error, { entity: entity.name, behavior: giver(entry).name });
  }
}

/** The instance whose value of a symbol holds: the one that was given it, or the first that declares it. */
function giver({ kind, local, owners }: SymbolEntry): BehaviorInstance {
  const key = kind === "state" ? `init_${local}` : local;
  return owners.find((owner) => owner.values.has(key)) ?? owners[0]!;
}

const unitOf = ({ declaration }: SymbolEntry): { unit?: string } =>
  declaration.unit === undefined ? {} : { unit: declaration.unit };

/**
 * Initial values of the named states. Values given as expressions may name parameters and other states; those are
 * evaluated first. Refuses unknown names and circles.
 */
export function initialStates(
  entity: Entity,
  entries: readonly SymbolEntry[],
  symbols: SymbolTable,
  evaluate: Evaluate,
): Map<string, Float64Array> {
  const result = new Map<string, Float64Array>();
  const expressions = new Map<string, Expression>();
  const checked = (entry: SymbolEntry, value: ParameterValue): Float64Array => {
    try {
      const place = { ...entity.place, stream: [entity.name, `init_${entry.name}`] };
      const count = entity.countOf(entry);
      const numbers = numbersOf(`init_${entry.name}`, value, {}, count, place);
      return typeof numbers === "number" ? new Float64Array(count).fill(numbers) : numbers;
    } catch (error) {
      throw withPlace(error, { entity: entity.name, behavior: giver(entry).name });
    }
  };
  for (const entry of entries) {
    const value = entity.starts.get(entry.name) ?? givenValue(entry);
    if (typeof value === "string") expressions.set(entry.name, initialExpression(entity, entry, value, symbols));
    else result.set(entry.name, checked(entry, value));
  }
  for (const [name, values] of result) entity.columns.write(name, values, 0);
  while (expressions.size > 0) {
    const ready = [...expressions].filter(([, e]) => ![...symbolsOf(e)].some((name) => expressions.has(name)));
    if (ready.length === 0)
      throw new NeuroweaveError(
        "cyclic-order",
        `the initial values of ${[...expressions.keys()].join(" and ")} need one another`,
        {
          entity: entity.name,
          remedy: "Give one of them a number.",
        },
      );
    // Values per source or target are computed by themselves: they are not as many as those of synapses.
    const counts = new Set(ready.map(([name]) => entity.countOf(symbols.get(name)!)));
    for (const count of counts) {
      const alike = ready.filter(([name]) => entity.countOf(symbols.get(name)!) === count);
      requireCount(entity, alike, count, symbols);
      for (const [name] of alike) expressions.delete(name);
      for (const [name, computed] of evaluate(entity, new Map(alike), count)) {
        const values = checked(symbols.get(name)!, computed);
        result.set(name, values);
        entity.columns.write(name, values, 0);
      }
    }
  }
  return result;
}

/** Refuses initial values that look at the ends of a synapse, at weights of fewer bits, or at columns of another length. */
function requireCount(
  entity: Entity,
  expressions: readonly (readonly [string, Expression])[],
  count: number,
  symbols: SymbolTable,
): void {
  for (const [name, expression] of expressions)
    for (const other of symbolsOf(expression)) {
      if (other.startsWith("pre.") || other.startsWith("post.") || entity.columns.get(other)?.packed)
        throw new NeuroweaveError("not-supported", `the initial value of ${name} cannot be computed from ${other}`, {
          entity: entity.name,
          remedy: "Give a number, a list or a distribution, or set it when the projection is there.",
        });
      const entry = symbols.get(other);
      if (!entry || entity.columns.get(other)?.form !== "column" || entity.countOf(entry) === count) continue;
      throw new NeuroweaveError(
        "wrong-length",
        `the initial value of ${name} has ${count} values and needs ${other}, which has ${entity.countOf(entry)}`,
        { entity: entity.name, remedy: "Give a number, or declare both per synapse, source or target alike." },
      );
    }
}

/** Fills column `spike` with what it holds when step 0 begins: zeros, unless a behavior says otherwise. */
export function initialSpikes(entity: Entity): void {
  const spike = entity.columns.view("spike").fill(0);
  for (const { name, declaration } of entity.enabled()) {
    if (declaration.initialSpikes === null) continue;
    try {
      const place = { ...entity.place, stream: [entity.name, name, "initialSpikes"] };
      const given = numbersOf("the initial spikes", declaration.initialSpikes, {}, entity.n, place);
      for (let i = 0; i < entity.n; i++) if ((typeof given === "number" ? given : given[i]!) !== 0) spike[i] = 1;
    } catch (error) {
      throw withPlace(error, { entity: entity.name, behavior: name });
    }
  }
  entity.columns.repad("spike");
}

function initialExpression(entity: Entity, entry: SymbolEntry, text: string, symbols: SymbolTable): Expression {
  const owner = giver(entry);
  const place = { entity: entity.name, behavior: owner.name, source: text };
  try {
    const everything = entity.attached.map(({ instance }) => ({ instance, enabled: true }));
    const parsed = parseExpression(text, { occurrencePrefix: `init_${entry.name}/` });
    return resolver(symbols, everything, owner, endTables(entity), entity.place.signals).expression(parsed);
  } catch (error) {
    throw withPlace(error, place);
  }
}

/** The signal and its column that a name means; undefined for what is the entity's own. */
export function signalOf({ symbols, place }: Entity, name: string): { readonly entity: Entity; readonly column: string } | undefined {
  if (symbols.has(name)) return undefined;
  const dot = name.lastIndexOf(".");
  const entity = dot < 0 ? undefined : place.signals.get(name.slice(0, dot));
  return entity && { entity, column: name.slice(dot + 1) };
} // prettier-ignore

/** Tables of the ends of a projection; null for a population. */
export const endTables = ({ synapses }: Entity): EndTables | null =>
  synapses && { pre: synapses.source.entity.symbols, post: synapses.target.entity.symbols };
