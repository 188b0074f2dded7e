import {
  NeuroweaveError,
  type Endpoint,
  type Projection,
  type ProjectionOptions,
  type Region,
} from "@neuroweave/model";

/** Synapses between populations that are told by name; what `network.projection` takes otherwise. */
export interface SynapsePlan<Name extends string = string> extends Omit<ProjectionOptions, "source" | "target"> {
  readonly from: Name;
  readonly to: Name;
  /** What the projection is called within the region: `from→to` unless given, so that a second one needs a name. */
  readonly name?: string;
}

/** Makes the projections of a region in the order of the plans, by name; refuses the name of a population that the region lacks. */
export function connectAll(
  region: Region,
  ends: ReadonlyMap<string, Endpoint>,
  plans: readonly SynapsePlan[],
): Readonly<Record<string, Projection>> {
  const endOf = (name: string): Endpoint => {
    const end = ends.get(name);
    if (end) return end;
    throw new NeuroweaveError("unknown-name", `region ${region.name} has no population ${String(name)} to connect`, {
      candidates: [...ends.keys()],
      remedy: `It has ${[...ends.keys()].join(", ")}.`,
    });
  };
  const made = plans.map(({ from, to, name = `${from}→${to}`, ...options }) => {
    const projection = region.projection(name, { ...options, source: endOf(from), target: endOf(to) });
    return [name, projection] as const;
  });
  return Object.fromEntries(made);
}
