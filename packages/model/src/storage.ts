/** Memory as populations and projections see it. The engine provides it; addresses mean something to devices only. */

export type Floats = Float64Array | Float32Array;

/** How the numbers of a column are stored; `i16` is fixed point, in units of a scale. */
export type ElementType = "f64" | "f32" | "i16";

/** A piece of the network's memory that keeps its place until it is released. */
export interface Block {
  readonly address: number;
  /** Number of elements. */
  readonly length: number;
  /** A live view; taken anew after the memory has grown. */
  view(): Floats;
}

/** A piece of memory without a type. */
export interface ByteBlock {
  readonly address: number;
  /** Number of bytes. */
  readonly length: number;
  view(): Uint8Array;
}

export interface Storage {
  readonly precision: "f64" | "f32";
  /** Refuses, before anything is taken, so many bytes more than can be had, and names the sum. */
  require(bytes: number): void;
  /** Zeroed elements of the network's precision. */
  allocate(length: number): Block;
  release(block: Block): void;
  /** Zeroed bytes. */
  allocateBytes(length: number): ByteBlock;
  releaseBytes(block: ByteBlock): void;
}
