/** An input made from those that there are. */
import type { Random } from "./random.ts";

/** Inputs are no longer than this, in bytes. */
export const longest = 4096;

type Change = (input: Uint8Array, random: Random, other: Uint8Array, words: readonly Uint8Array[]) => Uint8Array;

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const put: Change = (input, random, _, words) => {
  const at = random.below(input.length + 1);
  return joined(input.subarray(0, at), random.pick(words), input.subarray(at));
};

const changes: readonly Change[] = [
  put,
  put,
  // A word in the place of so many bytes.
  (input, random, _, words) => {
    const at = random.below(input.length + 1);
    return joined(input.subarray(0, at), random.pick(words), input.subarray(at + random.below(12)));
  },
  // One bit.
  (input, random) => {
    const copy = input.slice();
    if (copy.length > 0) copy[random.below(copy.length)]! ^= 1 << random.below(8);
    return copy;
  },
  // One byte.
  (input, random) => {
    const copy = input.slice();
    if (copy.length > 0) copy[random.below(copy.length)] = random.pick([0, 1, 127, 128, 255, random.below(256)]);
    return copy;
  },
  // A piece left out.
  (input, random) => {
    const at = random.below(input.length + 1);
    return joined(input.subarray(0, at), input.subarray(at + 1 + random.below(16)));
  },
  // A piece again, elsewhere or many times.
  (input, random) => {
    const from = random.below(input.length + 1);
    const piece = input.subarray(from, from + 1 + random.below(24));
    const at = random.below(input.length + 1);
    const times = random.pick([1, 1, 2, 64]);
    return joined(input.subarray(0, at), ...Array.from({ length: times }, () => piece), input.subarray(at));
  },
  // The beginning of one and the end of another.
  (input, random, other) =>
    joined(input.subarray(0, random.below(input.length + 1)), other.subarray(random.below(other.length + 1))),
];

/** A changed copy of `input`: one to four changes, by parts of `other` and words of the target. */
export function changed(
  input: Uint8Array,
  other: Uint8Array,
  words: readonly Uint8Array[],
  random: Random,
): Uint8Array {
  let result = input;
  for (let left = 1 + random.below(4); left > 0; left--) result = random.pick(changes)(result, random, other, words);
  return result.subarray(0, longest);
}
