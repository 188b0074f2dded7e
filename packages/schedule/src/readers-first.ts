/** Simultaneous equations that are done one after the other: whoever reads a variable goes ahead of whoever changes it. */
import { NeuroweaveError } from "@neuroweave/equations";
import { signalOf, type Entity } from "@neuroweave/model";
import { unique } from "./grouping.ts";
import { compare } from "./positions.ts";
import { readsOf } from "./reads.ts";
import type { Stage } from "./stages.ts";
import type { TieOrder } from "./tie-order.ts";
import { writesOf } from "./writes.ts";

type Equations = Extract<Stage, { kind: "dynamics" | "assign" | "fire" }>;

/** Stages that the engine does at once, all reading what was before. */
interface Unit {
  readonly stages: Equations[];
  readonly reads: Set<string>;
  readonly writes: Set<string>;
}

const isEquations = (stage: Stage): stage is Equations =>
  stage.kind === "dynamics" || stage.kind === "assign" || stage.kind === "fire";

/** A variable with whom it belongs to, whosever text names it. */
function owned(entity: Entity, name: string): string {
  const end = { pre: entity.synapses?.source, post: entity.synapses?.target }[name.slice(0, name.indexOf("."))];
  if (end) return JSON.stringify([end.entity.name, name.slice(name.indexOf(".") + 1)]);
  const signal = signalOf(entity, name);
  return JSON.stringify(signal ? [signal.entity.name, signal.column] : [entity.name, name]);
}

function unitsOf(stages: readonly Equations[]): Unit[] {
  const units = new Map<string, Unit>();
  for (const stage of stages) {
    const { entity } = stage;
    const lanes = stage.kind === "fire" ? "neurons" : stage.lanes;
    const key = JSON.stringify([entity.name, lanes, stage.kind === "assign" ? stage.every : 1]);
    const unit = units.get(key) ?? { stages: [], reads: new Set(), writes: new Set() };
    units.set(key, unit);
    unit.stages.push(stage);
    for (const name of readsOf(stage)) unit.reads.add(owned(entity, name));
    for (const name of writesOf(stage)) unit.writes.add(owned(entity, name));
  }
  return [...units.values()];
}

/** The others that read what each unit writes: they go ahead of it. */
function readersOf(units: readonly Unit[]): Map<Unit, Set<Unit>> {
  const readers = new Map<string, Unit[]>();
  for (const unit of units)
    for (const name of unit.reads) {
      const list = readers.get(name);
      if (list) list.push(unit);
      else readers.set(name, [unit]);
    }
  return new Map(
    units.map((unit) => {
      const others = new Set([...unit.writes].flatMap((name) => readers.get(name) ?? []));
      others.delete(unit);
      return [unit, others];
    }),
  );
}

/** The equations of one moment in an order in which each reads what was before. Refuses those that read one another's results. */
function ordered(stages: readonly Equations[], ties: TieOrder): Equations[] {
  const left = unitsOf(stages);
  const ahead = readersOf(left);
  const behind = new Map(left.map((unit) => [unit, [] as Set<Unit>[]]));
  for (const others of ahead.values()) for (const reader of others) behind.get(reader)!.push(others);
  const result: Equations[] = [];
  while (left.length > 0) {
    const ready = left.filter((each) => ahead.get(each)!.size === 0);
    if (ready.length === 0) throw circle(left[0]!, [...ahead.get(left[0]!)!]);
    const unit = ready[ties.pick(ready.length)]!;
    left.splice(left.indexOf(unit), 1);
    result.push(...unit.stages);
    for (const others of behind.get(unit)!) others.delete(unit);
  }
  return result;
}

function circle(first: Unit, others: readonly Unit[]): NeuroweaveError {
  const behaviors = unique([first, ...others].flatMap(({ stages }) => stages.flatMap((stage) => stage.behaviors)));
  const { entity } = first.stages[0]!;
  return new NeuroweaveError(
    "cyclic-order",
    `at one moment ${behaviors.join(" and ")} read what the other changes, and cannot be done at once: they happen at different intervals, or belong to different signals`,
    {
      entity: entity.name,
      behavior: behaviors[0]!,
      candidates: behaviors,
      remedy: "Give one of them another priority, or order them with before or after.",
    },
  );
}

/**
 * Stages in order, with the equations of each moment in an order in which all of them read what was before it: behind what takes values
 * as they were, and ahead of host code, which finds what they change set aside.
 */
export function readersFirst(stages: readonly Stage[], ties: TieOrder): Stage[] {
  const result: Stage[] = [];
  let moment: Stage[] = [];
  const finish = (): void => {
    const equations = ordered(moment.filter(isEquations), ties);
    const others = moment.filter((stage) => !isEquations(stage));
    result.push(...others.filter(({ kind }) => kind !== "host"), ...equations, ...others.filter(({ kind }) => kind === "host"));
    moment = [];
  };
  for (const stage of stages) {
    if (moment.length > 0 && compare(stage.position, moment[0]!.position) !== 0) finish();
    moment.push(stage);
  }
  finish();
  return result;
} // prettier-ignore
