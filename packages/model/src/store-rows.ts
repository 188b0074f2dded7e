/** Putting the synapses of a projection into memory, in their order, row by row. */
import { columnMemory, packedView, releaseColumnMemory, type ColumnMemory } from "./columns.ts";
import { longestRow, RowOrder, targetsAscend } from "./row-order.ts";
import type { ByteBlock, ElementType, Floats, Storage } from "./storage.ts";
import { refuseSingle, type SynapseNumbers } from "./synapse-numbers.ts";
import type { Wiring } from "./synapses.ts";

type Indices = Uint16Array | Uint32Array;

/** Delays in whole steps, at least 1: of all synapses, one for each source, or one for each synapse. */
export type GivenDelays =
  | { readonly kind: "one"; readonly steps: number }
  | { readonly kind: "source" | "synapse"; readonly steps: Uint16Array; readonly longest: number };

/** Weights of their own: from the first synapse on, as often as `numbers` is called. */
export interface OwnWeights {
  /** Where they are stored in another way than the network computes. */
  readonly element: Exclude<ElementType, "f64"> | undefined;
  numbers(): SynapseNumbers;
}

/** Synapses in the order in which the connector gave them. */
export interface GivenSynapses {
  readonly pointers: Uint32Array;
  readonly targets: Indices;
  readonly delays: GivenDelays;
  /** Which of so many weights each has, where they share them. */
  readonly shared: { readonly index: Indices; readonly values: number } | null;
  /** Null where synapses have no weights of their own. */
  readonly weights: OwnWeights | null;
}

export interface Stored {
  readonly wiring: Wiring;
  /** The column `w`, where synapses have weights of their own. */
  readonly weights: ColumnMemory | null;
}

/** Room behind the rows for one vector, which loops may read and never use. */
const slack = 16;

/** Bytes in memory of so many synapses. */
function storedBytes(given: GivenSynapses, precision: Storage["precision"]): number {
  const { pointers, targets, delays, shared, weights } = given;
  const element = weights === null ? undefined : (weights.element ?? precision);
  const each =
    targets.BYTES_PER_ELEMENT +
    (shared?.index.BYTES_PER_ELEMENT ?? 0) +
    (delays.kind === "synapse" ? delayWidth(delays.longest) : 0) +
    (element === undefined ? 0 : { f64: 8, f32: 4, i16: 2 }[element]);
  return each * targets.length + pointers.byteLength;
}

const delayWidth = (longest: number): 1 | 2 => (longest < 256 ? 1 : 2);
const widthOf = (data: Indices): 2 | 4 => (data.BYTES_PER_ELEMENT === 2 ? 2 : 4);
const bytesOf = (data: ArrayBufferView): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/**
 * Takes all the memory, then fills it: weights are made as they are stored, so that there are never more of them in other arrays
 * than one row has. Refused as a whole.
 */
export function storeRows(given: GivenSynapses, storage: Storage): Stored {
  const { pointers, targets, delays, shared } = given;
  const blocks: ByteBlock[] = [];
  let weights: ColumnMemory | null = null;
  const take = (bytes: number): ByteBlock => {
    const block = storage.allocateBytes(bytes + slack);
    blocks.push(block);
    return block;
  };
  try {
    storage.require(storedBytes(given, storage.precision));
    const wiring: Wiring = {
      pointers: take(pointers.byteLength),
      targets: take(targets.byteLength),
      targetWidth: widthOf(targets),
      count: targets.length,
      shared: shared && { block: take(shared.index.byteLength), width: widthOf(shared.index), values: shared.values },
      delays: delays.kind === "one" ? delays : takeDelays(delays, take),
    };
    if (given.weights) weights = columnMemory(storage, given.weights.element, targets.length);
    fill(given, wiring, weights);
    return { wiring, weights };
  } catch (error) {
    blocks.forEach((block) => storage.releaseBytes(block));
    if (weights) releaseColumnMemory(weights, storage);
    throw error;
  }
}

function takeDelays({ kind, steps, longest }: Exclude<GivenDelays, { kind: "one" }>, take: (bytes: number) => ByteBlock) {
  const width = delayWidth(longest);
  return { kind, longest, width, block: take(steps.length * width) };
} // prettier-ignore

/** Writes everything, each row in its order. */
function fill(given: GivenSynapses, wiring: Wiring, memory: ColumnMemory | null): void {
  const { pointers, targets, delays, shared, weights } = given;
  wiring.pointers.view().set(bytesOf(pointers));
  const own = delays.kind === "synapse" ? delays : null;
  const steps = own && own.steps;
  if (delays.kind === "source" && wiring.delays.kind === "source")
    copyDelays(delaysIn(wiring.delays), 0, delays.steps, 0, delays.steps.length);
  const longest = longestRow(pointers);
  const order = own || !targetsAscend(pointers, targets) ? new RowOrder(pointers, targets, own) : null;
  const to = {
    targets: indicesIn(wiring.targets, wiring.targetWidth),
    index: wiring.shared && indicesIn(wiring.shared.block, wiring.shared.width),
    steps: steps && wiring.delays.kind !== "one" ? delaysIn(wiring.delays) : null,
  };
  const w = weights && memory && weightsInto(weights, memory, targets.length, longest);
  for (let s = 0; s + 1 < pointers.length; s++) {
    const [from, end] = [pointers[s]!, pointers[s + 1]!];
    if (from === end) continue;
    const places = order && order.places(from, end);
    if (places === null) {
      to.targets.set(targets.subarray(from, end), from);
      if (shared) to.index!.set(shared.index.subarray(from, end), from);
      if (steps) copyDelays(to.steps!, from, steps, from, end);
    } else {
      if (steps) scatterBoth(to.targets, targets, to.steps!, steps, places, from, end);
      else scatterTargets(to.targets, targets, places, from, end);
      if (shared) scatterIndex(to.index!, shared.index, places, from, end);
    }
    if (w) w(from, end, places);
  }
}

const indicesIn = (block: ByteBlock, width: 2 | 4): Indices => {
  const { buffer, byteOffset, length } = block.view();
  const count = Math.floor((length - slack) / width);
  return width === 2 ? new Uint16Array(buffer, byteOffset, count) : new Uint32Array(buffer, byteOffset, count);
};

const delaysIn = ({ block, width }: { readonly block: ByteBlock; readonly width: 1 | 2 }): Uint8Array | Uint16Array => {
  const { buffer, byteOffset, length } = block.view();
  const count = Math.floor((length - slack) / width);
  return width === 1 ? new Uint8Array(buffer, byteOffset, count) : new Uint16Array(buffer, byteOffset, count);
};

// One function for each kind of value: a function that sees several kinds of arrays is several times slower.

function copyDelays(into: Uint8Array | Uint16Array, at: number, steps: Uint16Array, from: number, end: number): void {
  for (let j = from; j < end; j++) into[at + j - from] = steps[j]!;
}

function scatterTargets(into: Indices, targets: Indices, places: Uint32Array, from: number, end: number): void {
  for (let j = from; j < end; j++) into[from + places[j - from]!] = targets[j]!;
}

function scatterIndex(into: Indices, index: Indices, places: Uint32Array, from: number, end: number): void {
  for (let j = from; j < end; j++) into[from + places[j - from]!] = index[j]!;
}

function scatterBoth(
  into: Indices,
  targets: Indices,
  delays: Uint8Array | Uint16Array,
  steps: Uint16Array,
  places: Uint32Array,
  from: number,
  end: number,
): void {
  for (let j = from; j < end; j++) {
    const place = from + places[j - from]!;
    into[place] = targets[j]!;
    delays[place] = steps[j]!;
  }
}

/** Writes the weights of the row [from, end): `places` as `RowOrder` gives them. */
type WriteWeights = (from: number, end: number, places: Uint32Array | null) => void;

function weightsInto(weights: OwnWeights, memory: ColumnMemory, count: number, longest: number): WriteWeights {
  const numbers = weights.numbers();
  const row = new Float64Array(longest);
  const { packed } = memory;
  if (packed?.element === "i16") {
    const into = packedView(packed) as Int16Array;
    const { scale } = Object.assign(packed, { scale: scaleOf(weights.numbers(), count) });
    return (from, end, places) => {
      numbers.next(row, end - from);
      for (let k = 0; k < end - from; k++) into[from + (places ? places[k]! : k)] = Math.round(row[k]! / scale);
    };
  }
  const into = packed ? (packedView(packed) as Float32Array) : memory.block!.view();
  const write = into instanceof Float32Array ? scatterSingle : scatterDouble;
  return (from, end, places) => {
    numbers.next(row, end - from);
    (write as typeof scatterSingle)(into as Float32Array, row, places, from, end);
  };
}

/** What 16-bit weights count: a 32767th of the largest magnitude. */
function scaleOf(numbers: SynapseNumbers, count: number): number {
  const piece = new Float64Array(Math.min(count, 4096));
  let largest = 0;
  for (let left = count; left > 0; left -= piece.length) {
    const length = Math.min(left, piece.length);
    numbers.next(piece, length);
    for (let j = 0; j < length; j++) largest = Math.max(largest, Math.abs(piece[j]!));
  }
  return largest === 0 ? 1 : largest / 32767;
}

function scatterDouble(into: Floats, row: Float64Array, places: Uint32Array | null, from: number, end: number): void {
  if (places === null) into.set(row.subarray(0, end - from), from);
  else for (let k = 0; k < end - from; k++) into[from + places[k]!] = row[k]!;
}

function scatterSingle(into: Float32Array, row: Float64Array, places: Uint32Array | null, from: number, end: number): void {
  let sum = 0;
  if (places === null)
    for (let k = 0; k < end - from; k++) {
      const x = Math.fround(row[k]!);
      sum += x - x;
      into[from + k] = x;
    }
  else
    for (let k = 0; k < end - from; k++) {
      const x = Math.fround(row[k]!);
      sum += x - x;
      into[from + places[k]!] = x;
    }
  // Zero, unless some difference was that of infinities.
  if (sum !== 0) refuseSingle(row, end - from, from);
} // prettier-ignore
