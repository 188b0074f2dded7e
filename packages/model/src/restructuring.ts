/** A projection with some synapses pruned and others grown: built beside the network from the one that is there. */
import { NeuroweaveError, withPlace } from "@neuroweave/equations";
import { requireWithinBounds } from "./bounds.ts";
import { isDistribution } from "./distributions.ts";
import { givenValue, initialParameter, initialStates, type Entity } from "./entity.ts";
import { projectionEntity } from "./projecting.ts";
import { rearranged, type Rearranged, type Restructuring } from "./rearranged.ts";
import type { NetworkCore, Runtime } from "./runtime.ts";
import { adoptRecordings } from "./structure.ts";
import { storeRows } from "./store-rows.ts";
import { releaseWiring } from "./synapses.ts";
import type { SymbolEntry } from "./symbols.ts";
import { sortOfDelays } from "./wire.ts";

/** A projection after a change of its synapses, not yet part of the network. */
export interface Restructured {
  readonly entity: Entity;
  /** Brings the values of all that stays from the projection before. */
  carry(): void;
}

/** Whether a symbol has one value for each synapse: here no synapses share weights, and what belongs to weights belongs to them. */
const isOfSynapses = ({ declaration }: SymbolEntry): boolean =>
  !("per" in declaration) || declaration.per === undefined || declaration.per === "weight";

const restructuredText = ", then pruned and grown";

/** Gives the new entity the columns of the one before: of the same length where they belong to ends, of the new one where to synapses. */
function addColumns(entity: Entity, before: Entity, { weights }: Rearranged): void {
  for (const name of before.columns.names()) {
    if (!isOfSynapses(before.symbols.get(name)!)) {
      entity.columns.adopt(name, before.columns);
      continue;
    }
    before.columns.keepBase(name);
    const { form, constant, packed, written, block, base } = before.columns.at(name);
    if (packed) entity.columns.addPacked(name, packed.element, new Float64Array(entity.n));
    else if (form === "column") entity.columns.addColumn(name);
    else {
      entity.columns.addConstant(name, constant);
      const scalar = form === "cell" ? block!.view()[0]! : constant;
      if (name === "w" && weights.some((weight) => weight !== scalar)) entity.columns.toColumn(name);
      else if (form === "cell") {
        entity.columns.toCell(name);
        entity.columns.at(name).block!.view()[0] = scalar;
      }
    }
    const column = entity.columns.at(name);
    column.written = written;
    column.base = base && new Float64Array(entity.n);
  }
}

/** Brings values, and what `reset` goes back to, to where the synapses are now. */
function carryValues(entity: Entity, before: Entity, { origin, weights }: Rearranged): void {
  const moved = (now: Float64Array, earlier: ArrayLike<number>, grown?: Float64Array): Float64Array =>
    now.map((x, j) => (origin[j]! >= 0 ? earlier[origin[j]!]! : (grown?.[-1 - origin[j]!] ?? x)));
  for (const name of before.columns.names()) {
    const column = entity.columns.at(name);
    if (!isOfSynapses(before.symbols.get(name)!)) {
      if (column.form === "column") entity.columns.write(name, before.columns.copy(name), 0);
    } else if (column.form === "column") {
      const grown = name === "w" ? weights : undefined;
      entity.columns.write(name, moved(entity.columns.copy(name), before.columns.copy(name), grown), 0);
      const { base } = before.columns.at(name);
      if (base) column.base = moved(column.base!, base, grown);
    }
  }
}

/** Variables and parameters of synapses that have grown begin as they would if the projection were made with these synapses. */
function beginGrown(entity: Entity, runtime: Runtime, { origin }: Rearranged): void {
  const own = [...entity.symbols.values()].filter(
    (entry) => entry.name !== "w" && isOfSynapses(entry) && entity.columns.get(entry.name)?.form === "column",
  );
  for (const entry of own) {
    const start = entity.starts.get(entry.name) ?? givenValue(entry);
    if (typeof start === "object" && !isDistribution(start))
      throw new NeuroweaveError(
        "wrong-length",
        `${entry.name} is given as a list for the synapses of before, and others grow`,
        {
          remedy: "Give one number or a distribution, and set it afterwards.",
        },
      );
  }
  const states = own.filter(({ kind }) => kind === "state");
  initialStates(entity, states, entity.symbols, runtime.evaluate);
  for (const entry of own) {
    const { name } = entry;
    if (entry.kind !== "state" && entry.kind !== "signal") {
      const value = initialParameter(entity, entry);
      entity.columns.write(name, typeof value === "number" ? new Float64Array(entity.n).fill(value) : value, 0);
    }
    const { base } = entity.columns.at(name);
    const begun = entity.columns.copy(name);
    if (base) for (let j = 0; j < base.length; j++) if (origin[j]! < 0) base[j] = begun[j]!;
  }
}

/**
 * A projection like `before` with other synapses. Refuses what does not fit, and changes nothing of the one before.
 */
export function restructured(
  core: NetworkCore,
  runtime: Runtime,
  before: Entity,
  changes: Restructuring,
): Restructured {
  const synapses = before.synapses!;
  try {
    if (synapses.shared)
      throw new NeuroweaveError("not-supported", "synapses that share weights cannot be pruned and grown one by one", {
        remedy: "Wire anew with another connector, or make them with weights of their own.",
      });
    const rows = rearranged(synapses, core.dt, changes);
    const { pointers, targets, steps } = rows;
    const given = {
      pointers,
      targets,
      delays: steps.length === 0 && synapses.delays.kind === "one" ? synapses.delays : sortOfDelays(pointers, steps),
      shared: null,
      weights: null,
    };
    const { wiring } = storeRows(given, runtime.storage);
    const { source, target, receptor, wirings, axonal, dendritic } = synapses;
    const element = synapses.elementOf("w");
    const text = synapses.text.endsWith(restructuredText) ? synapses.text : synapses.text + restructuredText;
    const entity = projectionEntity(
      core,
      runtime,
      { name: before.name, order: before.order, tags: [...before.tags] },
      wiring,
      { source, target, receptor, wirings, axonal, dendritic },
      { connect: { text } as never, ...(element === undefined ? {} : { weights: element }) },
    );
    entity.synapses!.learnsFrom = synapses.learnsFrom;
    entity.synapses!.enabled = synapses.enabled;
    try {
      entity.attached = before.attached;
      entity.symbols = before.symbols;
      for (const [name, start] of before.starts) entity.starts.set(name, start);
      addColumns(entity, before, rows);
      if (rows.weights.length > 0) beginGrown(entity, runtime, rows);
      const carry = (): void => carryValues(entity, before, rows);
      carry();
      const here = core.entities;
      core.entities = here.map((each) => (each === before ? entity : each));
      try {
        requireWithinBounds(entity, runtime.evaluate);
        runtime.validate(core, entity);
      } finally {
        core.entities = here;
      }
      adoptRecordings(core, runtime, entity, before, (name) => !isOfSynapses(before.symbols.get(name)!));
      return { entity, carry };
    } catch (error) {
      for (const name of entity.columns.names()) entity.columns.remove(name);
      releaseWiring(wiring, runtime.storage);
      throw error;
    }
  } catch (error) {
    throw withPlace(error, { entity: before.name });
  }
}
