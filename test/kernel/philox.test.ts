import {
  counterOf,
  createBuilder,
  philox,
  streamKey,
  uniformF32,
  uniformF64,
  type Precision,
} from "@neuroweave/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kernelDevices, load } from "./run-kernel.ts";

const hex = (words: readonly number[]): string => words.map((word) => word.toString(16).padStart(8, "0")).join(" ");

describe("Philox 4×32-10", () => {
  // The known answers that come with Random123 (Salmon et al. 2011), file kat_vectors.
  it.each([
    [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ] as const)("gives the published words for counter %j and key %j", (counter, key, words) => {
    expect(hex(philox(counter, key))).toBe(words);
  });

  it("multiplies as integers do", () => {
    const word = fc.nat({ max: 0xffffffff });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
        expect(philox(counter, key)).toEqual(slowPhilox(counter, key));
      }),
    );
  });

  it("counts neurons in the first word and steps in the next two", () => {
    expect(counterOf(5, 7)).toEqual([5, 7, 0, 0]);
    expect(counterOf(5, 2 ** 32 + 7)).toEqual([5, 7, 1, 0]);
    expect(counterOf(0xffffffff, 2 ** 53 - 1)).toEqual([0xffffffff, 0xffffffff, 0x1fffff, 0]);
  });
});

/** The same generator in arbitrary-precision integers, written from the paper's definition. */
function slowPhilox(counter: readonly number[], key: readonly number[]): number[] {
  let [c0, c1, c2, c3] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key.map(BigInt) as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const p0 = 0xd2511f53n * c0;
    const p1 = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & 0xffffffffn, (p0 >> 32n) ^ c3 ^ k1, p0 & 0xffffffffn];
    k0 = (k0 + 0x9e3779b9n) & 0xffffffffn;
    k1 = (k1 + 0xbb67ae85n) & 0xffffffffn;
  }
  return [c0, c1, c2, c3].map(Number);
}

describe("a uniform number", () => {
  it("never reaches 0 or 1, and is the middle of its cell", () => {
    expect(uniformF64(0, 0)).toBe(2 ** -53);
    expect(uniformF64(0xffffffff, 0xffffffff)).toBe(1 - 2 ** -53);
    expect(uniformF32(0)).toBe(2 ** -24);
    expect(uniformF32(0xffffffff)).toBe(1 - 2 ** -24);
    expect(Math.fround(uniformF32(0x80000000))).toBe(uniformF32(0x80000000));
  });

  it("grows with its words", () => {
    const word = fc.nat({ max: 0xffffffff });
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        const first = BigInt(a) * 4294967296n + BigInt(b);
        const second = BigInt(c) * 4294967296n + BigInt(d);
        if (first <= second) expect(uniformF64(a, b)).toBeLessThanOrEqual(uniformF64(c, d));
        if (a <= c) expect(uniformF32(a)).toBeLessThanOrEqual(uniformF32(c));
      }),
    );
  });
});

const stream = streamKey("a stream");
const other = streamKey("another stream");

/** A kernel that stores both uniforms of two streams. */
function drawing(precision: Precision, n: number) {
  const b = createBuilder({ precision, dt: 0.1, n });
  [b.random(stream, 0), b.random(stream, 1), b.random(other, 1), b.random(other, 0)].forEach((value, index) =>
    b.effect({ kind: "store", slot: `out${index}`, value }, { name: `out${index}`, shape: "column" }),
  );
  return b.finish("drawing");
}

/** The same four columns from the words of the generator. */
function expected(precision: Precision, n: number, step: number): number[][] {
  const one = ({ low, high }: typeof stream, word: number): number[] =>
    Array.from({ length: n }, (_, neuron) => {
      const words = philox(counterOf(neuron, step), [low, high]);
      return precision === "f64" ? uniformF64(words[2 * word]!, words[2 * word + 1]!) : uniformF32(words[2 * word]!);
    });
  return [one(stream, 0), one(stream, 1), one(other, 1), one(other, 0)];
}

describe.each(["f64", "f32"] as const)("draws in %s", (precision) => {
  it.each(kernelDevices)("on %s are the generator's, for thousands of neurons and any step", async (device) => {
    const n = 5003;
    const running = await load(drawing(precision, n), device);
    for (const step of [0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 12345, 2 ** 52 + 1]) {
      running.run(step, 1);
      expected(precision, n, step).forEach((values, index) =>
        expect(running.values(`out${index}`), `step ${step}`).toEqual(values),
      );
    }
  });
});

/** Σ (observed − expected)² / expected over equal cells. */
function chiSquared(samples: readonly number[], cells: number): number {
  const counts = Array.from({ length: cells }, () => 0);
  for (const x of samples) counts[Math.floor(x * cells)]!++;
  const mean = samples.length / cells;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
}

/** Pearson correlation of two lists. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0) / list.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((each, i) => (each - mx) * (y[i]! - my)));
  return covariance / Math.sqrt(mean(x.map((each) => (each - mx) ** 2)) * mean(y.map((each) => (each - my) ** 2)));
}

describe("uniform numbers of a fixed key", () => {
  const neurons = 400;
  const steps = 250;
  const uniforms = (key: typeof stream, word: 0 | 1): number[] =>
    Array.from({ length: steps }, (_, step) =>
      Array.from({ length: neurons }, (__, neuron) => {
        const words = philox(counterOf(neuron, step), [key.low, key.high]);
        return uniformF64(words[2 * word]!, words[2 * word + 1]!);
      }),
    ).flat();
  const first = uniforms(stream, 0);
  // Bounds of five standard errors; the key is fixed, so that they hold or fail for good.
  const bound = 5 / Math.sqrt(first.length);

  it("fill the unit interval evenly", () => {
    // χ² of 99 degrees of freedom: mean 99, standard deviation √198.
    expect(Math.abs(chiSquared(first, 100) - 99)).toBeLessThan(5 * Math.sqrt(198));
    expect(Math.abs(chiSquared(uniforms(stream, 1), 100) - 99)).toBeLessThan(5 * Math.sqrt(198));
  });

  it("have the mean and the variance of the unit interval", () => {
    const mean = first.reduce((sum, x) => sum + x, 0) / first.length;
    const variance = first.reduce((sum, x) => sum + (x - mean) ** 2, 0) / first.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(bound / Math.sqrt(12));
    // The variance of (x − ½)² is 1/80 − 1/144 = 1/180.
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(bound / Math.sqrt(180));
  });

  it("do not know of the next neuron, the next step, the other word or another stream", () => {
    expect(Math.abs(correlation(first.slice(1), first.slice(0, -1)))).toBeLessThan(bound);
    expect(Math.abs(correlation(first.slice(neurons), first.slice(0, -neurons)))).toBeLessThan(1.1 * bound);
    expect(Math.abs(correlation(first, uniforms(stream, 1)))).toBeLessThan(bound);
    expect(Math.abs(correlation(first, uniforms(other, 0)))).toBeLessThan(bound);
    expect(Math.abs(correlation(first, uniforms(streamKey("a strean"), 0)))).toBeLessThan(bound);
  });
});

describe("the key of a stream", () => {
  it("differs in about half of its bits when one letter of the name differs", () => {
    const names = Array.from({ length: 200 }, (_, index) => `cells/noise/${index}`);
    const distance = (a: typeof stream, b: typeof stream): number => ones(a.low ^ b.low) + ones(a.high ^ b.high);
    const distances = names.slice(1).map((name, index) => distance(streamKey(name), streamKey(names[index]!)));
    const mean = distances.reduce((sum, each) => sum + each, 0) / distances.length;
    // 64 fair bits: mean 32, standard deviation 4.
    expect(Math.abs(mean - 32)).toBeLessThan((5 * 4) / Math.sqrt(distances.length));
    expect(Math.min(...distances)).toBeGreaterThan(8);
  });

  it("consists of two 32-bit words, for any name", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const { low, high } = streamKey(name);
        expect([low >>> 0, high >>> 0]).toEqual([low, high]);
      }),
    );
  });
});

function ones(word: number): number {
  return (word >>> 0).toString(2).replaceAll("0", "").length;
}
