/** What somebody who describes a network as data is told about it: `Network` hands it to the function that `createNetwork` gave it. */
import type { ChangedValues } from "./changed-values.ts";
import type { Entity } from "./entity.ts";
import type { NetworkFile } from "./network-file.ts";
import type { ProjectionOptions } from "./projection-options.ts";

/** How a projection was made. */
export interface WiringRecipe {
  readonly options: Pick<ProjectionOptions, "connect" | "weight" | "delay" | "axonal" | "dendritic" | "weights">;
  /** Whether its synapses are those that the same options would make again. */
  readonly isRepeatable: boolean;
}

/** A region: own members by their full names, and the regions within it. */
export interface RegionMembers {
  readonly name: string;
  readonly populations: readonly string[];
  readonly projections: readonly string[];
  readonly regions: readonly string[];
}

export interface NetworkDescription {
  readonly dt: number;
  readonly seed: number | string;
  readonly precision: "f64" | "f32";
  readonly learning: boolean;
  /** In order of creation. */
  readonly signals: readonly Entity[];
  readonly populations: readonly Entity[];
  readonly projections: readonly Entity[];
  readonly regions: readonly RegionMembers[];
  wiringOf(projection: Entity): WiringRecipe;
  /** Delays that a rule gives, in the order of the connector; null where they are not those that the synapses have. */
  delaysByRule(projection: Entity): number | Float64Array | null;
  /** Coordinates that a population was given; null where neurons stand at their grid indices. */
  positionsOf(population: Entity): readonly Float64Array[] | null;
  /** How values differ from those that the entity would begin with; `withWeights`: those of all synapses in any case. */
  changesOf(entity: Entity, withWeights?: boolean): ChangedValues;
}

/** Makes data of a network. */
export type Describe = (network: NetworkDescription) => NetworkFile;
