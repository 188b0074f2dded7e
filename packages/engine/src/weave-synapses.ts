/** What one synapse does becomes a kernel whose lanes are the synapses of a row. */
import { NeuroweaveError, type Expression } from "@neuroweave/equations";
import {
  createBuilder,
  lowerNumber,
  streamKey,
  verify,
  type Builder,
  type Kernel,
  type Precision,
  type Scope,
  type Slot,
  type Value,
} from "@neuroweave/kernel";
import type { Entity } from "@neuroweave/model";
import { sumOf, type Stage } from "@neuroweave/schedule";

export type SynapseStage = Extract<Stage, { kind: "deliver" | "couple" }>;

interface Place {
  readonly precision: Precision;
  readonly dt: number;
  readonly seed: number | string;
}

/** Kernel of a projection's synapses: its stores, and the value that each transmits. */
export function weaveSynapses(projection: Entity, stage: SynapseStage, place: Place): Kernel {
  const b = createBuilder({ precision: place.precision, dt: place.dt, n: projection.n, synapses: "source" });
  const scope = scopeOf(b, projection, place);
  const lowered = (e: Expression): Value => lowerNumber(b, e, scope);
  if (stage.kind === "couple") {
    b.effect({ kind: "transmit", value: lowered(sumOf(stage.terms.map(({ value }) => value))) });
    return verify(b.finish(`synapses of ${projection.name}`));
  }
  const factors = stage.efficacy.map(({ value }) => lowered(value));
  const value = factors.reduce((product, factor) => b.apply("mul", product, factor), scope.symbol("w"));
  const stores = stage.assignments.map((each) => ({ target: each.target, value: lowered(each.value) }));
  b.effect({ kind: "transmit", value });
  for (const { target, value } of stores) {
    const slot = slotOf(projection, target, target);
    if (slot.shape !== "column" && slot.shape !== "source")
      throw new NeuroweaveError("not-supported", `${target} cannot be written at spikes: synapses share its values`, {
        entity: projection.name,
        remedy: "Write a variable of the synapses, or one per source.",
      });
    b.effect({ kind: "store", slot: target, value }, slot);
  }
  return verify(b.finish(`synapses of ${projection.name}`));
}

/** How a column of a projection is stored, as its synapses see it. */
function slotOf(projection: Entity, name: string, slotName: string): Slot {
  const column = projection.columns.at(name);
  const declaration = projection.symbols.get(name)?.declaration;
  const per = declaration && "per" in declaration ? declaration.per : undefined;
  const shared = name === "w" && projection.synapses!.shared !== null;
  const { packed } = column;
  return {
    name: slotName,
    shape: shared ? "shared" : (per ?? "column"),
    ...(packed ? { packed: { element: packed.element, scale: packed.scale } } : {}),
  };
}

function scopeOf(b: Builder, projection: Entity, { dt, seed }: Place): Scope {
  const { source, target } = projection.synapses!;
  const read = (entity: Entity, name: string, slot: (column: string) => Slot): Value => {
    const { form, constant } = entity.columns.at(name);
    if (form === "constant") return b.constant(constant);
    return b.load(form === "cell" ? { ...slot(name), shape: "cell" } : slot(name));
  };
  return {
    symbol(name) {
      if (name === "t") return b.time();
      if (name === "dt") return b.constant(dt);
      if (name === "i") return b.lane();
      if (name === "n") return b.constant(projection.n);
      if (name.startsWith("pre.")) return read(source.entity, name.slice(4), () => ({ name, shape: "source" }));
      if (name.startsWith("post.")) return read(target.entity, name.slice(5), () => ({ name, shape: "target" }));
      return read(projection, name, () => slotOf(projection, name, name));
    },
    stream: ({ occurrence }) => streamKey(JSON.stringify([String(seed), projection.name, occurrence])),
    delayed({ variable, span }) {
      throw new NeuroweaveError("structure", `delayed(${variable}, …) has no meaning in a synapse`, {
        entity: projection.name,
        remedy: "Give the projection a delay.",
        ...(span ? { span } : {}),
      });
    },
  };
}

/** Address of the first value of each slot of a kernel of synapses. */
export function synapseAddresses(projection: Entity, kernel: Kernel, bytes: number): Map<string, number> {
  const { source, target } = projection.synapses!;
  const addressOf = (entity: Entity, name: string, from: number): number => {
    const { block, packed, form } = entity.columns.at(name);
    return (packed?.bytes.address ?? block!.address) + (form === "cell" ? 0 : from * bytes);
  };
  return new Map(
    [...kernel.slots.keys()].map((name) => {
      if (name.startsWith("pre.")) return [name, addressOf(source.entity, name.slice(4), source.from)];
      if (name.startsWith("post.")) return [name, addressOf(target.entity, name.slice(5), target.from)];
      return [name, addressOf(projection, name, 0)];
    }),
  );
}
