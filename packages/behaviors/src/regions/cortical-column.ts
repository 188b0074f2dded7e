import type { Network, Projection, Region } from "@neuroweave/model";
import { layerIn, type CorticalLayer, type CorticalLayerOptions } from "./cortical-layer.ts";
import { connectAll, type SynapsePlan } from "./synapse-plan.ts";
import { asAWhole } from "./whole.ts";

/** Layers of a column, and the synapses between them. */
export interface CorticalColumnOptions<Layer extends string = string> {
  /** The layers by name, such as L23, L4, L5 and L6, in the order in which they are made. */
  readonly layers: Readonly<Record<Layer, CorticalLayerOptions>>;
  /** Synapses between layers, from `L4.exc` to `L23.exc` and the like. */
  readonly synapses?: readonly SynapsePlan<`${NoInfer<Layer>}.exc` | `${NoInfer<Layer>}.inh`>[];
}

/** A column that has been made. */
export interface CorticalColumn<Layer extends string = string> {
  readonly region: Region;
  readonly layers: Readonly<Record<Layer, CorticalLayer>>;
  /** The projections between layers, by name without that of the column. */
  readonly projections: Readonly<Record<string, Projection>>;
}

/**
 * A column of the cortex after CoNeX's `CorticalColumn`: a region of layers, each a region in it, and the synapses between them.
 * Population `exc` of layer L4 of column V1 is `V1.L4.exc` of the network. Made as a whole or not at all.
 */
export function corticalColumn<const Layer extends string>(
  net: Network,
  name: string,
  { layers, synapses = [] }: CorticalColumnOptions<Layer>,
): CorticalColumn<Layer> {
  return asAWhole(net, () => {
    const region = net.region(name);
    const entries = Object.entries<CorticalLayerOptions>(layers);
    const made = entries.map(([layer, options]) => [layer, layerIn(region.region(layer), options)] as const);
    const ends = made.flatMap(([layer, { exc, inh }]) => [
      [`${layer}.exc`, exc] as const,
      ...(inh ? [[`${layer}.inh`, inh] as const] : []),
    ]);
    const projections = connectAll(region, new Map(ends), synapses);
    return { region, layers: Object.fromEntries(made) as Readonly<Record<Layer, CorticalLayer>>, projections };
  });
}
