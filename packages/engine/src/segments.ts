/** Where the stages of an entity can be fused: everything between host code, samples and events is one segment. */
import { signalOf, type BehaviorInstance, type Entity } from "@neuroweave/model";
import { compare, readsOf, writesOf, type Lanes, type Plan, type Stage } from "@neuroweave/schedule";
import { areTogether, isOfEnd, isWoven, lanesOfStage, sweepsOf, type SweepStage } from "./passes.ts";
import type { WovenStage } from "./weave.ts";

/** A step in order: kernels to weave, and what stands between them. */
export type Segment =
  | WovenSegment
  | SweepSegment
  /** Variables that a group with host code writes are set aside first, so that its members see what was before. */
  | { readonly kind: "set aside"; readonly entity: Entity; readonly stage: Stage; readonly names: readonly string[] }
  | InstanceSegment<"host">
  | InstanceSegment<"sample">
  | InstanceSegment<"events">
  | StageSegment<"deliver">
  | StageSegment<"couple">
  | StageSegment<"reduce">
  | StageSegment<"compete">;

interface WovenSegment {
  readonly kind: "woven";
  readonly entity: Entity;
  readonly lanes: Lanes;
  readonly stages: WovenStage[];
  readonly first: boolean;
}

/** A pass over synapses, of stages that are simultaneous. */
interface SweepSegment {
  readonly kind: "sweep";
  readonly entity: Entity;
  readonly stages: SweepStage[];
}

/** Simultaneous stages of a projection that are one pass over its synapses, sources, targets or shared weights. */
type Pass = WovenSegment | SweepSegment;

interface InstanceSegment<K extends string> {
  readonly kind: K;
  readonly entity: Entity;
  readonly instance: BehaviorInstance;
  readonly stage: Stage;
}

interface StageSegment<K extends Stage["kind"]> {
  readonly kind: K;
  readonly entity: Entity;
  readonly stage: Extract<Stage, { kind: K }>;
}

/**
 * Segments of a plan. A segment stands where its last stage stands; since entities read one another only where projections
 * transmit, the stages of other entities in between do not matter. Projections transmit in the order of `lags`, the
 * longest first, then by name, so that what arrives is summed by the step of its emission.
 */
export function segmentsOf(plan: Plan, lags: ReadonlyMap<Entity, number>): Segment[] {
  const result: Segment[] = [];
  const open = new Map<Entity, WovenSegment>();
  const own = stagesByEntity(plan);
  const sweeps = new Set<Stage>([...own.values()].flatMap(sweepsOf));
  const isSweep = (stage: Stage): stage is SweepStage => sweeps.has(stage);
  const signals = readersOfSignals(plan);
  const started = new Set<Entity>();
  /** The last pass of each projection, which simultaneous stages join. */
  const passes = new Map<Entity, Pass>();
  const close = (entity: Entity): void => {
    const segment = open.get(entity);
    if (segment) result.push(segment);
    open.delete(entity);
  };
  /** Lets kernels of the ends that a stage of a projection reads run ahead of it. */
  const closeEnds = (stage: Stage): void => {
    const { source, target } = stage.entity.synapses!;
    const reads = [...readsOf(stage)];
    const over = stage.kind === "sweep" ? stage.over : null;
    if (over === "pre" || reads.some((name) => name.startsWith("pre."))) close(source.entity);
    if (over === "post" || reads.some((name) => name.startsWith("post."))) close(target.entity);
  };
  /** Lets kernels that read a signal run before it changes again. */
  const closeReaders = (signal: Entity): void => {
    for (const reader of signals.get(signal)!)
      if ((open.get(reader.entity)?.stages as Stage[] | undefined)?.includes(reader)) close(reader.entity);
  };
  const transmissions = plan.stages
    .filter((stage) => stage.kind === "deliver" || stage.kind === "couple")
    .sort((a, b) => (lags.get(b.entity) ?? 0) - (lags.get(a.entity) ?? 0) || (a.entity.name < b.entity.name ? -1 : 1));
  const transmit = (): void => {
    for (const stage of transmissions) {
      close(stage.entity);
      closeEnds(stage);
    }
    for (const stage of transmissions)
      if (stage.kind === "deliver") result.push({ kind: "deliver", entity: stage.entity, stage });
      else result.push({ kind: "couple", entity: stage.entity, stage });
    transmissions.length = 0;
  };
  /** Begins a pass, behind the kernels of all ends that any stage of it reads: none may stand between these stages. */
  const begin = (stage: SweepStage | WovenStage): void => {
    const { entity } = stage;
    close(entity);
    for (const other of own.get(entity)!)
      if (isSweep(other) === isSweep(stage) && areTogether(stage, other)) closeEnds(other);
    const pass: Pass = isSweep(stage)
      ? { kind: "sweep", entity, stages: [stage] }
      : { kind: "woven", entity, lanes: lanesOfStage(stage), stages: [stage], first: false };
    passes.set(entity, pass);
    result.push(pass);
  };
  for (const stage of plan.stages) {
    const { entity } = stage;
    if (stage.kind === "deliver" || stage.kind === "couple") {
      transmit();
      continue;
    }
    const names = setAside(own.get(entity)!, stage);
    if (names.length > 0) {
      close(entity);
      result.push({ kind: "set aside", entity, stage, names });
    }
    if (isSweep(stage) || isOfEnd(stage)) {
      const pass = passes.get(entity);
      if (pass && (pass.kind === "sweep") === isSweep(stage) && areTogether(pass.stages[0]!, stage))
        (pass.stages as Stage[]).push(stage);
      else begin(stage);
      continue;
    }
    if (entity.isSignal && isWoven(stage)) closeReaders(entity);
    if (isWoven(stage)) {
      const segment = open.get(entity);
      if (segment) segment.stages.push(stage);
      else
        open.set(entity, {
          kind: "woven",
          entity,
          lanes: lanesOfStage(stage),
          stages: [stage],
          // What a projection remembers is stored ahead of everything, since passes over synapses write it too.
          first: !entity.synapses && !started.has(entity),
        });
      started.add(entity);
      if (entity.isSignal) close(entity);
      continue;
    }
    close(entity);
    // What host code does to a signal counts for what runs later.
    if (stage.kind === "host") for (const signal of signals.keys()) closeReaders(signal);
    // Host code of a projection sees the spikes of its source.
    if (stage.kind === "host" && entity.synapses) close(entity.synapses.source.entity);
    if (stage.kind === "reduce") result.push({ kind: "reduce", entity, stage });
    else if (stage.kind === "compete") result.push({ kind: "compete", entity, stage });
    else result.push({ kind: stage.kind, entity, instance: stage.instance, stage });
  }
  for (const entity of open.keys()) close(entity);
  return samplesLast(result);
}

function stagesByEntity({ stages }: Plan): Map<Entity, Stage[]> {
  const own = new Map<Entity, Stage[]>();
  for (const stage of stages) {
    const list = own.get(stage.entity);
    if (list) list.push(stage);
    else own.set(stage.entity, [stage]);
  }
  return own;
}

/** The signals, with the stages of others that read them. */
function readersOfSignals({ stages }: Plan): Map<Entity, Stage[]> {
  const readers = new Map<Entity, Stage[]>();
  for (const { entity } of stages) if (entity.isSignal) readers.set(entity, []);
  for (const stage of readers.size === 0 ? [] : stages)
    for (const name of readsOf(stage)) {
      const signal = signalOf(stage.entity, name);
      if (signal) readers.get(signal.entity)?.push(stage);
    }
  return readers;
}

/**
 * Samples of an entity that does nothing after them go to the end, behind what other entities do: threads that work together wait for
 * the first one, which takes samples, once for all of them. Signals may be changed by host code of whatever entity.
 */
function samplesLast(segments: readonly Segment[]): Segment[] {
  const active = new Set<Entity>();
  const last = new Set<Segment>();
  let hosted = false;
  for (const segment of segments.toReversed()) {
    const { kind, entity } = segment;
    hosted ||= kind === "host";
    if (kind !== "sample") active.add(entity);
    else if (!active.has(entity) && !(entity.isSignal && hosted)) last.add(segment);
  }
  return [...segments.filter((each) => !last.has(each)), ...[...last].reverse()];
}

/** What is to be set aside ahead of a stage among those of its entity: the writes of its group, if it is the first of several with host code among them. */
function setAside(own: readonly Stage[], stage: Stage): string[] {
  const group = own.filter((other) => other.kind !== "sample" && compare(other.position, stage.position) === 0);
  if (group[0] !== stage || group.length < 2 || !group.some(({ kind }) => kind === "host")) return [];
  const written = group.flatMap((each) => (each.kind === "input" ? [] : writesOf(each)));
  const { symbols } = stage.entity;
  return [...new Set(written)].filter(
    (name) => symbols.get(name)?.kind === "state" || symbols.get(name)?.kind === "parameter",
  );
}
