/** Typed arrays that grow at their end. */
import type { Floats } from "@neuroweave/model";

export type ColumnValues = Floats | Uint32Array;

export type MakeValues<V extends ColumnValues> = (length: number) => V;

const smallest = 16;

/**
 * A typed array to append to and to drop from the front of; both cost O(1) per value on average. What was appended is
 * never written over: when the array is full its live part moves into a new one, at least twice as large, so views that
 * were taken before stay what they were.
 */
export class GrowingColumn<V extends ColumnValues> {
  readonly #make: MakeValues<V>;
  #values: V;
  #start = 0;
  #end = 0;

  constructor(make: MakeValues<V>) {
    this.#make = make;
    this.#values = make(0);
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** Live part, oldest first; without a copy. */
  view(from = 0, to: number = this.length): V {
    return this.#values.subarray(this.#start + from, this.#start + to) as V;
  }

  append(more: ArrayLike<number>): void {
    this.#reserve(more.length);
    this.#values.set(more, this.#end);
    this.#end += more.length;
  }

  push(value: number): void {
    this.#reserve(1);
    this.#values[this.#end++] = value;
  }

  /** Forgets the oldest `count` values, at most all. */
  dropFirst(count: number): void {
    this.#start = Math.min(this.#end, this.#start + count);
  }

  clear(): void {
    this.#values = this.#make(0);
    this.#start = 0;
    this.#end = 0;
  }

  #reserve(count: number): void {
    if (this.#end + count <= this.#values.length) return;
    const live = this.view();
    const larger = this.#make(Math.max(smallest, 2 * (live.length + count)));
    larger.set(live);
    this.#values = larger;
    this.#start = 0;
    this.#end = live.length;
  }
}
