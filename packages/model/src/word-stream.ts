/**
 * Random words for millions of draws: xoshiro128** of Blackman & Vigna 2021, ACM Trans. Math. Softw. 47:36, in blocks, so that
 * its state stays in registers. Its first state comes from another stream.
 */
import type { RandomSource } from "./distributions.ts";

const block = 1024;

/** 32-bit words that follow from the first four numbers of a stream. Read `words[at++]` while `at` is below their number, else refill. */
export class WordStream {
  readonly words = new Uint32Array(block);
  at = block;
  readonly #state: Uint32Array;
  /** The same words as numbers in [0, 1). */
  readonly uniform: RandomSource = () => this.next() * 2 ** -32;

  constructor(first: RandomSource) {
    // A state of nothing but zeros would stay so.
    this.#state = Uint32Array.from({ length: 4 }, (_, k) => first() * 2 ** 32 || k + 1);
  }

  next(): number {
    if (this.at === block) this.refill();
    return this.words[this.at++]!;
  }

  /** A whole number in [0, n), n ≤ 2^32, each as likely as the next to within n · 2^−32. */
  below(n: number): number {
    return Math.floor(this.next() * (n * 2 ** -32));
  }

  /** Fills the part [from, to) of an array with what `below(n)` gives. */
  fillBelow(into: Uint16Array | Uint32Array, from: number, to: number, n: number): void {
    const { words } = this;
    const scale = n * 2 ** -32;
    for (let j = from; j < to;) {
      if (this.at === block) this.refill();
      const ahead = this.at - j;
      const end = Math.min(to, block - ahead);
      for (; j < end; j++) into[j] = words[j + ahead]! * scale;
      this.at = end + ahead;
    }
  }

  /** Puts the next words in place of those that have been read. Requires that all have been. */
  refill(): void {
    const { words } = this;
    let [a, b, c, d] = this.#state as unknown as [number, number, number, number];
    for (let k = 0; k < block; k++) {
      const product = Math.imul(b, 5);
      words[k] = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    this.#state.set([a, b, c, d]);
    this.at = 0;
  }
}
