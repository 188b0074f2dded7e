/** Where the stages of an entity can be fused: everything between host code, samples and events is one segment. */
import type { BehaviorInstance, Entity } from "@neuroweave/model";
import { compare, readsOf, writesOf, type Plan, type Stage } from "@neuroweave/schedule";
import type { WovenStage } from "./weave.ts";

/** A step in order: kernels to weave, and what stands between them. */
export type Segment =
  | { readonly kind: "woven"; readonly entity: Entity; readonly stages: WovenStage[]; readonly first: boolean }
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
  const started = new Set<Entity>();
  const close = (entity: Entity): void => {
    const segment = open.get(entity);
    if (segment) result.push(segment);
    open.delete(entity);
  };
  const transmissions = plan.stages
    .filter((stage) => stage.kind === "deliver" || stage.kind === "couple")
    .sort((a, b) => (lags.get(b.entity) ?? 0) - (lags.get(a.entity) ?? 0) || (a.entity.name < b.entity.name ? -1 : 1));
  const transmit = (): void => {
    for (const stage of transmissions) {
      const { source, target } = stage.entity.synapses!;
      const reads = [...readsOf(stage)];
      close(stage.entity);
      if (reads.some((name) => name.startsWith("pre."))) close(source.entity);
      if (reads.some((name) => name.startsWith("post."))) close(target.entity);
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
    if (isWoven(stage)) {
      const segment = open.get(entity);
      if (segment) segment.stages.push(stage);
      else open.set(entity, { kind: "woven", entity, stages: [stage], first: !started.has(entity) });
      started.add(entity);
      continue;
    }
    close(entity);
    // Host code of a projection sees the spikes of its source.
    if (stage.kind === "host" && entity.synapses) close(entity.synapses.source.entity);
    if (stage.kind === "reduce") result.push({ kind: "reduce", entity, stage });
    else if (stage.kind === "compete") result.push({ kind: "compete", entity, stage });
    else result.push({ kind: stage.kind, entity, instance: stage.instance, stage });
  }
  for (const entity of open.keys()) close(entity);
  return samplesLast(result);
}

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
