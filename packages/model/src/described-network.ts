/** A network as whoever writes it sees it. */
import { changedValues } from "./changed-values.ts";
import type { NetworkDescription, RegionMembers, WiringRecipe } from "./description.ts";
import type { Entity } from "./entity.ts";
import { delaysMadeAnew, weightsMadeAnew } from "./projecting.ts";
import type { ProjectionOptions } from "./projection-options.ts";
import type { NetworkCore, Runtime } from "./runtime.ts";

interface Wirings {
  wiringOf(projection: Entity): WiringRecipe & { readonly options: ProjectionOptions };
}

export function describedNetwork(
  core: NetworkCore,
  runtime: Runtime,
  wirings: Wirings,
  regions: readonly RegionMembers[],
): NetworkDescription {
  const populations = core.entities.filter(({ synapses }) => synapses === null);
  return {
    dt: core.dt,
    seed: core.seed,
    precision: runtime.precision,
    learning: core.learning,
    signals: populations.filter(({ isSignal }) => isSignal),
    populations: populations.filter(({ isSignal }) => !isSignal),
    projections: core.entities.filter(({ synapses }) => synapses !== null),
    regions,
    wiringOf: (projection) => wirings.wiringOf(projection),
    delaysByRule: (projection) => delaysMadeAnew(core, runtime, projection, wirings.wiringOf(projection).options),
    positionsOf: ({ givenPositions }) => givenPositions,
    changesOf(entity, withWeights = false) {
      const firstWeights = () => weightsMadeAnew(core, runtime, entity, wirings.wiringOf(entity).options);
      return changedValues(core, runtime, entity, withWeights ? null : firstWeights);
    },
  };
}
