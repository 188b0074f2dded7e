/** Simultaneous equations that are done one after the other: whoever reads a variable goes ahead of whoever changes it. */
import { NeuroweaveError } from "@neuroweave/equations";
import { signalOf, type Entity } from "@neuroweave/model";
import { unique } from "./grouping.ts";
import { compare } from "./positions.ts";
import { readsOf } from "./reads.ts";
import type { Stage } from "./stages.ts";

type Equations = Extract<Stage, { kind: "dynamics" | "assign" }>;

/** Stages that the engine does at once, all reading what was before. */
interface Unit {
  readonly stages: Equations[];
  readonly reads: Set<string>;
  readonly writes: Set<string>;
}

const isEquations = (stage: Stage): stage is Equations => stage.kind === "dynamics" || stage.kind === "assign";

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
    const { entity, lanes } = stage;
    const key = JSON.stringify([entity.name, lanes, stage.kind === "assign" ? stage.every : 1]);
    const unit = units.get(key) ?? { stages: [], reads: new Set(), writes: new Set() };
    units.set(key, unit);
    unit.stages.push(stage);
    for (const name of readsOf(stage)) unit.reads.add(owned(entity, name));
    const targets = stage.kind === "assign" ? stage.assignments.map(({ target }) => target) : stage.derivatives.map(({ variable }) => variable);
    for (const name of targets) unit.writes.add(owned(entity, name));
  }
  return [...units.values()];
} // prettier-ignore

const readBy = (unit: Unit, others: readonly Unit[]): Unit[] =>
  others.filter((other) => other !== unit && [...unit.writes].some((name) => other.reads.has(name)));

/** The equations of one moment in an order in which each reads what was before. Refuses those that read one another's results. */
function ordered(stages: readonly Equations[]): Equations[] {
  let left = unitsOf(stages);
  const result: Equations[] = [];
  while (left.length > 0) {
    const next = left.find((unit) => readBy(unit, left).length === 0);
    if (!next) throw circle(left);
    result.push(...next.stages);
    left = left.filter((unit) => unit !== next);
  }
  return result;
}

function circle(units: readonly Unit[]): NeuroweaveError {
  const [first] = units;
  const others = readBy(first!, units);
  const behaviors = unique([first!, ...others].flatMap(({ stages }) => stages.flatMap((stage) => stage.behaviors)));
  const { entity } = first!.stages[0]!;
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

/** Stages in order, with those of each moment that are equations in an order in which all of them read what was before it. */
export function readersFirst(stages: readonly Stage[]): Stage[] {
  const result: Stage[] = [];
  for (let start = 0; start < stages.length;) {
    const behind = stages.findIndex((stage, index) => index > start && compare(stage.position, stages[start]!.position) !== 0);
    const moment = stages.slice(start, behind < 0 ? stages.length : behind);
    const equations = ordered(moment.filter(isEquations)).values();
    result.push(...moment.map((stage) => (isEquations(stage) ? equations.next().value! : stage)));
    start += moment.length;
  }
  return result;
} // prettier-ignore
