/** The network's memory: one WebAssembly.Memory, shared by every device, with blocks that keep their place. */
import { createAllocator } from "./allocator.ts";
import { elementBytes, type Precision } from "@neuroweave/kernel";
import type { Block, Floats, Storage } from "@neuroweave/model";

/** Most pages of 64 KiB that 32-bit addresses reach. */
const pages = 65536;

export interface Memory extends Storage {
  readonly wasm: WebAssembly.Memory;
  /** Whether workers can be given it. */
  readonly shared: boolean;
  /** Marks a block that code of the user sees: it is not used again at once when it is released. */
  lend(view: Floats): void;
  /** A block of 32-bit words. */
  words(length: number): WordBlock;
  releaseWords(block: WordBlock): void;
}

export interface WordBlock {
  readonly address: number;
  readonly length: number;
  view(): Uint32Array;
}

/**
 * Memory for columns of a precision. Grows as needed; growing takes the buffer away from views taken before. Workers can be given
 * it if it is `shared`.
 */
export function createMemory(precision: Precision, shared = false): Memory {
  const wasm = new WebAssembly.Memory({ initial: 1, maximum: pages, shared });
  const { take, give, lend, require } = createAllocator(wasm, pages);
  const bytes = elementBytes(precision);
  const view = (address: number, length: number): Floats =>
    precision === "f64"
      ? new Float64Array(wasm.buffer, address, length)
      : new Float32Array(wasm.buffer, address, length);

  return {
    wasm,
    shared,
    precision,
    require,
    lend: (block) => lend(block.byteOffset),
    allocate(length): Block {
      const address = take(length * bytes);
      return { address, length, view: () => view(address, length) };
    },
    release: (block) => give(block.address, block.length * bytes),
    allocateBytes(length) {
      const address = take(length);
      return { address, length, view: () => new Uint8Array(wasm.buffer, address, length) };
    },
    releaseBytes: (block) => give(block.address, block.length),
    words(length) {
      const address = take(length * 4);
      return { address, length, view: () => new Uint32Array(wasm.buffer, address, length) };
    },
    releaseWords: (block) => give(block.address, block.length * 4),
  };
}
