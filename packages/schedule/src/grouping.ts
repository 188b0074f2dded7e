/** What the parts of planning share: terms, conditions, and things that happen at one moment. */
import type { Expression } from "@neuroweave/equations";
import { Phase, type BehaviorInstance } from "@neuroweave/model";
import type { Condition, Contribution, Value } from "./contributions.ts";
import { compare, type Position, type Where } from "./positions.ts";
import type { Term } from "./stages.ts";

export const variableOf = (equation: Contribution["equation"]): string =>
  equation.kind === "derivative" ? equation.variable : equation.target;

export const unique = (names: readonly string[]): string[] => [...new Set(names)];

export function atSamePosition<T>(items: readonly T[], positionOf: (item: T) => Position): [Position, T[]][] {
  const groups: [Position, T[]][] = [];
  for (const item of items) {
    const position = positionOf(item);
    const group = groups.find(([other]) => compare(other, position) === 0);
    if (group) group[1].push(item);
    else groups.push([position, [item]]);
  }
  return groups;
}

/** Conditions of several behaviors as one, or null. */
export function joined(op: "and" | "or", conditions: readonly Condition[]): Expression | null {
  const [first, ...others] = conditions.map(({ condition }) => condition);
  if (!first) return null;
  return others.reduce((left: Expression, right) => ({ kind: "binary", op, left, right }), first);
}

export const conditionTerm = ({ condition, instance, source }: Condition): Term => ({
  value: condition,
  behavior: instance.name,
  source,
});

export const valueTerm = ({ value, instance, source }: Value): Term => ({ value, behavior: instance.name, source });

/** A behavior that also has equations fires at `Firing`; one that only fires, where it stands. */
export const firePosition = (instance: BehaviorInstance, where: Where): Position =>
  instance.declaration.equations.length > 0 ? { priority: Phase.Firing, level: 0 } : where.get(instance)!;

export const atInput: Position = { priority: Phase.Input, level: 0 };
