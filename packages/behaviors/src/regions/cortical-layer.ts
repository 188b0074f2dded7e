import type {
  Complete,
  ListShape,
  Network,
  Population,
  PopulationOptions,
  Projection,
  Region,
  Shape,
  Shaped,
} from "@neuroweave/model";
import { connectAll, type SynapsePlan } from "./synapse-plan.ts";
import { asAWhole } from "./whole.ts";

type Behaviors = Shaped | readonly Shaped[];

/** A population of a layer: what `network.population` takes, by name. */
export interface LayerPopulation<L extends Behaviors = Behaviors> extends PopulationOptions {
  /** Number of neurons, or the lengths of a grid. */
  readonly n: number | readonly number[];
  readonly behaviors: L;
}

/** Populations of a layer, and the synapses between them. */
export interface CorticalLayerOptions<E extends Behaviors = Behaviors, I extends Behaviors = Behaviors> {
  /** The excitatory population. */
  readonly exc: LayerPopulation<E>;
  /** The inhibitory population. Nothing makes its synapses inhibitory but their weights, or the reversal potential of their receptor. */
  readonly inh?: LayerPopulation<I>;
  /** Synapses within the layer. */
  readonly synapses?: readonly SynapsePlan<"exc" | "inh">[];
}

/** A layer that has been made. */
export interface CorticalLayer<E extends Shape = Shape, I = Population | undefined> {
  readonly region: Region;
  readonly exc: Population<E>;
  readonly inh: I;
  /** The projections within the layer, by name without that of the layer. */
  readonly projections: Readonly<Record<string, Projection>>;
}

/** The same with the companions that behaviors need checked by the compiler. */
interface CheckedOptions<E extends Behaviors, I extends Behaviors> extends Omit<CorticalLayerOptions, "exc" | "inh"> {
  readonly exc: LayerPopulation<E & Complete<ListShape<E>>>;
  readonly inh?: LayerPopulation<I & Complete<ListShape<I>>>;
}

/**
 * A layer of the cortex after CoNeX's `CorticalLayer`: a region with an excitatory population `exc`, an inhibitory one `inh`, tagged
 * so, and the synapses within. Made as a whole or, with the refusal of the part that cannot be, not at all.
 */
export function corticalLayer<const E extends Behaviors, const I extends Behaviors = never>(
  net: Network,
  name: string,
  options: CheckedOptions<E, I>,
): CorticalLayer<ListShape<E>, [I] extends [never] ? undefined : Population<ListShape<I>>> {
  return asAWhole(net, () => layerIn(net.region(name), options as unknown as CorticalLayerOptions)) as never;
}

/** Makes the parts of a layer in a region. */
export function layerIn(region: Region, { exc, inh, synapses = [] }: CorticalLayerOptions): CorticalLayer {
  const make = (name: string, { n, behaviors, tags = [], ...rest }: LayerPopulation): Population =>
    region.population(name, n, behaviors as never, { ...rest, tags: [name, ...tags] }) as unknown as Population;
  const made = { exc: make("exc", exc), inh: inh && make("inh", inh) };
  const ends = new Map(Object.entries(made).flatMap(([name, each]) => (each ? [[name, each] as const] : [])));
  return { region, ...made, projections: connectAll(region, ends, synapses) };
}
