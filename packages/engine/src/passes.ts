/** Which stages of a projection are passes over its synapses, and which of them are one pass. */
import { NeuroweaveError } from "@neuroweave/equations";
import { compare, readsEnds, readsOf, writesOf, type Lanes, type Stage } from "@neuroweave/schedule";
import type { WovenStage } from "./weave.ts";

/** Stages that are done synapse by synapse, where each knows its ends. */
export type SweepStage = Extract<Stage, { kind: "dynamics" | "assign" | "sweep" | "sum" }>;

/** Steps between the times at which a stage happens. */
export const everyOf = (stage: Stage): number => ("every" in stage ? stage.every : 1);

/** The sweeps among the stages of one entity, with what is simultaneous with them; refuses what passes over synapses cannot do. */
export function sweepsOf(stages: readonly Stage[]): SweepStage[] {
  const sweeps = stages.filter(mustSweep);
  const all = stages.filter(
    (stage): stage is SweepStage =>
      sweeps.includes(stage) || (isPerSynapse(stage) && sweeps.some((other) => isPerSynapse(other) && areTogether(other, stage))),
  );
  all.forEach(requireNoTable);
  return all;
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

/** Whether two stages of a projection are one pass: simultaneous, over the same, as often. */
export function areTogether(a: Stage, b: Stage): boolean {
  const overOf = (stage: Stage): string => (stage.kind === "sweep" ? stage.over : "lanes" in stage ? stage.lanes : stage.kind);
  return compare(a.position, b.position) === 0 && everyOf(a) === everyOf(b) && overOf(a) === overOf(b);
} // prettier-ignore

export const isWoven = (stage: Stage): stage is WovenStage =>
  stage.kind === "input" || stage.kind === "dynamics" || stage.kind === "assign" || stage.kind === "fire";

/** Whether a stage is done for each source, target, or weight that synapses share. */
export const isOfEnd = (stage: Stage): stage is WovenStage =>
  isWoven(stage) && !["synapses", "neurons"].includes(lanesOfStage(stage));

export const lanesOfStage = (stage: WovenStage): Lanes =>
  "lanes" in stage ? stage.lanes : stage.entity.synapses ? "synapses" : "neurons";
