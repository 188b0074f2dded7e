/** From the stages of a program to a team of threads that does them together, where that pays. */
import {
  control,
  paddedLength,
  soloThread,
  storedBy,
  teamStages,
  type Delivery,
  type DeliveryShare,
  type KernelShare,
  type OwnSpikes,
  type ProgramStage,
  type Shareable,
  type Team,
} from "@neuroweave/kernel";
import { pointersOf, targetsOf, type Entity } from "@neuroweave/model";
import type { Memory } from "./memory.ts";
import type { Scratch } from "./scratch.ts";
import { shareOut, type Bounds } from "./shares.ts";
import type { Threads } from "./threads.ts";

/** A stage, and the population or projection that it belongs to, if it does something for each neuron or synapse. */
export interface OwnedStage {
  readonly stage: ProgramStage;
  readonly entity: Entity | null;
}

/** A step shorter than this, in ns as estimated, stays on one thread: two barriers take about a microsecond. */
const leastWork = 3000;

/** Estimates in ns: an instruction for a neuron; a spike at a synapse; the rate in Hz at which populations may fire. */
const estimate = { instruction: 0.05, event: 1, rate: 10 } as const;

interface Circumstances {
  readonly wanted: Threads;
  readonly dt: number;
  readonly scratch: Scratch;
  readonly memory: Memory;
  readonly projectionOf: ReadonlyMap<Delivery, Entity>;
}

/** A team for the stages, or none and the reason. */
export function teamOf(owned: readonly OwnedStage[], circumstances: Circumstances): { readonly team: Team | null; readonly alone: string | null } {
  const { wanted, dt, scratch, memory, projectionOf } = circumstances;
  if (wanted.count === 1) return { team: null, alone: null };
  const loads = loadsOf(owned, dt, projectionOf);
  const work = loads.reduce((sum, { n, perNeuron }) => sum + n * perNeuron, 0);
  if (loads.length === 0 || (work < leastWork && !wanted.always))
    return { team: null, alone: `a step takes about ${(work / 1000).toFixed(1)} µs, too little to share` };
  const threads = wanted.count;
  const bounds = shareOut(loads, threads);
  const words = (entity: Entity | null, name: string, values: ArrayLike<number>): number => {
    const block = scratch.words(entity, `team/${name}`, values.length);
    block.view().set(values);
    return block.address;
  };
  const boundsAt = new Map([...bounds].map(([entity, each]) => [entity, words(entity, "bounds", [...each, 0, each.at(-1)!])]));
  const ownSpikes = new Map<Entity, OwnSpikes>();
  const ownOf = (entity: Entity): OwnSpikes => {
    const found = ownSpikes.get(entity) ?? {
      ids: scratch.words(entity, "team/ids", paddedLength(entity.n)).address,
      counts: words(entity, "counts", new Uint32Array(16 * (soloThread(threads) + 1))),
    };
    ownSpikes.set(entity, found);
    return found;
  };
  const share = ({ stage, entity }: OwnedStage): Shareable => {
    const deliveryShareOf = (delivery: Delivery): DeliveryShare | null =>
      deliveryShare(delivery, projectionOf.get(delivery)!, bounds, boundsAt, words);
    if (stage.kind === "deliver") return { stage, share: deliveryShareOf(stage.delivery) };
    if (stage.kind === "collect") {
      const shares = stage.deliveries.flatMap((each) => deliveryShareOf(each) ?? []);
      return { stage, share: shares.length === stage.deliveries.length ? shares : null };
    }
    const at = entity && isShared(stage, entity) ? boundsAt.get(entity) : undefined;
    if (at === undefined) return { stage, share: null };
    const lists = stage.kind === "kernel" && stage.log !== null;
    return { stage, share: { bounds: at, own: lists ? ownOf(entity!) : null } satisfies KernelShare };
  };
  const stages = teamStages(owned.map(share), memory.precision);
  return { team: { threads, stages, mayBeAlone: !wanted.always, control: scratch.words(null, "team/control", control.words).address }, alone: null };
} // prettier-ignore

/** Whether a stage does something for each neuron of a population. */
const isShared = (stage: ProgramStage, { n, synapses }: Entity): boolean =>
  synapses === null &&
  (stage.kind === "kernel" ||
    ((stage.kind === "uniforms" || stage.kind === "draw" || stage.kind === "settle") && stage.n === n));

/** What a step of each population costs. What the first thread does for projections cannot be shared, and does not count. */
function loadsOf(owned: readonly OwnedStage[], dt: number, projectionOf: ReadonlyMap<Delivery, Entity>) {
  const costs = new Map<Entity, number>();
  const active = new Set<Entity>();
  const add = (entity: Entity, ns: number): void => void costs.set(entity, (costs.get(entity) ?? 0) + ns);
  for (const { stage, entity } of owned) {
    if (entity && isShared(stage, entity)) {
      if (stage.kind === "kernel") active.add(entity);
      if (stage.kind === "kernel") add(entity, entity.n * stage.kernel.instructions.length * estimate.instruction);
      else if (stage.kind !== "settle") add(entity, entity.n);
    }
    const deliveries = stage.kind === "deliver" ? [stage.delivery] : stage.kind === "collect" ? stage.deliveries : [];
    for (const delivery of deliveries) {
      const projection = projectionOf.get(delivery)!;
      const spikes = delivery.spikes === null ? 1 : (estimate.rate * dt) / 1000;
      add(projection.synapses!.target.entity, projection.n * spikes * estimate.event);
    }
  }
  return [...costs]
    .filter(([entity]) => active.has(entity))
    .map(([population, ns]) => ({ population, n: population.n, perNeuron: ns / population.n }));
}

/** How a delivery is shared out; null where synapses of one source change what the next of its synapses reads. */
function deliveryShare(
  delivery: Delivery,
  projection: Entity,
  bounds: ReadonlyMap<Entity, Bounds>,
  boundsAt: ReadonlyMap<Entity, number>,
  words: (entity: Entity, name: string, values: ArrayLike<number>) => number,
): DeliveryShare | null {
  const { kernel } = delivery;
  const { entity, from } = projection.synapses!.target;
  const own = bounds.get(entity);
  const perSource = [...storedBy(kernel)].some((slot) => kernel.slots.get(slot)!.shape === "source");
  if (perSource || !own) return null;
  const share = { bounds: boundsAt.get(entity)!, from };
  const inner = own.filter((neuron) => neuron > from && neuron < from + delivery.into);
  if (inner.length === 0) return { ...share, find: { kind: "whole" } };
  const splits =
    delivery.delay.kind === "synapse" || delivery.delay.kind === "collected" ? null : splitsOf(projection, own, from);
  if (splits === null) return { ...share, find: { kind: "scan" } };
  return { ...share, find: { kind: "split", splits: words(projection, "splits", splits) } };
}

/**
 * The first synapse of each row that belongs to thread 1, then to thread 2, and so on; null if the targets of some row are
 * not in the order of threads.
 */
function splitsOf(projection: Entity, bounds: Bounds, from: number): Uint32Array | null {
  const pointers = pointersOf(projection.synapses!);
  const targets = targetsOf(projection.synapses!);
  const sources = pointers.length - 1;
  const inner = bounds.slice(1, -1).map((neuron) => neuron - from);
  const splits = new Uint32Array(inner.length * sources);
  for (let s = 0; s < sources; s++) {
    let thread = 0;
    for (let j = pointers[s]!; j < pointers[s + 1]!; j++) {
      while (thread < inner.length && targets[j]! >= inner[thread]!) splits[thread++ * sources + s] = j;
      if (thread > 0 && targets[j]! < inner[thread - 1]!) return null;
    }
    while (thread < inner.length) splits[thread++ * sources + s] = pointers[s + 1]!;
  }
  return splits;
}
