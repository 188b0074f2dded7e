/**
 * What is on its way: rings of spikes by source population, rings of arrivals by receptor. They belong to the network, not to
 * plans: a plan that needs other rings gets them with what is on its way.
 */
import { paddedLength, runDelivery, type Delivery, type SpikeRing } from "@neuroweave/kernel";
import type { Block, Entity, NetworkCore } from "@neuroweave/model";
import type { Memory, WordBlock } from "./memory.ts";
import { longestDelay, type Routes } from "./routes.ts";

interface Spikes {
  readonly ids: WordBlock;
  readonly counts: WordBlock;
  readonly rows: number;
  readonly n: number;
}

interface Arrivals {
  readonly block: Block;
  readonly rows: number;
  waits: boolean;
  /** The step from which on the receptor has been disabled: what arrives meanwhile is lost. Null while it is enabled. */
  idle: number | null;
}

/** A projection with spikes that it has not handled yet. */
export interface Pending {
  readonly projection: Entity;
  readonly delivery: Delivery;
  /** Whether each synapse handles a spike when it arrives there. */
  readonly onArrival: boolean;
  /** Steps after which a spike has been handled. */
  readonly lag: number;
  /** Spikes of this step and later ones are left to the projection. */
  readonly until: number;
}

export interface Channels {
  /** Rings for the routes; `step` is the next step to run. */
  prepare(routes: Routes, step: number): void;
  /** Rows of a receptor to which something is on its way that waits there. */
  waiting(target: Entity, receptor: string): number | undefined;
  /** Whether projections handle the spikes for a receptor in the step in which they arrive. */
  handlesOnArrival(target: Entity, receptor: string): boolean;
  spikes(source: Entity): SpikeRing;
  hasSpikes(source: Entity): boolean;
  arrivals(target: Entity, receptor: string): { readonly block: Block; readonly rows: number; readonly stride: number };
  /** Hands what spikes bring to a receptor over to its ring, as the deliveries would; `step` is the next step to run. */
  handOver(target: Entity, receptor: string, pending: readonly Pending[], step: number): void;
  forget(present: ReadonlySet<Entity>): void;
  /** Nothing is on its way. */
  clear(): void;
  /** Pieces of memory that a run changes, [address, bytes], beside the rings of spikes. */
  pieces(): (readonly [number, number])[];
  rings(): SpikeRing[];
  dump(core: NetworkCore): Map<string, Float64Array>;
  /** Names the first ring of a dump that has another form than is here, or null. */
  misfit(core: NetworkCore, dump: ReadonlyMap<string, Float64Array>): string | null;
  load(core: NetworkCore, dump: ReadonlyMap<string, Float64Array>): void;
}

const spikesKey = ({ name }: Entity): string => `${name}/~spikes`;
/** Numbers ahead of the rows of arrivals in a dump. */
const head = 3;

const arrivalsKey = ({ name }: Entity, receptor: string): string => `${name}/${receptor}~arriving`;

export function createChannels(memory: Memory): Channels {
  const spikes = new Map<Entity, Spikes>();
  const arrivals = new Map<Entity, Map<string, Arrivals>>();
  const bytes = memory.precision === "f64" ? 8 : 4;
  const of = (target: Entity): Map<string, Arrivals> => {
    const own = arrivals.get(target) ?? new Map<string, Arrivals>();
    arrivals.set(target, own);
    return own;
  };
  const makeSpikes = (source: Entity, rows: number): Spikes => ({
    ids: memory.words(rows * source.n),
    counts: memory.words(rows),
    rows,
    n: source.n,
  });
  const releaseSpikes = ({ ids, counts }: Spikes): void => {
    memory.releaseWords(ids);
    memory.releaseWords(counts);
  };
  const wantSpikes = (source: Entity, rows: number, step: number): void => {
    const before = spikes.get(source);
    if (before && before.rows >= rows) return;
    const after = makeSpikes(source, rows);
    if (before) {
      for (let e = Math.max(0, step - before.rows); e < step; e++) {
        const [from, to] = [e % before.rows, e % rows];
        const count = before.counts.view()[from]!;
        after.counts.view()[to] = count;
        after.ids.view().set(before.ids.view().subarray(from * before.n, from * before.n + count), to * source.n);
      }
      releaseSpikes(before);
    }
    spikes.set(source, after);
  };
  const wantArrivals = (target: Entity, receptor: string, rows: number, waits: boolean, step: number): Arrivals => {
    const own = of(target);
    const before = own.get(receptor);
    if (before && before.rows >= rows) {
      before.waits ||= waits;
      return before;
    }
    const width = paddedLength(target.n);
    const after = { block: memory.allocate(rows * width), rows, waits, idle: before?.idle ?? null };
    if (before) {
      for (let a = step; a < step + before.rows; a++) {
        const from = (a % before.rows) * width;
        after.block.view().set(before.block.view().subarray(from, from + width), (a % rows) * width);
      }
      memory.release(before.block);
    }
    own.set(receptor, after);
    return after;
  };
  /** Empties the rows of the steps in which the receptor was disabled. */
  const discard = ({ block, rows, idle }: Arrivals, width: number, step: number): void => {
    for (let a = idle ?? step; a < Math.min(step, (idle ?? step) + rows); a++)
      block.view().fill(0, (a % rows) * width, (a % rows) * width + width);
  };
  const entries = (core: NetworkCore): { key: string; target: Entity; receptor: string; ring: Arrivals }[] =>
    core.entities.flatMap((target) =>
      [...(arrivals.get(target) ?? [])].map(([receptor, ring]) => ({
        key: arrivalsKey(target, receptor),
        target,
        receptor,
        ring,
      })),
    );

  return {
    prepare({ receptors, spikeRows }, step) {
      for (const [source, rows] of spikeRows) wantSpikes(source, rows, step);
      for (const { target, receptor, rows, waits, enabled } of receptors) {
        const ring = wantArrivals(target, receptor, rows, waits, step);
        if (enabled) discard(ring, paddedLength(target.n), step);
        ring.idle = enabled ? null : (ring.idle ?? step);
      }
    },
    waiting(target, receptor) {
      const ring = arrivals.get(target)?.get(receptor);
      return ring?.waits ? ring.rows : undefined;
    },
    handlesOnArrival: (target, receptor) => arrivals.get(target)?.get(receptor)?.waits === false,
    spikes: (source) => ringOf(spikes.get(source)!),
    hasSpikes: (source) => spikes.has(source),
    arrivals(target, receptor) {
      const { block, rows } = arrivals.get(target)!.get(receptor)!;
      return { block, rows, stride: paddedLength(target.n) * bytes };
    },
    handOver(target, receptor, pending, step) {
      const longest = Math.max(0, ...pending.map(({ projection }) => longestDelay(projection)));
      const { block, rows } = wantArrivals(target, receptor, longest + 1, true, step);
      const stride = paddedLength(target.n) * bytes;
      for (let e = Math.max(0, step - longest); e < step; e++)
        for (const { projection, delivery, onArrival, lag, until } of pending) {
          // What has been handled already is not handled again.
          if (e < step - lag || e >= until) continue;
          const arrivals = { address: block.address + projection.synapses!.target.from * bytes, rows, stride };
          runDelivery({ ...delivery, arrivals }, memory.wasm.buffer, e, e, onArrival ? step - e : 0);
        }
    },
    forget(present) {
      for (const [source, ring] of spikes)
        if (!present.has(source)) {
          releaseSpikes(ring);
          spikes.delete(source);
        }
      for (const [target, own] of arrivals) {
        const names = new Set(present.has(target) ? target.attached.map(({ instance }) => instance.name) : []);
        for (const [receptor, { block }] of own)
          if (!names.has(receptor)) {
            memory.release(block);
            own.delete(receptor);
          }
      }
    },
    clear() {
      for (const { ids, counts } of spikes.values()) {
        ids.view().fill(0);
        counts.view().fill(0);
      }
      for (const own of arrivals.values())
        for (const ring of own.values()) {
          ring.block.view().fill(0);
          if (ring.idle !== null) ring.idle = 0;
        }
    },
    pieces: () =>
      [...arrivals.values()].flatMap((own) =>
        [...own.values()].map(({ block }) => [block.address, block.length * bytes] as const),
      ),
    rings: () => [...spikes.values()].map(ringOf),
    dump(core) {
      const result = new Map<string, Float64Array>();
      for (const source of core.entities) {
        const ring = spikes.get(source);
        if (ring) result.set(spikesKey(source), dumpSpikes(ring));
      }
      for (const { key, ring } of entries(core))
        result.set(key, Float64Array.from([ring.rows, Number(ring.waits), ring.idle ?? -1, ...ring.block.view()]));
      return result;
    },
    misfit(core, dump) {
      for (const target of core.entities) {
        const ring = dump.get(spikesKey(target));
        if (ring && !isSpikeRing(ring, target.n)) return `the spikes of ${target.name} on their way`;
        for (const [key, values] of dump)
          if (key.startsWith(`${target.name}/`) && key.endsWith("~arriving") && !isArrivals(values, target.n))
            return `what is on its way to ${target.name}`;
      }
      return null;
    },
    load(core, dump) {
      for (const entity of core.entities) {
        const list = dump.get(spikesKey(entity));
        const before = spikes.get(entity);
        if (before) releaseSpikes(before);
        spikes.delete(entity);
        if (list) spikes.set(entity, loadSpikes(list, makeSpikes(entity, list[0]!)));
        for (const { block } of of(entity).values()) memory.release(block);
        of(entity).clear();
        for (const { instance } of entity.attached) {
          const values = dump.get(arrivalsKey(entity, instance.name));
          if (!values) continue;
          const block = memory.allocate(values.length - head);
          block.view().set(values.subarray(head));
          const [rows, waits, idle] = values as unknown as [number, number, number];
          of(entity).set(instance.name, { block, rows, waits: waits !== 0, idle: idle < 0 ? null : idle });
        }
      }
    },
  };
}

const ringOf = ({ ids, counts, rows, n }: Spikes): SpikeRing => ({
  ids: ids.address,
  counts: counts.address,
  rows,
  n,
});

const isWhole = (x: number | undefined, from: number, to: number): boolean =>
  Number.isInteger(x) && x! >= from && x! <= to;

/** More steps than a delay or a share of it can be, and those of the present. */
const mostRows = 2 * 65536;

/** Whether a dump can be that of the spikes of n neurons. */
function isSpikeRing(dump: Float64Array, n: number): boolean {
  const [rows, neurons] = dump;
  if (!isWhole(rows, 1, mostRows) || neurons !== n) return false;
  const counts = dump.subarray(2, 2 + rows!);
  const ids = dump.subarray(2 + rows!);
  return (
    counts.length === rows &&
    counts.every((count) => isWhole(count, 0, n)) &&
    ids.length === counts.reduce((sum, count) => sum + count, 0) &&
    ids.every((id) => isWhole(id, 0, n - 1))
  );
}

/** Whether a dump can be that of what arrives at a receptor of n neurons. */
function isArrivals(dump: Float64Array, n: number): boolean {
  const [rows, waits, idle] = dump;
  return (
    isWhole(rows, 1, mostRows) &&
    isWhole(waits, 0, 1) &&
    isWhole(idle, -1, Number.MAX_SAFE_INTEGER) &&
    dump.length === head + rows! * paddedLength(n)
  );
}

/** rows, n, the counts of all rows, then their ids. */
function dumpSpikes({ ids, counts, rows, n }: Spikes): Float64Array {
  const all = ids.view();
  const each = [...counts.view()];
  return Float64Array.from([
    rows,
    n,
    ...each,
    ...each.flatMap((count, row) => [...all.subarray(row * n, row * n + count)]),
  ]);
}

function loadSpikes(list: Float64Array, into: Spikes): Spikes {
  const { rows, n } = into;
  const counts = list.subarray(2, 2 + rows);
  into.counts.view().set(counts);
  let at = 2 + rows;
  for (const [row, count] of counts.entries()) {
    into.ids.view().set(list.subarray(at, at + count), row * n);
    at += count;
  }
  return into;
} // prettier-ignore
