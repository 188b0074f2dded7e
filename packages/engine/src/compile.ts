/** The pipeline in one paragraph: plan, combine, lower, run the passes, lay out. Emitting and starting is the device's. */
import { NeuroweaveError, withPlace } from "@neuroweave/equations";
import {
  streamName,
  type Delivery,
  type Kernel,
  type Precision,
  type Program,
  type ProgramStage,
} from "@neuroweave/kernel";
import type { BehaviorInstance, Entity, NetworkCore, Recording } from "@neuroweave/model";
import {
  arrivalName,
  compare,
  lanesOf,
  planNetwork,
  writesOf,
  type Order,
  type Plan,
  type Stage,
} from "@neuroweave/schedule";
import type { Channels } from "./channels.ts";
import { deliveryOf, handOver, waitingDeliveries } from "./deliveries.ts";
import { eventWords, listEvents, type EventWords } from "./event-list.ts";
import type { Histories } from "./histories.ts";
import { createLayout, type LogBlocks, type SampleBlocks } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { sumName } from "./names.ts";
import { requirementsOf } from "./requirements.ts";
import { requireRings, routesOf } from "./routes.ts";
import type { Mutable } from "./saved-state.ts";
import type { Scratch } from "./scratch.ts";
import { everyOf } from "./passes.ts";
import { segmentsOf, type Segment } from "./segments.ts";
import { teamOf, type OwnedStage } from "./team.ts";
import { usualTuning, type Tuning } from "./tuning.ts";
import { setAsideOf, sweepOf } from "./sweeps.ts";
import { weaveSweep, weaveSynapses } from "./weave-synapses.ts";
import { methodNamed, weave } from "./weave.ts";

/** A host behavior of the program, by its index. */
export interface HostEntry {
  readonly entity: Entity;
  readonly instance: BehaviorInstance;
  /** Whether it runs after the spikes of the step are known. */
  readonly afterFiring: boolean;
  /** Columns that simultaneous stages change: it sees what they were before. */
  readonly aside: readonly string[];
  /** Columns that it may change. */
  readonly writes: readonly string[];
}

/** A network ready for a device, and what the run loop must look after. */
export interface Compiled {
  readonly plan: Plan;
  readonly program: Program;
  /** Why one thread does all, where more were wanted. */
  readonly alone: string | null;
  readonly kernelOf: ReadonlyMap<Stage, string>;
  readonly kernels: readonly { readonly kernel: Kernel; readonly entity: Entity }[];
  readonly hosts: readonly HostEntry[];
  readonly logs: readonly (LogBlocks & { readonly entity: Entity; readonly keepsSpike: boolean })[];
  readonly samples: readonly (SampleBlocks & { readonly recording: Recording })[];
  readonly events: readonly EventWords[];
  /** Memory that a run changes. */
  readonly mutable: Mutable;
}

/** Rows that something waits for at a receptor already, if it does. */
type Waiting = (target: Entity, receptor: string) => number | undefined;

export interface LoweringOptions extends Pick<Tuning, "largestRing" | "ties"> {
  readonly precision: Precision;
  readonly waiting: Waiting;
  /** What is known of positions already. */
  readonly order?: Order;
}

/**
 * Plans and lowers without touching memory: everything that can be refused is refused here. Of the `wanted` ones alone, as they are among
 * the others; what is on its way counts as if no other projection ended or began where they do.
 */
export function lowerNetwork(
  core: NetworkCore,
  { precision, waiting, largestRing, ties, order }: LoweringOptions,
  wanted: readonly Entity[] = core.entities,
) {
  for (const entity of wanted) requireMethods(entity);
  const plan = planNetwork(core.entities, wanted, core.learning, ties(), order);
  for (const stage of plan.stages) prepareWrites(stage);
  const routes = routesOf(wanted === core.entities ? wanted : withEnds(wanted), waiting, { precision, largestRing });
  requireRings(routes, precision);
  const segments = segmentsOf(plan, routes.lags);
  const requirements = new Map(wanted.map((entity) => [entity, requirementsOf(entity, plan, segments)]));
  for (const [entity, { historyRows }] of requirements) {
    const lanes = new Set([...historyRows.keys()].map((variable) => lanesOf(entity, variable)));
    const stores = segments.some((segment) => segment.entity === entity && segment.kind === "woven" && segment.first);
    if (!stores)
      for (const each of lanes) segments.unshift({ kind: "woven", entity, lanes: each, stages: [], first: true });
  }
  const kernels = new Map<Segment, Kernel>();
  const advanced = new Set<Entity>();
  for (const segment of segments) {
    const { entity } = segment;
    if (segment.kind === "events") listEvents(entity, segment.instance);
    if (segment.kind === "deliver" || segment.kind === "couple")
      kernels.set(segment, weaveSynapses(entity, segment.stage, { precision, dt: core.dt, seed: core.seed }));
    if (segment.kind === "sweep")
      kernels.set(segment, weaveSweep(`sweep ${kernels.size} of ${entity.name}`, entity, segment.stages, { precision, dt: core.dt, seed: core.seed })); // prettier-ignore
    if (segment.kind !== "woven") continue;
    const { stages, first, lanes: sight } = segment;
    const { keep, historyRows, tables } = requirements.get(entity)!;
    const inputs = plan.inputs.get(entity)!;
    const summed = advanced.has(entity) ? new Set([...inputs.keys()].filter((name) => keep.has(sumName(name)))) : none;
    if (stages.some(({ kind }) => kind === "dynamics")) advanced.add(entity);
    const arrivals = new Map(routes.receptors.flatMap(({ target, receptor, rows }) => target === entity ? [[arrivalName(receptor), rows]] : [])); // prettier-ignore
    const options = {
      precision,
      dt: core.dt,
      seed: core.seed,
      inputs,
      historyRows,
      tables,
      arrivals,
      first,
      summed,
      sight,
    };
    const name = `kernel ${kernels.size} of ${entity.name}`;
    kernels.set(segment, weave(name, entity, stages, { ...options, keep: (each) => keep.has(each) }));
  }
  return { plan, segments, requirements, kernels, routes };
}

/** Entities, and the ends of projections among them. */
const withEnds = (entities: readonly Entity[]): Entity[] => [
  ...new Set(entities.flatMap((each) => each.synapses ? [each, each.synapses.source.entity, each.synapses.target.entity] : [each])),
]; // prettier-ignore

function requireMethods(entity: Entity): void {
  const own = { method: entity.method ?? null, place: { entity: entity.name } };
  const pinned = entity.enabled().map(({ name, declaration }) => ({
    method: declaration.method,
    place: { entity: entity.name, behavior: name },
  }));
  for (const { method, place } of [own, ...pinned])
    try {
      if (method !== null) methodNamed(method);
    } catch (error) {
      throw withPlace(error, place);
    }
}

const none: ReadonlySet<string> = new Set();

/** A parameter that a behavior writes, or that a recorder samples, is per-neuron state. */
function prepareWrites(stage: Stage): void {
  const { entity } = stage;
  const named =
    stage.kind === "sample" ? (entity.recordings.get(stage.instance)?.request.variables ?? []) : writesOf(stage);
  for (const name of named) {
    const packed = entity.columns.get(name)?.packed;
    // Synapse by synapse, weights of 32 bits can be written; whole columns are read and written as the network computes.
    const whole = stage.kind === "sample" || stage.kind === "host" || ("lanes" in stage && stage.lanes === "shared");
    if (packed && (whole || packed.element !== "f32"))
      throw new NeuroweaveError("not-supported", `${name} of ${entity.name} is stored as ${packed.element}, and ${stage.behaviors.join(", ")} ${stage.kind === "sample" ? "records" : "writes"} it`, { entity: entity.name, behavior: stage.behaviors[0]!, remedy: whole ? "Leave `weights` out, so that they are stored as the network computes." : "Store them as f32 or f64: weights of 16 bits are never written." }); // prettier-ignore
    if (entity.symbols.get(name)?.kind === "parameter") entity.columns.toWritten(name, stage.kind !== "sample");
  }
}

/** Compiles a network over its memory. */
export function compile(
  core: NetworkCore,
  memory: Memory,
  scratch: Scratch,
  histories: Histories,
  channels: Channels,
  { threads, largestRing, ties }: Tuning = usualTuning,
): Compiled {
  const waiting: Waiting = (...at) => channels.waiting(...at);
  const lowered = lowerNetwork(core, { precision: memory.precision, waiting, largestRing, ties });
  const { plan, segments, requirements, kernels, routes } = lowered;
  histories.keepOnly(core, (entity) => requirements.get(entity)!.historyRows);
  for (const { target, receptor, waits } of routes.receptors)
    if (waits && channels.handlesOnArrival(target, receptor))
      handOver(core, { target, receptor, leaving: null }, channels, memory, scratch);
  for (const each of [channels, scratch]) each.forget(new Set(core.entities));
  channels.prepare(routes, core.step);
  const layout = createLayout(core, memory, scratch, histories, channels);
  const hosts: HostEntry[] = [];
  const logs: (LogBlocks & { entity: Entity; keepsSpike: boolean })[] = [];
  const samples: (SampleBlocks & { recording: Recording })[] = [];
  const events: EventWords[] = [];
  const owned: OwnedStage[] = [];
  const add = (entity: Entity | null, ...stages: readonly ProgramStage[]): void =>
    void owned.push(...stages.map((stage) => ({ stage, entity })));
  add(null, ...layout.clearHostInputs(plan));
  for (const { entity, stage } of layout.settle(plan)) add(entity, stage);
  const kernelOf = new Map<Stage, string>();
  const collections: Collections = new Map();
  const projectionOf = new Map<Delivery, Entity>();
  const transmit = (segment: Extract<Segment, { readonly kind: "deliver" | "couple" }>): void => {
    const { entity, stage } = segment;
    const kernel = kernels.get(segment)!;
    kernelOf.set(stage, kernel.name);
    const { target, receptor } = entity.synapses!;
    const route = routes.receptors.find((each) => each.target === target.entity && each.receptor === receptor);
    const lag = routes.lags.get(entity);
    const deliveries =
      route?.waits && lag !== undefined
        ? waitingDeliveries(entity, kernel, { channels, memory, scratch })
        : [deliveryOf(entity, kernel, lag, channels, memory, scratch)];
    for (const delivery of deliveries) {
      projectionOf.set(delivery, entity);
      if (route?.collects && delivery.spikes) collect(collections, add, entity, delivery);
      else add(entity, { kind: "deliver", delivery });
    }
  };
  const emitters: Emitters = {
    woven(segment) {
      const { entity } = segment;
      const kernel = kernels.get(segment)!;
      const { keep } = requirements.get(entity)!;
      const fires = kernel.effects.some(({ kind }) => kind === "spikes");
      const log = fires ? layout.spikeLog(entity) : null;
      if (log) logs.push({ ...log, entity, keepsSpike: keep.has("spike") });
      add(entity, ...layout.draws(entity, kernel));
      add(entity, ...layout.aligned(entity, kernel));
      const uniforms = layout.uniforms(entity, kernel);
      add(entity, ...uniforms);
      // Stages that happen now and then have a segment of their own.
      const every = Math.max(1, ...segment.stages.map(everyOf));
      const ahead = new Map(uniforms.map(({ stream, columns }) => [streamName(stream), columns]));
      add(entity, { kind: "kernel", kernel, addresses: layout.addresses(entity, kernel, requirements.get(entity)!), log: log?.log ?? null, ...(every === 1 ? {} : { every }), uniforms: ahead }); // prettier-ignore
      if (log && routes.spikeRows.has(entity))
        add(entity, { kind: "remember", log: log.log, ring: channels.spikes(entity) });
      for (const stage of segment.stages) kernelOf.set(stage, kernel.name);
    },
    sweep(segment) {
      const { entity, stages } = segment;
      const kernel = kernels.get(segment)!;
      for (const stage of stages) {
        kernelOf.set(stage, kernel.name);
        if (stage.kind === "sum")
          for (const { name } of stage.signals) add(null, layout.clearSum(entity, name, stage.every));
      }
      add(null, ...layout.setAside(entity, setAsideOf(kernel)));
      add(null, { kind: "sweep", sweep: sweepOf(entity, stages, kernel, { channels, memory, scratch }) });
    },
    deliver: transmit,
    couple: transmit,
    reduce: ({ entity, stage }) => add(null, ...layout.reductions(entity, stage)),
    compete: ({ entity, stage }) => add(null, layout.competition(entity, stage)),
    "set aside": ({ entity, names }) => add(null, ...layout.setAside(entity, names)),
    host(segment) {
      const { entity } = segment;
      const spiking = entity.synapses?.source.entity ?? entity;
      const { position } = segment.stage;
      const fired = plan.stages.some(
        (stage) => stage.entity === spiking && stage.kind === "fire" && compare(stage.position, position) < 0,
      );
      const writes = writesOf(segment.stage);
      const group = segments.find(
        (each) => each.kind === "set aside" && each.entity === entity && compare(each.stage.position, position) === 0,
      );
      const aside = group?.kind === "set aside" ? group.names.filter((name) => !writes.includes(name)) : [];
      const entry = { entity, instance: segment.instance, afterFiring: fired, writes, aside };
      add(null, { kind: "host", index: hosts.push(entry) - 1 });
    },
    sample({ entity, instance }) {
      const recording = entity.recordings.get(instance)!;
      const blocks = layout.samples(entity, instance, recording);
      samples.push({ ...blocks, recording });
      add(null, blocks.stage);
    },
    events({ entity, instance }) {
      const words = eventWords(core, entity, instance, memory, scratch);
      events.push(words);
      add(null, words.stage);
    },
  };
  for (const segment of segments) (emitters[segment.kind] as (each: Segment) => void)(segment);
  const { team, alone } = teamOf(owned, { wanted: threads, dt: core.dt, scratch, memory, projectionOf });
  const stages = owned.map(({ stage }) => stage);
  const program: Program = {
    precision: memory.precision,
    dt: core.dt,
    stages,
    sharedMemory: memory.shared,
    team,
    suspect: layout.suspect,
  };
  const all = [...kernels].map(([segment, kernel]) => ({ kernel, entity: segment.entity }));
  return {
    plan,
    program,
    alone,
    kernelOf,
    kernels: all,
    hosts,
    logs,
    samples,
    events,
    mutable: layout.mutable(requirements),
  };
}

/** Deliveries that make one stage together, by target and receptor. */
type Collections = Map<string, { longest: number; readonly deliveries: Delivery[] }>;

/** Puts a delivery into its receptor's stage, which stands where its first one does. */
function collect(collections: Collections, add: (entity: Entity, stage: ProgramStage) => void, projection: Entity, delivery: Delivery): void {
  const { target, receptor, delays } = projection.synapses!;
  const key = JSON.stringify([target.entity.name, receptor]);
  const found = collections.get(key);
  const stage = found ?? { kind: "collect" as const, longest: 0, deliveries: [] as Delivery[] };
  stage.longest = Math.max(stage.longest, delays.kind === "one" ? delays.steps : delays.longest);
  stage.deliveries.push(delivery);
  if (found) return;
  collections.set(key, stage);
  add(projection, stage as Extract<ProgramStage, { kind: "collect" }>);
} // prettier-ignore

/** One row per kind of segment. */
type Emitters = { readonly [K in Segment["kind"]]: (segment: Extract<Segment, { readonly kind: K }>) => void };
