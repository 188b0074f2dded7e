/** The synapses of a projection in memory: compressed rows by source. */
import { NeuroweaveError } from "@neuroweave/equations";
import { checksum } from "./checksum.ts";
import type { Rows } from "./connector.ts";
import type { Entity } from "./entity.ts";
import type { ByteBlock, ElementType, Storage } from "./storage.ts";

/** Neurons [from, from + n) of a population. */
export interface End {
  readonly entity: Entity;
  readonly from: number;
  readonly n: number;
}

/** Delays in whole steps, at least 1: of all synapses, one for each source, or one for each synapse. */
export type Delays =
  | { readonly kind: "one"; readonly steps: number }
  | {
      readonly kind: "source" | "synapse";
      readonly block: ByteBlock;
      /** Bytes of a delay. */
      readonly width: 1 | 2;
      readonly longest: number;
    };

/** What a projection is made of. Replaced as a whole when it is wired anew. */
export interface Wiring {
  readonly pointers: ByteBlock;
  readonly targets: ByteBlock;
  /** Bytes of a target. */
  readonly targetWidth: 2 | 4;
  readonly count: number;
  readonly delays: Delays;
  /** Which of the values of `w` a synapse has, where synapses share them. */
  readonly shared: { readonly block: ByteBlock; readonly width: 2 | 4; readonly values: number } | null;
}

export interface Synapses extends Wiring {
  readonly source: End;
  readonly target: End;
  /** Instance of the target in which spikes land. */
  readonly receptor: string;
  /** How the rows were made, for `explain`. */
  readonly text: string;
  /** Spikes of earlier steps are not transmitted: the projection was not there, not enabled, or has sent them already. */
  since: number;
  /** Transmits only while it is. */
  enabled: boolean;
  /** Somebody has a live view of its columns: they may change between any two steps. */
  exposed: boolean;
  /** How often it had been wired before. */
  readonly wirings: number;
  /** The element type of a column that is stored with fewer bits than the network computes with. */
  elementOf(name: string): Exclude<ElementType, "f64"> | undefined;
}

/** Synapses that one projection may have: positions in a row are 32-bit byte offsets. */
const most = 2 ** 30;

/** Refuses more synapses than memory can have, before anything is allocated. */
export function requireRoom(projection: string, expected: number, bytesEach: number): void {
  const bytes = expected * bytesEach;
  if (expected <= most && bytes <= 2 ** 32 - 2 ** 27) return;
  const count = expected.toPrecision(3);
  throw new NeuroweaveError(
    "out-of-memory",
    `${projection} would have about ${count} synapses, which need ${(bytes / 2 ** 30).toFixed(1)} GiB`,
    { entity: projection, remedy: "Connect fewer neurons or with a lower probability; one weight for all, or weights stored as f32 or i16, need less." }, // prettier-ignore
  );
}

/** Rows as a connector gave them, in order of delay, with what there is of each synapse. */
export interface SortedRows {
  readonly pointers: Uint32Array;
  readonly targets: Uint16Array | Uint32Array;
  readonly weights: Float64Array | null;
  readonly index: Uint16Array | Uint32Array | null;
  readonly delays:
    | { readonly kind: "one"; readonly steps: number }
    | { readonly kind: "source" | "synapse"; readonly steps: Uint16Array; readonly longest: number };
}

/** Orders every row by delay, ties as they were, and finds out whether one delay holds for all synapses or for each row. */
export function sortByDelay(rows: Rows, steps: Uint16Array | null, common: number): SortedRows {
  const { pointers, targets } = rows;
  const plain = { pointers, targets, weights: rows.weights ?? null, index: rows.shared?.index ?? null };
  if (steps === null || steps.length === 0) return { ...plain, delays: { kind: "one", steps: common } };
  const sources = pointers.length - 1;
  const perSource = new Uint16Array(sources);
  let longest = 0;
  let shortest = Infinity;
  let alike = true;
  let sorted = true;
  for (let s = 0; s < sources; s++)
    for (let j = pointers[s]!; j < pointers[s + 1]!; j++) {
      const each = steps[j]!;
      if (j === pointers[s]) perSource[s] = each;
      else if (each !== perSource[s]) alike = false;
      if (j > pointers[s]! && each < steps[j - 1]!) sorted = false;
      longest = Math.max(longest, each);
      shortest = Math.min(shortest, each);
    }
  if (longest === shortest) return { ...plain, delays: { kind: "one", steps: longest } };
  if (alike) return { ...plain, delays: { kind: "source", steps: perSource, longest } };
  if (sorted) return { ...plain, delays: { kind: "synapse", steps, longest } };
  const order = orderByDelay(pointers, steps, longest);
  const permuted = <T extends Float64Array | Uint16Array | Uint32Array>(from: T): T => {
    const to = from.slice();
    for (let j = 0; j < order.length; j++) to[j] = from[order[j]!]!;
    return to as T;
  };
  return {
    pointers,
    targets: permuted(targets),
    weights: plain.weights && permuted(plain.weights),
    index: plain.index && permuted(plain.index),
    delays: { kind: "synapse", steps: permuted(steps), longest },
  };
}

/**
 * For each place the synapse that belongs there: a counting sort of every row, or, where a row has fewer synapses than delays
 * are possible, a sort of keys that hold delay and position.
 */
function orderByDelay(pointers: Uint32Array, steps: Uint16Array, longest: number): Uint32Array {
  const order = new Uint32Array(steps.length);
  const starts = new Uint32Array(longest + 2);
  for (let s = 0; s + 1 < pointers.length; s++) {
    const [from, to] = [pointers[s]!, pointers[s + 1]!];
    if (to - from <= longest) {
      const keys = new Float64Array(to - from);
      for (let j = from; j < to; j++) keys[j - from] = steps[j]! * keys.length + (j - from);
      keys.sort();
      for (let j = from; j < to; j++) order[j] = from + (keys[j - from]! % keys.length);
      continue;
    }
    starts.fill(0);
    for (let j = from; j < to; j++) starts[steps[j]! + 1]!++;
    for (let d = 0; d <= longest; d++) starts[d + 1]! += starts[d]!;
    for (let j = from; j < to; j++) order[from + starts[steps[j]!]!++] = j;
  }
  return order;
}

const bytesOf = (data: ArrayBufferView): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** Puts rows into the network's memory. Blocks end with room for one vector, which loops may read and never use. */
export function storeRows(rows: SortedRows, shared: number | null, storage: Storage): Wiring {
  const blocks: ByteBlock[] = [];
  const keep = (data: ArrayBufferView): ByteBlock => {
    const block = storage.allocateBytes(data.byteLength + 16);
    blocks.push(block);
    block.view().set(bytesOf(data));
    return block;
  };
  const widthOf = (data: Uint16Array | Uint32Array): 2 | 4 => (data.BYTES_PER_ELEMENT === 2 ? 2 : 4);
  try {
    const { pointers, targets, index, delays } = rows;
    const kept = { pointers: keep(pointers), targets: keep(targets), targetWidth: widthOf(targets) };
    const byIndex = index === null ? null : { block: keep(index), width: widthOf(index), values: shared ?? 0 };
    if (delays.kind === "one") return { ...kept, count: targets.length, delays, shared: byIndex };
    const { kind, longest, steps } = delays;
    const block = keep(longest < 256 ? Uint8Array.from(steps) : steps);
    const width = longest < 256 ? 1 : 2;
    return { ...kept, count: targets.length, delays: { kind, longest, block, width }, shared: byIndex };
  } catch (error) {
    blocks.forEach((block) => storage.releaseBytes(block));
    throw error;
  }
}

export function releaseWiring({ pointers, targets, delays, shared }: Wiring, storage: Storage): void {
  storage.releaseBytes(pointers);
  storage.releaseBytes(targets);
  if (delays.kind !== "one") storage.releaseBytes(delays.block);
  if (shared) storage.releaseBytes(shared.block);
}

/** Row pointers, live. */
export const pointersOf = ({ pointers, source }: Synapses): Uint32Array => {
  const { buffer, byteOffset } = pointers.view();
  return new Uint32Array(buffer, byteOffset, source.n + 1);
};

/** Targets of all synapses, live, counted from the first neuron of the target. */
export const targetsOf = ({ targets, targetWidth, count }: Synapses): Uint16Array | Uint32Array => {
  const { buffer, byteOffset } = targets.view();
  return targetWidth === 2 ? new Uint16Array(buffer, byteOffset, count) : new Uint32Array(buffer, byteOffset, count);
};

/** Delay of every synapse in steps. */
export function delaySteps(synapses: Synapses): Uint16Array {
  const { delays, count } = synapses;
  if (delays.kind === "one") return new Uint16Array(count).fill(delays.steps);
  const { buffer, byteOffset, length } = delays.block.view();
  const pointers = pointersOf(synapses);
  const stored =
    delays.width === 1 ? new Uint8Array(buffer, byteOffset, length) : new Uint16Array(buffer, byteOffset, length >> 1);
  if (delays.kind === "synapse") return Uint16Array.from(stored.subarray(0, count));
  const steps = new Uint16Array(count);
  for (let s = 0; s < synapses.source.n; s++) steps.fill(stored[s]!, pointers[s], pointers[s + 1]);
  return steps;
}

/** Index of the value of `w` that every synapse has, or null where each has its own. */
export function sharedIndex({ shared, count }: Synapses): Uint16Array | Uint32Array | null {
  if (!shared) return null;
  const { buffer, byteOffset } = shared.block.view();
  return shared.width === 2 ? new Uint16Array(buffer, byteOffset, count) : new Uint32Array(buffer, byteOffset, count);
}

/** What must agree for the state of one projection to fit another: texts and checksums, by what they are of. */
export type WiringDescription = Readonly<Record<string, string | number>>;

export function describeWiring(synapses: Synapses): WiringDescription {
  const { source, target, receptor, wirings } = synapses;
  const part = ({ entity, from, n }: End): string => `${entity.name}[${from}, ${from + n})`;
  const index = sharedIndex(synapses);
  return {
    way: `${part(source)} to ${receptor} of ${part(target)}`,
    "number of rewirings": wirings,
    "checksum of the synapses": checksum(bytesOf(pointersOf(synapses)), bytesOf(Uint32Array.from(targetsOf(synapses)))),
    "checksum of the delays": checksum(bytesOf(delaySteps(synapses))),
    "checksum of shared weights": index ? checksum(bytesOf(Uint32Array.from(index))) : "none",
    "storage of weights": synapses.elementOf("w") ?? "that of the network",
  };
}
