/** Where the synapses of each delay begin in a row that is sorted by delay. */
import { NeuroweaveError } from "@neuroweave/equations";
import { pointersOf, type Entity } from "@neuroweave/model";
import type { Scratch } from "./scratch.ts";

/** The tables that have been filled, by the block of the delays that they were made from. */
const filled = new WeakMap<object, number>();

/**
 * For every source, how many synapses have a delay of at most 0, 1, … steps, up to the longest; filled once for a wiring. Kept with what
 * belongs to the projection.
 */
export function offsetsOf(projection: Entity, scratch: Scratch): { readonly offsets: number; readonly bytes: 2 | 4 } {
  const { delays } = projection.synapses!;
  if (delays.kind !== "synapse")
    throw new NeuroweaveError("internal", `the synapses of ${projection.name} have no delays of their own`);
  const sources = projection.synapses!.source.n;
  const bytes = longestRow(pointersOf(projection.synapses!)) < 65536 ? 2 : 4;
  const width = delays.longest + 1;
  const block = scratch.words(projection, "offsets", Math.ceil((sources * width * bytes) / 4));
  const result = { offsets: block.address, bytes } as const;
  if (filled.get(delays.block) === block.address) return result;
  const pointers = pointersOf(projection.synapses!);
  const words = block.view();
  const table = bytes === 2 ? new Uint16Array(words.buffer, block.address, sources * width) : words;
  const stored = delays.block.view();
  const steps = delays.width === 1 ? stored : new Uint16Array(stored.buffer, stored.byteOffset, stored.byteLength >> 1);
  for (let s = 0; s < sources; s++) {
    const [start, stop] = [pointers[s]!, pointers[s + 1]!];
    let j = start;
    for (let d = 0; d < width; d++) {
      while (j < stop && steps[j]! <= d) j++;
      table[s * width + d] = j - start;
    }
  }
  filled.set(delays.block, block.address);
  return result;
}

function longestRow(pointers: Uint32Array): number {
  let most = 0;
  for (let s = 0; s + 1 < pointers.length; s++) most = Math.max(most, pointers[s + 1]! - pointers[s]!);
  return most;
}
