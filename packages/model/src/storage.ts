/** Memory as populations see it. The engine provides it; addresses mean something to devices only. */

export type Floats = Float64Array | Float32Array;

/** A piece of the network's memory that keeps its place until it is released. */
export interface Block {
  readonly address: number;
  /** Number of elements. */
  readonly length: number;
  /** A live view; taken anew after the memory has grown. */
  view(): Floats;
}

export interface Storage {
  readonly precision: "f64" | "f32";
  /** Zeroed elements. */
  allocate(length: number): Block;
  release(block: Block): void;
}
