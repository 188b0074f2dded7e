/** Which parts of a memory are taken: best fit among what was given back, else from the top, which grows. */
import { NeuroweaveError } from "@neuroweave/equations";

const page = 65536;
const alignment = 64;

interface Gap {
  readonly address: number;
  readonly size: number;
}

/** Takes and gives back zeroed pieces. Neighbouring gaps become one, so that pieces of other sizes fit again. */
export function createAllocator(wasm: WebAssembly.Memory, most = 65536) {
  /** By address. */
  const gaps: Gap[] = [];
  // Address 0 stays unused, so that no block is mistaken for "none".
  let top = alignment;
  const sizeOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / alignment)) * alignment;
  const unused = (): number => gaps.reduce((sum, { size }) => sum + size, 0);
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
    give(address: number, bytes: number): void {
      const size = sizeOf(bytes);
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
