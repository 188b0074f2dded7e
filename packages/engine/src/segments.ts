/** Where the stages of an entity can be fused: everything between host code, samples and events is one segment. */
import { NeuroweaveError } from "@neuroweave/equations";
import { signalOf, type BehaviorInstance, type Entity } from "@neuroweave/model";
import { compare, readsEnds, readsOf, writesOf, type Lanes, type Plan, type Stage } from "@neuroweave/schedule";
import type { WovenStage } from "./weave.ts";

/** A step in order: kernels to weave, and what stands between them. */
export type Segment =
  | {
      readonly kind: "woven";
      readonly entity: Entity;
      readonly lanes: Lanes;
      readonly stages: WovenStage[];
      readonly first: boolean;
    }
  /** A pass over synapses, of stages that are simultaneous. */
  | { readonly kind: "sweep"; readonly entity: Entity; readonly stages: SweepStage[] }
  /** Variables that a group with host code writes are set aside first, so that its members see what was before. */
  | { readonly kind: "set aside"; readonly entity: Entity; readonly stage: Stage; readonly names: readonly string[] }
  | InstanceSegment<"host">
  | InstanceSegment<"sample">
  | InstanceSegment<"events">
  | StageSegment<"deliver">
  | StageSegment<"couple">
  | StageSegment<"reduce">
  | StageSegment<"compete">;

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

/** Stages that are done synapse by synapse, where each knows its ends. */
export type SweepStage = Extract<Stage, { kind: "dynamics" | "assign" | "sweep" | "sum" }>;

/** Steps between the times at which a stage happens. */
export const everyOf = (stage: Stage): number => ("every" in stage ? stage.every : 1);

/** Stages that are passes over synapses, with those that are simultaneous; refuses what passes over synapses cannot do. */
function sweepsOf(stages: readonly Stage[]): (stage: Stage) => stage is SweepStage {
  const sweeps = new Set(stages.filter(mustSweep));
  const all = new Set<Stage>(stages.filter((stage) => sweeps.has(stage) || [...sweeps].some((other) => other.entity === stage.entity && isPerSynapse(stage) && isPerSynapse(other) && togetherWith(other, stage))));
  for (const stage of all) requireNoTable(stage);
  return (stage): stage is SweepStage => all.has(stage);
} // prettier-ignore

const isPerSynapse = (stage: Stage): stage is Extract<Stage, { kind: "dynamics" | "assign" }> =>
  (stage.kind === "dynamics" || stage.kind === "assign") && stage.lanes === "synapses";

function mustSweep(stage: Stage): boolean {
  if (stage.kind === "sweep" || stage.kind === "sum") return true;
  if (!isPerSynapse(stage)) return false;
  return everyOf(stage) > 1 || readsEnds(stage.entity, [...readsOf(stage), ...writesOf(stage)]);
}

function requireNoTable(stage: Stage): void {
  const { entity } = stage;
  const table = [...readsOf(stage)].find((name) => entity.symbols.get(name)?.kind === "table");
  if (table === undefined) return;
  throw new NeuroweaveError("structure", `${table} is a table, which synapses cannot read beside their ends`, {
    entity: entity.name,
    behavior: stage.behaviors[0]!,
    remedy: "Read it in equations of its own, and keep it in a state.",
  });
}

const isWoven = (stage: Stage): stage is WovenStage =>
  stage.kind === "input" || stage.kind === "dynamics" || stage.kind === "assign" || stage.kind === "fire";

/**
 * Segments of a plan. A segment stands where its last stage stands; since entities read one another only where projections
 * transmit, the stages of other entities in between do not matter. Projections transmit in the order of `lags`, the
 * longest first, then by name, so that what arrives is summed by the step of its emission.
 */
export function segmentsOf(plan: Plan, lags: ReadonlyMap<Entity, number>): Segment[] {
  const result: Segment[] = [];
  const open = new Map<Entity, Extract<Segment, { kind: "woven" }>>();
  const isSweep = sweepsOf(plan.stages);
  const started = new Set<Entity>();
  const close = (entity: Entity): void => {
    const segment = open.get(entity);
    if (segment) result.push(segment);
    open.delete(entity);
  };
  const signals = new Set(plan.stages.flatMap(({ entity }) => (entity.isSignal ? [entity] : [])));
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
    for (const [reader, { stages }] of open)
      if (stages.some((stage) => [...readsOf(stage)].some((name) => signalOf(reader, name)?.entity === signal)))
        close(reader);
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
  for (const stage of plan.stages) {
    const { entity } = stage;
    if (stage.kind === "deliver" || stage.kind === "couple") {
      transmit();
      continue;
    }
    const names = setAside(plan, stage);
    if (names.length > 0) {
      close(entity);
      result.push({ kind: "set aside", entity, stage, names });
    }
    if (isSweep(stage) || isOfEnd(stage)) {
      close(entity);
      closeEnds(stage);
      const last = result.at(-1);
      const together =
        last?.entity === entity &&
        (last.kind === "sweep" || last.kind === "woven") &&
        (last.kind === "sweep") === isSweep(stage) &&
        togetherWith(last.stages[0]!, stage);
      if (together) (last.stages as Stage[]).push(stage);
      else if (isSweep(stage)) result.push({ kind: "sweep", entity, stages: [stage] });
      else result.push({ kind: "woven", entity, lanes: lanesOfStage(stage), stages: [stage], first: false });
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
    if (stage.kind === "host") for (const signal of signals) closeReaders(signal);
    // Host code of a projection sees the spikes of its source.
    if (stage.kind === "host" && entity.synapses) close(entity.synapses.source.entity);
    if (stage.kind === "reduce") result.push({ kind: "reduce", entity, stage });
    else if (stage.kind === "compete") result.push({ kind: "compete", entity, stage });
    else result.push({ kind: stage.kind, entity, instance: stage.instance, stage });
  }
  for (const entity of open.keys()) close(entity);
  return samplesLast(result);
}

/** Whether a stage is done for each source, target, or weight that synapses share. */
const isOfEnd = (stage: Stage): stage is WovenStage =>
  isWoven(stage) && !["synapses", "neurons"].includes(lanesOfStage(stage));

const lanesOfStage = (stage: WovenStage): Lanes =>
  "lanes" in stage ? stage.lanes : stage.entity.synapses ? "synapses" : "neurons";

/** Whether two stages of a projection are one pass: simultaneous, over the same, as often. */
function togetherWith(a: Stage, b: Stage): boolean {
  const overOf = (stage: Stage): string => (stage.kind === "sweep" ? stage.over : "lanes" in stage ? stage.lanes : stage.kind);
  return compare(a.position, b.position) === 0 && everyOf(a) === everyOf(b) && overOf(a) === overOf(b) && (a.kind === "sum") === (b.kind === "sum");
} // prettier-ignore

/**
 * Samples of an entity that does nothing after them go to the end, behind what other entities do: threads that work together wait for
 * the first one, which takes samples, once for all of them.
 */
function samplesLast(segments: readonly Segment[]): Segment[] {
  const active = new Set<Entity>();
  const last = new Set<Segment>();
  for (const segment of segments.toReversed())
    if (segment.kind !== "sample") active.add(segment.entity);
    else if (!active.has(segment.entity)) last.add(segment);
  return [...segments.filter((each) => !last.has(each)), ...[...last].reverse()];
}

/** What is to be set aside ahead of a stage: the writes of its group, if it is the first of several with host code among them. */
function setAside(plan: Plan, stage: Stage): string[] {
  const group = plan.stages.filter(
    (other) =>
      other.entity === stage.entity && other.kind !== "sample" && compare(other.position, stage.position) === 0,
  );
  if (group[0] !== stage || group.length < 2 || !group.some(({ kind }) => kind === "host")) return [];
  const written = group.flatMap((each) => (each.kind === "input" ? [] : writesOf(each)));
  const { symbols } = stage.entity;
  return [...new Set(written)].filter(
    (name) => symbols.get(name)?.kind === "state" || symbols.get(name)?.kind === "parameter",
  );
}
