/** The memory of a network, as the numbers that it holds. */
import { elementBytes, type Precision } from "@neuroweave/kernel";

export interface Views {
  readonly floats: Float64Array | Float32Array;
  readonly singles: Float32Array;
  readonly words: Uint32Array;
  readonly halves: Uint16Array;
  readonly shorts: Int16Array;
  readonly bytes: Uint8Array;
  /** Bytes of one float. */
  readonly size: 4 | 8;
}

/** Views of a memory, which are made anew where it has grown. */
export function viewsOf(memory: WebAssembly.Memory, precision: Precision): () => Views {
  let views: Views | null = null;
  return () => {
    const { buffer } = memory;
    if (views?.bytes.buffer === buffer) return views;
    const singles = new Float32Array(buffer);
    return (views = {
      floats: precision === "f64" ? new Float64Array(buffer) : singles,
      singles,
      words: new Uint32Array(buffer),
      halves: new Uint16Array(buffer),
      shorts: new Int16Array(buffer),
      bytes: new Uint8Array(buffer),
      size: elementBytes(precision),
    });
  };
}

/** Unsigned integer `index` of a list of integers of 1, 2 or 4 bytes. */
export function integerAt({ words, halves, bytes }: Views, address: number, width: 1 | 2 | 4, index: number): number {
  if (width === 4) return words[address / 4 + index]!;
  return width === 2 ? halves[address / 2 + index]! : bytes[address + index]!;
}
