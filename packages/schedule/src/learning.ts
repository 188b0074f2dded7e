/** What synapses do beside transmitting: at the spikes of their ends, in every step, and within which bounds. */
import { NeuroweaveError, type Expression } from "@neuroweave/equations";
import { stepsIn, type BehaviorInstance, type Entity } from "@neuroweave/model";
import { composeAssignments } from "./compose.ts";
import { isBehindFiring, type BoundsOf, type Contribution, type EntityContributions } from "./contributions.ts";
import { atSamePosition, firePosition, unique, valueTerm } from "./grouping.ts";
import { lanesOf } from "./lanes.ts";
import { compare, within, type Places, type Position, type Where } from "./positions.ts";
import type { ComposedAssignment, Stage } from "./stages.ts";

/** Members by the steps between the times at which the equations of their behavior happen. */
export function byInterval<T>(entity: Entity, members: readonly T[], instanceOf: (member: T) => BehaviorInstance): [every: number, T[]][] {
  const everyOf = (member: T): number => {
    const { declaration, name } = instanceOf(member);
    return declaration.every === null ? 1 : Math.max(1, stepsIn(declaration.every, entity.place.dt, `the interval of ${name}`));
  };
  return [...new Set(members.map(everyOf))].map((every) => [every, members.filter((member) => everyOf(member) === every)]);
} // prettier-ignore

/** A value between the bounds of its variable; those of several behaviors hold one after the other. What is NaN stays so. */
export const bounded = (value: Expression, variable: string, bounds: readonly BoundsOf[]): Expression =>
  bounds
    .filter((each) => each.variable === variable)
    .reduce((inner: Expression, { min, max }) => {
      const above = min === null ? inner : chosen("<", inner, min);
      return max === null ? above : chosen(">", above, max);
    }, value);

/** The limit where a value lies beyond it: a comparison and a choice, where `min` and `max` look at signs of zeros too. */
const chosen = (op: "<" | ">", value: Expression, limit: Expression): Expression => ({
  kind: "conditional",
  test: { kind: "binary", op, left: value, right: limit },
  then: limit,
  otherwise: value,
});

/** The assignments with the bounds of what they assign. */
export const withinBounds = (
  assignments: readonly ComposedAssignment[],
  bounds: readonly BoundsOf[],
): ComposedAssignment[] => assignments.map((each) => ({ ...each, value: bounded(each.value, each.target, bounds) }));

/** Whether spikes may reach a projection at all: it is enabled and has synapses. */
const isActive = ({ synapses, n }: Entity): boolean => synapses?.enabled === true && n > 0;

/** At each moment first what presynaptic spikes do, then what postsynaptic ones do, both after the equations of the moment. */
export function planSweeps(entity: Entity, given: EntityContributions, places: Places): Stage[] {
  if (!isActive(entity)) return [];
  const where = places(entity);
  const pre = given.onPre.filter(({ instance }) => isBehindFiring(instance));
  const stages = (over: "pre" | "post", part: number, members: readonly Contribution[]): Stage[] =>
    atSamePosition(members, ({ instance }) => where.get(instance)!).map(([moment, each]) => {
      const position = within(moment, part);
      requireSpikes(entity, over, each[0]!.instance, position, places);
      return {
        kind: "sweep",
        entity,
        over,
        position,
        behaviors: unique(each.map(({ instance }) => instance.name)),
        assignments: withinBounds(composeAssignments(entity, each), given.bounds),
      };
    });
  return [
    ...stages("pre", 0.25, pre),
    ...planShared(entity, given.bounds, pre, (position) => within(position, 0.375), where),
    ...stages("post", 0.5, given.onPost),
    ...planShared(entity, given.bounds, given.onPost, (position) => within(position, 0.625), where),
  ];
}

/** Weights that synapses share return to their bounds after the spikes of an end have added to them. */
function planShared(
  entity: Entity,
  given: readonly BoundsOf[],
  members: readonly Contribution[],
  behind: (position: Position) => Position,
  where: Where,
): Stage[] {
  const bounds = given.filter(({ variable }) => lanesOf(entity, variable) === "shared");
  if (bounds.length === 0) return [];
  const writing = members.filter(({ equation }) => equation.kind === "assignment" && equation.target === "w");
  const term = (instance: BehaviorInstance): Expression => bounded({ kind: "symbol", name: "w" }, "w", bounds.filter((each) => each.instance === instance));
  return atSamePosition(writing, ({ instance }) => where.get(instance)!).map(([position]) => ({
    kind: "assign",
    entity,
    lanes: "shared",
    every: 1,
    position: behind(position),
    behaviors: unique(bounds.map(({ instance }) => instance.name)),
    assignments: [
      {
        target: "w",
        operator: "=",
        value: bounded({ kind: "symbol", name: "w" }, "w", bounds),
        terms: bounds.map(({ instance }) => ({ value: term(instance), behavior: instance.name, source: "" })),
      },
    ],
  }));
} // prettier-ignore

/** Sums over the synapses of each source or target, ahead of the equations of their moment. */
export function planSums(entity: Entity, { signals }: EntityContributions, where: Where): Stage[] {
  // A projection that does not transmit goes on with its equations, and with the sums that they read.
  if (entity.n === 0) return [];
  const sums = signals.flatMap((each) => (each.per === null ? [] : [{ ...each, per: each.per }]));
  return atSamePosition(sums, ({ instance }) => where.get(instance)!).flatMap(([position, members]) =>
    byInterval(entity, members, ({ instance }) => instance).map(([every, own]): Stage => ({
      kind: "sum",
      entity,
      position: within(position, -0.125),
      behaviors: unique(own.map(({ instance }) => instance.name)),
      signals: own.map((each) => ({ name: each.name, per: each.per, term: valueTerm(each) })),
      every,
    })),
  );
}

/** Refuses a rule at the spikes of an end that never spikes, or that spikes later in the step than the rule looks. */
function requireSpikes(
  { name, synapses }: Entity,
  over: "pre" | "post",
  { name: behavior }: BehaviorInstance,
  position: Position,
  places: Places,
): void {
  const { entity } = over === "pre" ? synapses!.source : synapses!.target;
  const fire = entity.enabled().find(({ declaration }) => declaration.spike !== null);
  if (!fire)
    throw new NeuroweaveError(
      "missing-companion",
      `${behavior} of ${name} learns from the spikes of ${entity.name}, which never spikes`,
      { behavior, remedy: "Add a behavior with a spike condition, such as fire, or choose a rule for rates." },
    );
  const firing = firePosition(fire, places(entity));
  if (compare(firing, position) <= 0) return;
  throw new NeuroweaveError(
    "cyclic-order",
    `${behavior} of ${name} learns at priority ${position.priority} from the spikes of ${entity.name}, which fires after it at ${firing.priority}`,
    { behavior, remedy: `Give ${behavior} a priority above ${firing.priority}, or let ${fire.name} run before it.` },
  );
}

/** Whether a stage that is done for every synapse reads what belongs to an end or is shared, or what is stored with fewer bits. */
export function readsEnds(entity: Entity, names: Iterable<string>): boolean {
  for (const name of names)
    if (name.startsWith("pre.") || name.startsWith("post.") || lanesOf(entity, name) !== "synapses" || entity.columns.get(name)?.packed)
      return true;
  return false;
} // prettier-ignore
