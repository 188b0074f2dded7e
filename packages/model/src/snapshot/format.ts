/**
 * Snapshots as bytes. Format 2: 4 bytes `NWSN`, format, length of a JSON header, CRC-32 of these twelve bytes and the header (all 32-bit
 * little-endian), the header, zeros up to a multiple of 8, the arrays that it lists as 64-bit floats (which hold 32-bit floats exactly), and
 * CRC-32 of the arrays in 8 bytes. So it can be written piece by piece. Format 1 had one checksum, of everything, in front, and is read.
 */
import { NeuroweaveError } from "@neuroweave/equations";
import { checksum, continued } from "../checksum.ts";

const magic = 0x4e53574e;
const version = 2;
const oldest = 1;
const prefix = 16;
const trailer = 8;

/** An array that is made when its turn comes. */
export interface Piece {
  readonly name: string;
  readonly length: number;
  values(): Float64Array;
}

interface Listed {
  readonly arrays: readonly { readonly name: string; readonly length: number }[];
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** The bytes of a snapshot one after another, of which none holds more than the header or one array. */
export function* encode(header: object, pieces: readonly Piece[]): Generator<Uint8Array, void, undefined> {
  const listed: Listed = { ...header, arrays: pieces.map(({ name, length }) => ({ name, length })) };
  const text = new TextEncoder().encode(JSON.stringify(listed));
  const head = new Uint8Array(startOf(text.length));
  const view = new DataView(head.buffer);
  [magic, version, text.length].forEach((word, index) => view.setUint32(index * 4, word, true));
  head.set(text, prefix);
  view.setUint32(12, checksum(head.subarray(0, 12), text), true);
  yield head;
  let sum = 0;
  for (const piece of pieces) {
    const values = piece.values();
    if (values.length !== piece.length)
      throw new NeuroweaveError(
        "internal",
        `${piece.name} has ${values.length} values and was to have ${piece.length}`,
      );
    const bytes = bytesOf(values);
    sum = continued(sum, bytes);
    yield bytes;
  }
  const end = new Uint8Array(trailer);
  new DataView(end.buffer).setUint32(0, sum, true);
  yield end;
}

const startOf = (headerLength: number): number => Math.ceil((prefix + headerLength) / 8) * 8;

const refuse = (why: string, remedy: string): NeuroweaveError => new NeuroweaveError("snapshot", why, { remedy });

const broken = (why: string): NeuroweaveError =>
  refuse(`these bytes are no intact snapshot: ${why}`, "Give the bytes of net.snapshot(), unchanged.");

/** The header and the arrays by name. Refuses bytes that are not those of a snapshot, whole and unchanged. */
export function decode(given: Uint8Array): { header: unknown; arrays: Map<string, Float64Array> } {
  if (!(given instanceof Uint8Array) || given.length < prefix) throw broken("too short");
  const bytes = new Uint8Array(given);
  const view = new DataView(bytes.buffer);
  if (view.getUint32(0, true) !== magic) throw broken("the first bytes are not those of a snapshot");
  const format = view.getUint32(4, true);
  if (format < oldest || format > version)
    throw refuse(`this snapshot has format ${format}`, `This version reads formats ${oldest} to ${version}.`);
  const length = view.getUint32(8, true);
  const start = startOf(length);
  if (start > bytes.length) throw broken("it ends within its header");
  const text = bytes.subarray(prefix, prefix + length);
  const expected = format === 1 ? checksum(bytes.subarray(0, 12), bytes.subarray(prefix)) : checksum(bytes.subarray(0, 12), text);
  if (view.getUint32(12, true) !== expected) throw broken("the checksum does not match");
  const header = parsed(text);
  const end = header.arrays.reduce((sum, each) => sum + each.length * 8, start);
  if (bytes.length !== end + (format === 1 ? 0 : trailer)) throw broken("its length is not that of its arrays");
  if (format > 1) {
    if (view.getUint32(end, true) !== checksum(bytes.subarray(start, end))) throw broken("the checksum does not match");
    if (view.getUint32(end + 4, true) !== 0 || bytes.subarray(prefix + length, start).some((byte) => byte !== 0))
      throw broken("there is something where nothing belongs");
  }
  const arrays = new Map<string, Float64Array>();
  let at = start;
  for (const { name, length: count } of header.arrays) {
    arrays.set(name, new Float64Array(bytes.buffer, at, count));
    at += count * 8;
  }
  return { header, arrays };
} // prettier-ignore

/** The header, whose list of arrays is one; what else it holds is for its reader to check. */
function parsed(text: Uint8Array): Listed {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) throw broken("its header cannot be read");
    throw error;
  }
  const arrays: unknown = (header as Partial<Listed> | null)?.arrays;
  const isListed = (each: unknown): boolean => {
    const { name, length } = (each ?? {}) as Partial<Listed["arrays"][number]>;
    return typeof name === "string" && Number.isSafeInteger(length) && length! >= 0;
  };
  if (!Array.isArray(arrays) || !arrays.every(isListed)) throw broken("its header lists no arrays");
  return header as Listed;
}

/** Whether these are the bytes of a snapshot, whole and unchanged. */
export function intact(bytes: Uint8Array): boolean {
  try {
    decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof NeuroweaveError) return false;
    throw error;
  }
}

/** Pieces behind one another. */
export function joined(pieces: Iterable<Uint8Array>): Uint8Array {
  const all = [...pieces];
  const bytes = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of all) {
    bytes.set(each, at);
    at += each.length;
  }
  return bytes;
}
