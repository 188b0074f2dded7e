/** What an equation of every step is done for: of a projection each synapse, each neuron of an end, or each weight. */
import type { Entity } from "@neuroweave/model";
import type { Lanes } from "./stages.ts";

/** What an equation for a variable of an entity is done for. */
export function lanesOf(entity: Entity, variable: string): Lanes {
  if (entity.synapses === null) return "neurons";
  const declaration = entity.symbols.get(variable)?.declaration;
  const per = declaration && "per" in declaration ? declaration.per : undefined;
  if (per === "source" || per === "target") return per;
  return isOfWeights(entity, variable) && entity.synapses.shared ? "shared" : "synapses";
}

/** Whether there is one value of a symbol for each weight, whichever synapses share it. */
export function isOfWeights({ symbols }: Entity, name: string): boolean {
  const declaration = symbols.get(name)?.declaration;
  return name === "w" || (declaration !== undefined && "per" in declaration && declaration.per === "weight");
}

/** Where a stage of every step stands among those of its moment: what synapses read of their ends is as it was before. */
export const lanesOrder: readonly Lanes[] = ["neurons", "synapses", "shared", "source", "target"];
