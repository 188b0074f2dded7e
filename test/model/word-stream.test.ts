import { describe, expect, it } from "vitest";
import { hostStream, lognormal, normal, uniform, WordStream } from "@neuroweave/model";
import { portableMath } from "../../packages/engine/src/portable-math.ts";

const stream = (): WordStream => new WordStream(hostStream(3, "words"));

/** xoshiro128** as its authors write it, in exact arithmetic. */
function* reference(seeds: readonly bigint[]): Generator<number> {
  const mask = 0xffffffffn;
  const rotated = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (32n - k))) & mask;
  let [a, b, c, d] = seeds as [bigint, bigint, bigint, bigint];
  for (;;) {
    yield Number((rotated((b * 5n) & mask, 7n) * 9n) & mask);
    const t = (b << 9n) & mask;
    [c, d] = [c ^ a, d ^ b];
    [b, a] = [b ^ c, a ^ d];
    [c, d] = [c ^ t, rotated(d, 11n)];
  }
}

describe("a stream of words", () => {
  it("is xoshiro128**, from the first four numbers of another stream on", () => {
    const first = hostStream(3, "words");
    const expected = reference(Array.from({ length: 4 }, () => BigInt(Math.floor(first() * 2 ** 32))));
    const words = stream();
    for (let k = 0; k < 5000; k++) expect(words.next()).toBe(expected.next().value);
  });

  it("does not stay at zero", () => {
    const words = new WordStream(() => 0);
    expect(new Set(Array.from({ length: 100 }, () => words.next())).size).toBeGreaterThan(90);
  });

  it.each([1, 7, 65_536, 70_000, 2 ** 32])("gives whole numbers below %d, alone and many at a time", (n) => {
    const [one, many] = [stream(), stream()];
    const filled = new Uint32Array(6000);
    for (let from = 0; from < filled.length; from += 37)
      many.fillBelow(filled, from, Math.min(from + 37, filled.length), n);
    for (const each of filled) {
      expect(each).toBe(one.below(n));
      expect(each).toBeLessThan(n);
    }
    expect(many.next()).toBe(one.next());
  });
});

describe("drawing many at a time gives what single draws would be", () => {
  it.each([
    normal(0, 1),
    normal(1.5, 0.75, { min: 0.1 }),
    normal(0, 1, { min: 1, max: 1.5 }),
    normal(3, 0),
    lognormal(0, 1),
    uniform(-1, 2),
  ])("for $text", (distribution) => {
    const [one, many] = [stream(), stream()];
    const filled = new Float64Array(20_000);
    const piece = new Float64Array(333);
    for (let from = 0; from < filled.length; from += piece.length) {
      const count = Math.min(piece.length, filled.length - from);
      distribution.draw(piece, count, many, portableMath);
      filled.set(piece.subarray(0, count), from);
    }
    for (const each of filled) expect(each).toBe(distribution.sample(one.uniform, portableMath));
  });

  it("and refuses bounds that are hardly ever met", () => {
    const far = normal(0, 1, { min: 60 });
    expect(() => far.draw(new Float64Array(1), 1, stream(), portableMath)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
