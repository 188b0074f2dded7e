/** How kernels see columns: as one value, one for each lane, or by the end of the synapse that a lane is. */
import type { Slot } from "@neuroweave/kernel";
import { signalOf, type Entity } from "@neuroweave/model";
import type { Lanes } from "@neuroweave/schedule";

/** `sweep`: each lane is a synapse that knows its ends, its row and the weight that it shares. */
export type Sight = Lanes | "sweep";

/** A slot, or the number where a column is a constant; undefined for what no column holds. */
export function slotIn(entity: Entity, name: string, sight: Sight): Slot | number | undefined {
  const { owner, column, end } = ownerOf(entity, name);
  const found = owner.columns.get(column);
  if (!found) return undefined;
  if (found.form === "constant") return found.constant;
  if (found.form === "cell" || (owner !== entity && owner.isSignal)) return { name, shape: "cell" };
  return { name, shape: end !== null && sight === "sweep" ? end : sight === "sweep" ? shapeOf(entity, name) : "column", ...packedOf(found) };
} // prettier-ignore

const packedOf = ({
  packed,
}: {
  readonly packed: { readonly element: "f32" | "i16"; readonly scale: number } | null;
}): Pick<Slot, "packed"> => (packed ? { packed: { element: packed.element, scale: packed.scale } } : {});

/** Where a synapse finds its value of a column of the projection. */
function shapeOf({ symbols, synapses }: Entity, name: string): Slot["shape"] {
  const declaration = symbols.get(name)?.declaration;
  const per = declaration && "per" in declaration ? declaration.per : undefined;
  if (per === "source" || per === "target") return per;
  return (name === "w" || per === "weight") && synapses!.shared ? "shared" : "column";
}

interface Owner {
  readonly owner: Entity;
  readonly column: string;
  readonly end: "source" | "target" | null;
  /** The first neuron that is meant. */
  readonly from: number;
}

/** Whose column a name means: that of an end of a projection, of a signal of the network, or the entity's own. */
export function ownerOf(entity: Entity, name: string): Owner {
  const { synapses } = entity;
  if (synapses && name.startsWith("pre.")) return { owner: synapses.source.entity, column: name.slice(4), end: "source", from: synapses.source.from };
  if (synapses && name.startsWith("post.")) return { owner: synapses.target.entity, column: name.slice(5), end: "target", from: synapses.target.from };
  const signal = signalOf(entity, name);
  if (signal) return { owner: signal.entity, column: signal.column, end: null, from: 0 };
  return { owner: entity, column: name, end: null, from: 0 };
} // prettier-ignore
