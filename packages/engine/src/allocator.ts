/** Which parts of a memory are taken: best fit among what was given back, else from the top, which grows. */
import { NeuroweaveError } from "@neuroweave/equations";

const page = 65536;
const alignment = 64;
/** Bytes of pieces that code of the user may still see, at most, before the oldest of them are used again. */
const resting = 32 * 2 ** 20;

interface Gap {
  readonly address: number;
  readonly size: number;
}

/**
 * Takes and gives back zeroed pieces. Neighbouring gaps become one, so that pieces of other sizes fit again. A piece that was lent to code
 * of the user rests for a while when it is given back: whoever still writes to it, long after it was his, writes to what nobody reads.
 */
export function createAllocator(wasm: WebAssembly.Memory, most = 65536) {
  /** By address. */
  const gaps: Gap[] = [];
  // Address 0 stays unused, so that no block is mistaken for "none".
  let top = alignment;
  const lent = new Set<number>();
  const rest: Gap[] = [];
  let resters = 0;
  const sizeOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / alignment)) * alignment;
  const unused = (): number => gaps.reduce((sum, { size }) => sum + size, 0);
  const free = (address: number, size: number): void => {
    let at = gaps.findIndex((gap) => gap.address > address);
    if (at < 0) at = gaps.length;
    const [before, after] = [gaps[at - 1], gaps[at]];
    const start = before && before.address + before.size === address ? before : undefined;
    const end = after && address + size === after.address ? after : undefined;
    const gap = {
      address: start?.address ?? address,
      size: (start?.size ?? 0) + size + (end?.size ?? 0),
    };
    gaps.splice(start ? at - 1 : at, (start ? 1 : 0) + (end ? 1 : 0), gap);
  };
  return {
    /** Refuses so many bytes more where there is no room, and grows the memory for them where there is. */
    require(bytes: number): void {
      const free = unused();
      if (bytes <= free) return;
      const missing = top - free + bytes - wasm.buffer.byteLength;
      if (missing > 0) grow(wasm, missing, top - free + bytes, most);
    },
    take(bytes: number): number {
      const size = sizeOf(bytes);
      let best = -1;
      for (let index = 0; index < gaps.length; index++)
        if (gaps[index]!.size >= size && (best < 0 || gaps[index]!.size < gaps[best]!.size)) best = index;
      if (best < 0) {
        const missing = top + size - wasm.buffer.byteLength;
        if (missing > 0) grow(wasm, missing, top + size - unused(), most);
        top += size;
        return top - size;
      }
      const { address, size: room } = gaps[best]!;
      gaps.splice(best, 1, ...(room > size ? [{ address: address + size, size: room - size }] : []));
      new Uint8Array(wasm.buffer, address, size).fill(0);
      return address;
    },
    /** Marks the piece that begins there as seen by code of the user. */
    lend: (address: number): void => void lent.add(address),
    give(address: number, bytes: number): void {
      const size = sizeOf(bytes);
      if (!lent.delete(address)) return free(address, size);
      rest.push({ address, size });
      resters += size;
      while (resters > resting && rest.length > 1) {
        const oldest = rest.shift()!;
        resters -= oldest.size;
        free(oldest.address, oldest.size);
      }
    },
  };
}

/**
 * Grows by what is missing, or, while the memory is small, by half of it, so that many small pieces cost few growths. `total` is
 * what is taken with what is wanted. Changes nothing where the memory cannot be had.
 */
function grow(wasm: WebAssembly.Memory, missing: number, total: number, most: number): void {
  const present = wasm.buffer.byteLength / page;
  const needed = Math.ceil(missing / page);
  const generous = Math.min(Math.max(needed, Math.min(1024, Math.ceil(present / 2))), most - present);
  try {
    wasm.grow(Math.max(needed, generous));
  } catch (cause) {
    const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;
    throw new NeuroweaveError(
      "out-of-memory",
      `the network needs ${mebibytes(total)} in all, which cannot be had: at most ${mebibytes(most * page)} are possible`,
      { remedy: "Use fewer neurons or synapses, weights stored as f32 or i16, or precision f32." },
      { cause },
    );
  }
}
