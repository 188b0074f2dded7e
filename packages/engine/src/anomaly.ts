/** Finding the neuron or synapse behind a state that is no longer finite. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Entity } from "@neuroweave/model";

export interface Anomaly {
  readonly entity: Entity;
  readonly variable: string;
  readonly neuron: number;
  readonly value: number;
}

/** The first non-finite state, by entity, variable and neuron; looks at real neurons only. */
export function findAnomaly(entities: readonly Entity[]): Anomaly | undefined {
  for (const entity of entities)
    for (const { name, kind } of entity.symbols.values()) {
      // A parameter that a behavior writes is state; it remembers what was set.
      if (kind !== "state" && !entity.columns.get(name)?.written) continue;
      const values = entity.columns.copy(name);
      const neuron = values.findIndex((x) => !Number.isFinite(x));
      if (neuron >= 0) return { entity, variable: name, neuron, value: values[neuron]! };
    }
  return undefined;
}

/** Repeats the last neuron in the padding of every column, where something may have gone astray. */
export function repadAll(entities: readonly Entity[]): void {
  for (const entity of entities) for (const name of entity.columns.names()) entity.columns.repad(name);
}

/** What has the values of a variable: neurons, or synapses, sources or targets of a projection. */
function placeOf(entity: Entity, variable: string): string {
  const declaration = entity.symbols.get(variable)?.declaration;
  const per = declaration && "per" in declaration ? declaration.per : undefined;
  return entity.synapses === null ? "neuron" : (per ?? "synapse");
}

export function anomalyError(
  { entity, variable, neuron, value }: Anomaly,
  step: number,
  dt: number,
  before: number,
): NeuroweaveError {
  return new NeuroweaveError(
    "non-finite-state",
    `${variable} of ${placeOf(entity, variable)} ${neuron} became ${value} in step ${step} (t = ${Number((step * dt).toPrecision(12))} ms); it was ${before} before`,
    {
      entity: entity.name,
      remedy: "Use a smaller dt, another method, or a spike threshold that keeps the variable bounded. The network stands at the end of that step and can be read, reset or restored.", // prettier-ignore
    },
  );
}
