/** What an entity's stages need in memory beside its columns: histories, kept values, tables. */
import { NeuroweaveError, visitExpression, type Expression } from "@neuroweave/equations";
import { stepsIn, type Entity } from "@neuroweave/model";
import { compare, readsOf, type Plan, type Stage } from "@neuroweave/schedule";
import { sumName } from "./names.ts";
import { delayedIn } from "./dormant.ts";
import type { Segment } from "./segments.ts";

export interface Requirements {
  readonly keep: ReadonlySet<string>;
  /** Rows of the histories of delayed variables. */
  readonly historyRows: ReadonlyMap<string, number>;
  readonly tables: ReadonlyMap<string, { readonly rows: number; readonly every: number; readonly narrow: boolean; readonly values: Float64Array }>; // prettier-ignore
}

/** Requirements of one entity. */
export function requirementsOf(entity: Entity, plan: Plan, segments: readonly Segment[]): Requirements {
  const stages = plan.stages.filter((stage) => stage.entity === entity);
  const own = segments.filter((segment) => segment.entity === entity);
  return {
    keep: keptNames(entity, stages, own, plan),
    historyRows: histories(entity, stages, plan),
    tables: tablesOf(entity),
  };
}

function keptNames(entity: Entity, stages: readonly Stage[], segments: readonly Segment[], plan: Plan): Set<string> {
  const keep = new Set<string>();
  const split = segments.filter(({ kind }) => kind === "woven").length > 1;
  const inputs = [...plan.inputs.get(entity)!.values()];
  if (split) for (const { terms } of inputs) for (const { heldAs } of terms) if (heldAs !== null) keep.add(heldAs);
  const sampled = new Set(stages.flatMap((stage) => (stage.kind === "sample" ? recordedNames(entity, stage) : [])));
  for (const { name } of inputs) {
    const read = stages.some(
      (stage) => stage.kind !== "dynamics" && stage.kind !== "sample" && readsOf(stage).has(name),
    );
    if (read || sampled.has(name)) keep.add(sumName(name));
  }
  const fire = stages.find(({ kind }) => kind === "fire");
  const readers = stages.filter((stage) => readsOf(stage).has("spike"));
  const early = readers.some((stage) => !fire || compare(stage.position, fire.position) <= 0);
  const hosted = stages.some(({ kind }) => kind === "host");
  const seen = plan.stages.some((stage) => readsEnd(stage, entity, "spike"));
  for (const stage of stages)
    if (stage.kind === "reduce" || stage.kind === "compete") for (const name of readsOf(stage)) keep.add(name);
  if (seen || sampled.has("spike") || hosted || early || (split && readers.length > 0)) keep.add("spike");
  return keep;
}

/** Whether a projection reads a variable of an entity that is one of its ends. */
function readsEnd(stage: Stage, entity: Entity, name: string): boolean {
  const { synapses } = stage.entity;
  const [isSource, isTarget] = [synapses?.source.entity === entity, synapses?.target.entity === entity];
  if (!isSource && !isTarget) return false;
  const reads = readsOf(stage);
  return (isSource && reads.has(`pre.${name}`)) || (isTarget && reads.has(`post.${name}`));
}

/** Full names of what a recorder samples. */
function recordedNames(entity: Entity, stage: Extract<Stage, { kind: "sample" }>): readonly string[] {
  return entity.recordings.get(stage.instance)?.request.variables ?? [];
}

function histories(entity: Entity, stages: readonly Stage[], plan: Plan): Map<string, number> {
  const rows = new Map<string, number>();
  const look = (e: Expression | null): void => {
    if (e)
      visitExpression(e, (inner) => {
        if (inner.kind !== "delayed" || inner.delay.kind !== "number") return;
        const lag = stepsIn(inner.delay.value, entity.place.dt, `the delay of ${inner.variable}`);
        rows.set(inner.variable, Math.max(rows.get(inner.variable) ?? 0, lag + 1));
      });
  };
  for (const { instance, enabled } of entity.attached) if (!enabled) delayedIn(entity, instance).forEach(look);
  for (const stage of stages) {
    if (stage.kind === "input") stage.held.forEach(({ term }) => look(term.value));
    if (stage.kind === "dynamics")
      for (const { parts, held } of stage.derivatives) {
        for (const { factor, value } of parts) [factor, value].forEach(look);
        look(held);
      }
    if (stage.kind === "assign" || stage.kind === "fire") stage.assignments.forEach(({ value }) => look(value));
    if (stage.kind === "fire") look(stage.condition);
  }
  for (const { terms } of plan.inputs.get(entity)!.values()) terms.forEach(({ value }) => look(value));
  return rows;
}

function tablesOf(entity: Entity): Map<string, { rows: number; every: number; narrow: boolean; values: Float64Array }> {
  const tables = new Map<string, { rows: number; every: number; narrow: boolean; values: Float64Array }>();
  for (const instance of entity.enabled())
    for (const [local, { values, every }] of instance.declaration.tables) {
      const name = instance.declaration.scope === "instance" ? `${instance.name}.${local}` : local;
      const place = { entity: entity.name, behavior: instance.name };
      const rows = Array.from(values as ArrayLike<number | ArrayLike<number>>);
      const narrow = rows.every((row) => typeof row === "number");
      const flat = rows.flatMap((row) => (typeof row === "number" ? [row] : Array.from(row)));
      if (rows.length === 0 || (!narrow && rows.some((row) => typeof row === "number" || row.length !== entity.n)))
        throw new NeuroweaveError("wrong-length", `${name} needs rows of one value, or rows of ${entity.n} values`, {
          ...place,
          remedy: `Give a list of numbers, or a list of arrays of length ${entity.n}.`,
        });
      if (flat.some((x) => typeof x !== "number" || !Number.isFinite(x)))
        throw new NeuroweaveError("not-finite", `${name} has a value that is not finite`, {
          ...place,
          remedy: "Give finite numbers.",
        });
      const steps = stepsIn(every, entity.place.dt, `the interval of ${name}`);
      if (steps < 1)
        throw new NeuroweaveError("out-of-range", `the interval of ${name} is zero`, {
          ...place,
          remedy: "Give at least dt.",
        });
      tables.set(name, { rows: rows.length, every: steps, narrow, values: Float64Array.from(flat) });
    }
  return tables;
}
