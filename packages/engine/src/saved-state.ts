/** Copies of the memory that a run changes, for bringing it back. */
import type { SpikeRing } from "@neuroweave/kernel";
import type { Memory } from "./memory.ts";

/** What a run changes: pieces of memory as [address, bytes], and rings of spikes, of which few words count. */
export interface Mutable {
  readonly pieces: readonly (readonly [number, number])[];
  readonly rings: readonly SpikeRing[];
}

export interface SavedState {
  /** Takes copies of everything as it is. */
  keep(): void;
  /** Puts everything back as it was when last kept. */
  bringBack(): void;
}

/** Nothing is kept to begin with. Room is taken once, and for spikes as it is needed. */
export function savedState({ pieces, rings }: Mutable, memory: Memory): SavedState {
  const all = [...pieces.map(([address, bytes]) => piece(address, bytes, memory)), ...rings.map((ring) => spikes(ring, memory))];
  return {
    keep: () => all.forEach((each) => each.keep()),
    bringBack: () => all.forEach((each) => each.bringBack()),
  };
} // prettier-ignore

function piece(address: number, bytes: number, memory: Memory): SavedState {
  const copy = new Uint8Array(bytes);
  return {
    keep: () => copy.set(new Uint8Array(memory.wasm.buffer, address, bytes)),
    bringBack: () => new Uint8Array(memory.wasm.buffer).set(copy, address),
  };
}

/** Rows of a ring have room for all neurons, and hold those that spiked. */
function spikes({ ids, counts, rows, n }: SpikeRing, memory: Memory): SavedState {
  const kept = new Uint32Array(rows);
  let listed = new Uint32Array(0);
  const views = () => ({
    now: new Uint32Array(memory.wasm.buffer, counts, rows),
    all: new Uint32Array(memory.wasm.buffer, ids, rows * n),
  });
  return {
    keep() {
      const { now, all } = views();
      kept.set(now);
      const total = kept.reduce((sum, count) => sum + count, 0);
      if (listed.length < total) listed = new Uint32Array(2 * total);
      let at = 0;
      for (let row = 0; row < rows; row++) {
        if (kept[row] === 0) continue;
        listed.set(all.subarray(row * n, row * n + kept[row]!), at);
        at += kept[row]!;
      }
    },
    bringBack() {
      const { now, all } = views();
      now.set(kept);
      let at = 0;
      for (let row = 0; row < rows; row++) {
        if (kept[row] === 0) continue;
        all.set(listed.subarray(at, at + kept[row]!), row * n);
        at += kept[row]!;
      }
    },
  };
}
