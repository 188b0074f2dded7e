/** Recordings handed on while a network runs, so that long runs need no more memory than short ones. */
import { checkOptions, refusal } from "@neuroweave/equations";
import type { Entity } from "./entity.ts";

/** What has been recorded of one population or projection since the last hand-over: spikes, or samples of one recorder. */
export interface SpilledChunk {
  readonly entity: string;
  /** Name of the recorder; null for spikes. */
  readonly recorder: string | null;
  /** Steps of the spikes or samples, ascending; at least one. */
  readonly steps: Float64Array;
  /** The same in ms. */
  readonly times: Float64Array;
  /** Neurons, one for each spike; null for samples. */
  readonly ids: Uint32Array | null;
  /** The step border at which it is handed on, in steps since the start; all of `steps` are below. A network that is restored from a snapshot of this border, or a later one, does not hand it on again. */
  readonly until: number;
  /** Of samples: T × n values by variable. */
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/** Takes what has been recorded. */
export interface SpillSink {
  /** The run waits for it: a slow sink slows the run down, and nothing piles up. */
  write(chunk: SpilledChunk): void | Promise<void>;
}

/** When recordings are handed on, and to whom. */
export interface SpillOptions {
  /** Interval in ms, a whole number of steps ≥ 1. */
  readonly every: number;
  readonly to: SpillSink;
  /** Names of populations and projections; all unless given. */
  readonly of?: readonly string[];
}

/** Refuses options that make no sense. */
export function checkSpill(options: SpillOptions): void {
  checkOptions("spill", options, ["every", "to", "of"]);
  const { to, of } = options;
  if (typeof (to as Partial<SpillSink> | null | undefined)?.write !== "function")
    throw refusal("invalid-value", "spill: to takes nothing", "Give a sink: { async write(chunk) { … } }.");
  if (of !== undefined && (!Array.isArray(of) || of.some((each) => typeof each !== "string")))
    throw refusal("invalid-value", "spill: of is no list of names", 'Give names, such as ["exc"].');
}

/** A step border of a network. */
interface Moment {
  readonly dt: number;
  readonly step: number;
}

/** Hands on what entities have recorded, and forgets each part when it has been taken. */
export async function spill(entities: readonly Entity[], { dt, step: until }: Moment, { to, of }: SpillOptions): Promise<void> {
  for (const entity of entities) {
    if (of && !of.includes(entity.name)) continue;
    const { steps, times, ids } = entity.spikeRecord.read(dt);
    if (steps.length > 0) {
      await to.write({ entity: entity.name, recorder: null, until, steps, times, ids, columns: {} });
      entity.spikeRecord.clear();
    }
    for (const [{ name }, recording] of entity.recordings) {
      const dump = recording.dump();
      if (dump.steps.length === 0) continue;
      const moments = dump.steps.map((step) => step * dt);
      await to.write({ entity: entity.name, recorder: name, until, steps: dump.steps, times: moments, ids: null, columns: dump.columns });
      recording.clear();
    }
  }
} // prettier-ignore
