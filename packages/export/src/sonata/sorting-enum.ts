/**
 * The attribute `sorting` of SONATA is an enumeration, which the HDF5 library here reads but does not write. It is written as a compound of
 * one whole number, whose type takes as many bytes of the file as the enumeration does, and these bytes are then replaced.
 * Both are datatype messages of version 1 (HDF5 File Format Specification 3.0, IV.A.2.d).
 */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Group } from "h5wasm";

/** In the order of their numbers. */
export const sortings = ["none", "by_id", "by_time"] as const;

/** How spikes are sorted: not at all, by neuron and then time, or by time. */
export type SpikeSorting = (typeof sortings)[number];

/** From eight to fifteen characters, so that the name takes 16 bytes. */
const memberName = "neuroweave";

/** An unsigned little-endian number of 8 bytes. */
const unsigned64 = [0x10, 0, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0];

const padded = (name: string, length: number): number[] => {
  const codes = Array.from(name, (letter) => letter.codePointAt(0)!);
  return [...codes, ...Array.from({ length: length - codes.length }, () => 0)];
};

/** Class 6, one member at offset 0, without dimensions: 8 + 16 + 4 + 28 + 12 bytes. */
const compound = [0x16, 1, 0, 0, 8, 0, 0, 0, ...padded(memberName, 16), ...padded("", 4 + 28), ...unsigned64];

const enumerationHead = [0x18, 3, 0, 0, 8, 0, 0, 0];

/** Class 8, three members: 8 + 12 + 3 · 8 + 3 · 8 bytes. */
const enumeration = [
  ...enumerationHead,
  ...unsigned64,
  ...sortings.flatMap((name) => padded(name, 8)),
  ...sortings.flatMap((_, value) => [value, 0, 0, 0, 0, 0, 0, 0]),
];

/** Puts the attribute on a group, as the compound that `makeEnumerations` then turns into the enumeration. */
export function markSorting(group: Group, sorting: SpikeSorting): void {
  const value = BigInt(sortings.indexOf(sorting));
  group.create_attribute("sorting", new Map([[memberName, new BigUint64Array([value])]]), []);
}

/** Replaces the types of all `count` attributes of a file; nothing is changed in what surrounds them. */
export function makeEnumerations(bytes: Uint8Array, count: number): void {
  let replaced = 0;
  for (let at = nextCompound(bytes, 0); at >= 0; at = nextCompound(bytes, at + compound.length)) {
    bytes.set(enumeration, at);
    replaced++;
  }
  if (replaced !== count)
    throw new NeuroweaveError("internal", `${replaced} of ${count} attributes of the file were made enumerations`);
}

function nextCompound(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(compound[0]!, from); at >= 0; at = bytes.indexOf(compound[0]!, at + 1))
    if (compound.every((byte, offset) => bytes[at + offset] === byte)) return at;
  return -1;
}
