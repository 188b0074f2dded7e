/** What one synapse does becomes a kernel whose lanes are the synapses of a row, or of a column. */
import { NeuroweaveError, withPlace } from "@neuroweave/equations";
import { createBuilder, lowerNumber, verify, type Kernel, type Precision, type Value } from "@neuroweave/kernel";
import type { Entity } from "@neuroweave/model";
import { sumOf, type Stage } from "@neuroweave/schedule";
import type { SweepStage } from "./passes.ts";
import { beforeName } from "./names.ts";
import { ownerOf } from "./slots.ts";
import { createReader, lowerStage, type Reader } from "./weave.ts";

export type SynapseStage = Extract<Stage, { kind: "deliver" | "couple" }>;

interface Place {
  readonly precision: Precision;
  readonly dt: number;
  readonly seed: number | string;
}

const nothing = {
  inputs: new Map(),
  historyRows: new Map(),
  arrivals: new Map(),
  tables: new Map(),
  summed: new Set<string>(),
  first: false,
};

function readerOf(projection: Entity, rows: "source" | "target", place: Place): Reader {
  const b = createBuilder({ precision: place.precision, dt: place.dt, n: projection.n, synapses: rows });
  return createReader(b, projection, { ...nothing, ...place, sight: "sweep" });
}

/** Kernel of a projection's synapses: its stores, and the value that each transmits. */
export function weaveSynapses(projection: Entity, stage: SynapseStage, place: Place): Kernel {
  const reader = readerOf(projection, "source", place);
  const { b, scope } = reader;
  if (stage.kind === "couple") {
    b.effect({ kind: "transmit", value: lowerNumber(b, sumOf(stage.terms.map(({ value }) => value)), scope) });
    return verify(b.finish(`synapses of ${projection.name}`));
  }
  const factors = stage.efficacy.map(({ value }) => lowerNumber(b, value, scope));
  const value = factors.reduce((product, factor) => b.apply("mul", product, factor), scope.symbol("w"));
  const updates = new Map(stage.assignments.map((each) => [each.target, lowerNumber(b, each.value, scope)]));
  b.effect({ kind: "transmit", value });
  storeAll(reader, updates);
  return verify(b.finish(`synapses of ${projection.name}`));
}

/** Kernel of a pass over synapses: what it stores, and what it adds to what several synapses have. */
export function weaveSweep(name: string, projection: Entity, stages: readonly SweepStage[], place: Place): Kernel {
  const rows = stages.some((stage) => stage.kind === "sweep" && stage.over === "post") ? "target" : "source";
  const reader = readerOf(projection, rows, place);
  const { b } = reader;
  const adds = (name: string): boolean => stages.some((stage) => stage.kind === "sweep" && stage.assignments.some(({ target }) => target === name));
  // What several synapses have changes with each of them, and all of them read what it was before the first.
  const symbol = (name: string): Value =>
    adds(name) && reader.column(name).shape === "shared" ? b.load({ ...reader.column(name), name: beforeName(name) }) : reader.scope.symbol(name);
  const scope = { ...reader.scope, symbol };
  const updates = new Map<string, Value>();
  const added = new Map<string, Value>();
  const lowerEach = (stage: SweepStage): void => {
    if (stage.kind === "sum")
      for (const { name, term } of stage.signals) added.set(name, lowerNumber(b, term.value, scope));
    else if (stage.kind === "sweep")
      for (const { target, value, terms } of stage.assignments)
        if (reader.column(target).shape === "shared") added.set(target, lowerNumber(b, sumOf(terms.map((term) => term.value)), scope));
        else updates.set(target, lowerNumber(b, value, scope));
    else lowerStage(reader, stage, updates);
  };
  for (const stage of stages)
    try {
      lowerEach(stage);
    } catch (error) {
      throw withPlace(error, { entity: projection.name, behavior: stage.behaviors[0]! });
    }
  for (const [slot, value] of added) b.effect({ kind: "add", slot, value }, reader.column(slot));
  storeAll(reader, new Map([...updates].filter(([target]) => !target.includes("~"))));
  return verify(b.finish(name));
} // prettier-ignore

function storeAll({ b, entity, column }: Reader, updates: ReadonlyMap<string, Value>): void {
  for (const [target, value] of updates) {
    const slot = column(target);
    if (slot.shape === "shared")
      throw new NeuroweaveError("not-supported", `${target} cannot be written at spikes: synapses share its values`, {
        entity: entity.name,
        remedy: "Write a variable of the synapses, or one per source.",
      });
    b.effect({ kind: "store", slot: target, value }, slot);
  }
}

/** Address of the first value of each slot of a kernel of synapses. */
export function synapseAddresses(projection: Entity, kernel: Kernel, bytes: number): Map<string, number> {
  return new Map([...kernel.slots.keys()].map((name) => [name, firstAddress(projection, name, bytes)]));
}

/** Address of the value of the first neuron, or synapse, that a name means. */
export function firstAddress(entity: Entity, name: string, bytes: number): number {
  const { owner, column, from } = ownerOf(entity, name);
  const { block, packed, form } = owner.columns.at(column);
  return (packed?.bytes.address ?? block!.address) + (form === "cell" ? 0 : from * bytes);
}
