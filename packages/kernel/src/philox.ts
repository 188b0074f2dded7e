/**
 * Philox 4×32-10, a counter-based random number generator: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as
 * easy as 1, 2, 3", SC'11. Four 32-bit words come from a 128-bit counter and a 64-bit key by ten rounds of
 * multiplication; nothing is carried from one draw to the next, so order does not matter.
 */
import type { StreamKey } from "./ir.ts";

/** Multipliers and key increments of the published generator. */
export const philoxConstants = {
  multipliers: [0xd2511f53, 0xcd9e8d57],
  weyl: [0x9e3779b9, 0xbb67ae85],
  rounds: 10,
} as const;

/** High word of the 64-bit product of two unsigned 32-bit words. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(carry / 65536)) >>> 0;
}

/** The four words of counter (c0, c1, c2, c3) under key (k0, k1), as unsigned numbers. */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): [number, number, number, number] {
  const [m0, m1] = philoxConstants.multipliers;
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < philoxConstants.rounds; round++) {
    const high0 = multiplyHigh(m0, c0);
    const low0 = Math.imul(m0, c0) >>> 0;
    const high1 = multiplyHigh(m1, c2);
    const low1 = Math.imul(m1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + philoxConstants.weyl[0]) >>> 0;
    k1 = (k1 + philoxConstants.weyl[1]) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** Uniform in (0, 1) from two words: (52-bit integer + ½)·2⁻⁵². */
export const uniformF64 = (high: number, low: number): number => (high * 1048576 + (low >>> 12) + 0.5) * 2 ** -52;

/** Uniform in (0, 1) from one word: (23-bit integer + ½)·2⁻²³, exact in single precision. */
export const uniformF32 = (word: number): number => ((word >>> 9) + 0.5) * 2 ** -23;

/** The counter of a neuron at a step: (neuron, low and high word of the step, 0). */
export function counterOf(neuron: number, step: number): [number, number, number, number] {
  return [neuron >>> 0, step >>> 0, Math.floor(step / 4294967296) >>> 0, 0];
}

/**
 * Key of the stream with a name: the 64-bit FNV-1a hash of the name's UTF-8 bytes, finished by the 64-bit mixer of
 * MurmurHash3, so that names which differ in one letter give unrelated keys.
 */
export function streamKey(name: string): StreamKey {
  const mask = 0xffffffffffffffffn;
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & mask;
  hash = ((hash ^ (hash >> 33n)) * 0xff51afd7ed558ccdn) & mask;
  hash = ((hash ^ (hash >> 33n)) * 0xc4ceb9fe1a85ec53n) & mask;
  hash ^= hash >> 33n;
  return { low: Number(hash & 0xffffffffn), high: Number(hash >> 32n) };
}
