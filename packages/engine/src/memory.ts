/** The network's memory: one WebAssembly.Memory, shared by every device, with blocks that keep their place. */
import { NeuroweaveError } from "@neuroweave/equations";
import { elementBytes, type Precision } from "@neuroweave/kernel";
import type { Block, Floats, Storage } from "@neuroweave/model";

const page = 65536;
const alignment = 64;

export interface Memory extends Storage {
  readonly wasm: WebAssembly.Memory;
  /** A block of 32-bit words. */
  words(length: number): WordBlock;
  releaseWords(block: WordBlock): void;
}

export interface WordBlock {
  readonly address: number;
  readonly length: number;
  view(): Uint32Array;
}

/** Memory for columns of a precision. Grows as needed; growing takes the buffer away from views taken before. */
export function createMemory(precision: Precision): Memory {
  const wasm = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const free = new Map<number, number[]>();
  // Address 0 stays unused, so that no block is mistaken for "none".
  let top = alignment;

  const take = (bytes: number): number => {
    const size = Math.ceil(bytes / alignment) * alignment;
    const found = free.get(size)?.pop();
    if (found !== undefined) {
      new Uint8Array(wasm.buffer, found, size).fill(0);
      return found;
    }
    const missing = top + size - wasm.buffer.byteLength;
    if (missing > 0) grow(wasm, missing, top + size);
    top += size;
    return top - size;
  };
  const give = (address: number, bytes: number): void => {
    const size = Math.ceil(bytes / alignment) * alignment;
    const list = free.get(size) ?? [];
    list.push(address);
    free.set(size, list);
  };
  const bytes = elementBytes(precision);
  const view = (address: number, length: number): Floats =>
    precision === "f64"
      ? new Float64Array(wasm.buffer, address, length)
      : new Float32Array(wasm.buffer, address, length);

  return {
    wasm,
    precision,
    allocate(length): Block {
      const address = take(length * bytes);
      return { address, length, view: () => view(address, length) };
    },
    release: (block) => give(block.address, block.length * bytes),
    words(length) {
      const address = take(length * 4);
      return { address, length, view: () => new Uint32Array(wasm.buffer, address, length) };
    },
    releaseWords: (block) => give(block.address, block.length * 4),
  };
}

function grow(wasm: WebAssembly.Memory, missing: number, total: number): void {
  const pages = Math.ceil(missing / page);
  const generous = Math.min(
    Math.max(pages, Math.ceil(wasm.buffer.byteLength / page / 2)),
    65536 - wasm.buffer.byteLength / page,
  );
  try {
    wasm.grow(Math.max(pages, generous));
  } catch (cause) {
    throw new NeuroweaveError(
      "out-of-memory",
      `the network needs ${(total / 2 ** 20).toFixed(0)} MiB, which cannot be had`,
      { remedy: "Use fewer neurons, or precision f32." },
      { cause },
    );
  }
}
