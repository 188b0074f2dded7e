/** Where the stages of an entity can be fused: everything between host code, samples and events is one segment. */
import type { BehaviorInstance, Entity } from "@neuroweave/model";
import { compare, writesOf, type Plan, type Stage } from "@neuroweave/schedule";
import type { WovenStage } from "./weave.ts";

/** A step in order: kernels to weave, and what stands between them. */
export type Segment =
  | { readonly kind: "woven"; readonly entity: Entity; readonly stages: WovenStage[]; readonly first: boolean }
  /** Variables that a group with host code writes are set aside first, so that its members see what was before. */
  | { readonly kind: "set aside"; readonly entity: Entity; readonly stage: Stage; readonly names: readonly string[] }
  | {
      readonly kind: "host" | "sample" | "events";
      readonly entity: Entity;
      readonly instance: BehaviorInstance;
      readonly stage: Stage;
    };

const isWoven = (stage: Stage): stage is WovenStage =>
  stage.kind === "input" || stage.kind === "dynamics" || stage.kind === "assign" || stage.kind === "fire";

/**
 * Segments of a plan. A segment stands where its last stage stands; since entities do not read one another between
 * kernels, the stages of other entities in between do not matter.
 */
export function segmentsOf(plan: Plan): Segment[] {
  const result: Segment[] = [];
  const open = new Map<Entity, Extract<Segment, { kind: "woven" }>>();
  const started = new Set<Entity>();
  const close = (entity: Entity): void => {
    const segment = open.get(entity);
    if (segment) result.push(segment);
    open.delete(entity);
  };
  for (const stage of plan.stages) {
    const { entity } = stage;
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
    result.push({ kind: stage.kind, entity, instance: stage.instance, stage });
  }
  for (const entity of open.keys()) close(entity);
  return result;
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
