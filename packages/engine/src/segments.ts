/** Where the stages of an entity can be fused: everything between host code, samples and events is one segment. */
import type { BehaviorInstance, Entity } from "@neuroweave/model";
import type { Plan, Stage } from "@neuroweave/schedule";
import type { WovenStage } from "./weave.ts";

/** A step in order: kernels to weave, and what stands between them. */
export type Segment =
  | { readonly kind: "woven"; readonly entity: Entity; readonly stages: WovenStage[]; readonly first: boolean }
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
  for (const entity of [...open.keys()]) close(entity);
  return result;
}
