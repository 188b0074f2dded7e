/** Networks of a file, whole and in parts. */
import { loadNetwork, type Network } from "neuroweave";
import type { NetworkDocument } from "../document.ts";

/** What this page opens of others, at most: more would not run in it. */
export const sharedLimits = { maxBytes: 1 << 20, maxNeurons: 50_000, maxSynapses: 5_000_000 } as const;

/** A network that has only one population of a file, or one projection and its ends. */
export function partOf(file: NetworkDocument, name: string): Network {
  const { projections = [], regions: _, ...rest } = file;
  const projection = projections.find((each) => each.name === name);
  const ends = projection && [projection.source, projection.target].map((end) => (typeof end === "string" ? end : end.population)); // prettier-ignore
  const populations = file.populations.filter((each) => (ends ? ends.includes(each.name) : each.name === name));
  return loadNetwork({ ...rest, populations, projections: projection ? [projection] : [] });
}
