/** The synapses of a projection by target: what a pass at postsynaptic spikes goes through. */
import type { SynapseColumns } from "@neuroweave/kernel";
import { pointersOf, targetsOf, type Entity } from "@neuroweave/model";
import type { Scratch } from "./scratch.ts";

/** In each column in the order of rows. Six bytes for each synapse from up to 65,536 sources, else eight. Made once for a wiring. */
export function columnsOf(projection: Entity, scratch: Scratch): SynapseColumns {
  const synapses = projection.synapses!;
  const { n } = projection;
  const sourceBytes = synapses.source.n <= 65536 ? 2 : 4;
  const pointers = scratch.words(projection, "columns/pointers", synapses.target.n + 1);
  const ids = scratch.words(projection, "columns/synapses", n);
  const sources = scratch.words(projection, "columns/sources", sourceBytes === 2 ? Math.ceil(n / 2) : n);
  const found = { pointers: pointers.address, synapses: ids.address, sources: sources.address, sourceBytes } as const;
  const ends = pointers.view();
  // A pointer behind the last column tells that all is there: the words of a scratch begin at 0.
  if (ends[synapses.target.n] === n) return found;
  const targets = targetsOf(synapses);
  for (let j = 0; j < n; j++) ends[targets[j]! + 1]!++;
  for (let target = 0; target < synapses.target.n; target++) ends[target + 1]! += ends[target]!;
  const next = ends.slice();
  const words = sources.view();
  const list = sourceBytes === 2 ? new Uint16Array(words.buffer, words.byteOffset, n) : words;
  const places = ids.view();
  const rows = pointersOf(synapses);
  for (let s = 0; s < synapses.source.n; s++)
    for (let j = rows[s]!; j < rows[s + 1]!; j++) {
      const place = next[targets[j]!]!++;
      places[place] = j;
      list[place] = s;
    }
  return found;
}
