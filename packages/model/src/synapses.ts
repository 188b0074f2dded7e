/**
 * The synapses of a projection in memory: compressed rows by source. A row is in order of delay, then of target, then as the
 * connector gave its synapses.
 */
import { NeuroweaveError } from "@neuroweave/equations";
import { checksum } from "./checksum.ts";
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

/** Steps after which learning sees the spikes of an end: of all its neurons, or of each. */
export type Lag = number | Uint16Array;

export interface Synapses extends Wiring {
  readonly source: End;
  readonly target: End;
  /** Instance of the target in which spikes land. */
  readonly receptor: string;
  /** How the rows were made, for `explain`. */
  readonly text: string;
  /** Spikes of earlier steps are not transmitted: the projection was not there, not enabled, or has sent them already. */
  since: number;
  /** Learning sees spikes of this step and later ones. */
  learnsFrom: number;
  /** Shares of the delay, as learning sees them. */
  readonly axonal: Lag;
  readonly dendritic: Lag;
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

const bytesOf = (data: ArrayBufferView): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const lagText = (lag: Lag): string => (typeof lag === "number" ? String(lag) : `checksum ${checksum(bytesOf(lag))}`);

/** What must agree for the state of one projection to fit another: texts and checksums, by what they are of. */
export type WiringDescription = Readonly<Record<string, string | number>>;

/** Those that follow from the rows. */
export const describesRows: ReadonlySet<string> = new Set([
  "number of rewirings",
  "checksum of the synapses",
  "checksum of the delays",
]);

export function describeWiring(synapses: Synapses): WiringDescription {
  const { source, target, receptor, wirings } = synapses;
  const part = ({ entity, from, n }: End): string => `${entity.name}[${from}, ${from + n})`;
  const index = sharedIndex(synapses);
  return {
    way: `${part(source)} to ${receptor} of ${part(target)}`,
    "number of rewirings": wirings,
    "checksum of the synapses": checksum(bytesOf(pointersOf(synapses)), bytesOf(Uint32Array.from(targetsOf(synapses)))),
    "checksum of the delays": checksum(bytesOf(delaySteps(synapses))),
    "axonal and dendritic delays": `${lagText(synapses.axonal)}, ${lagText(synapses.dendritic)}`,
    "checksum of shared weights": index ? checksum(bytesOf(Uint32Array.from(index))) : "none",
    "storage of weights": synapses.elementOf("w") ?? "that of the network",
  };
}
