/** Stages over all neurons of a population: numbers that are taken of them, and competitions between them. */
import type { Expression } from "@neuroweave/equations";
import type { Entity } from "@neuroweave/model";
import { composeAssignments } from "./compose.ts";
import type { EntityContributions } from "./contributions.ts";
import { atSamePosition, conditionTerm, unique, valueTerm } from "./grouping.ts";
import { within, type Position, type Where } from "./positions.ts";
import { competitionNames, signalSource, type Stage } from "./stages.ts";

/** Numbers over the whole population: what they are taken of, and then they, ahead of competitions, which may read them. */
export function planReductions(entity: Entity, { signals }: EntityContributions, where: Where): Stage[] {
  return atSamePosition(
    signals.filter(({ per }) => per === null),
    ({ instance }) => where.get(instance)!,
  ).flatMap(([position, members]): Stage[] => {
    const behaviors = unique(members.map(({ instance }) => instance.name));
    const taken = members.map((each) => ({ name: each.name, by: each.by, term: valueTerm(each) }));
    const held = taken.map(({ name, term }) => ({ name: signalSource(name), term }));
    return [
      { kind: "input", entity, position: ahead(position, 0.9), behaviors, held },
      { kind: "reduce", entity, position: ahead(position, 0.8), behaviors, signals: taken },
    ];
  });
}

/** A moment before a position and after all others that come before it. */
const ahead = (position: Position, part: number): Position => within(position, -part);

/** Who takes part and by what, the competition, and what becomes of the losers. */
export function planCompetitions(entity: Entity, given: EntityContributions, where: Where): Stage[] {
  return given.competitions.flatMap(({ instance, k, dimension, ties, by, among }): Stage[] => {
    const position = where.get(instance)!;
    const names = competitionNames(instance.name);
    const number = (value: number): Expression => ({ kind: "number", value });
    const taking = { kind: "conditional", test: among.condition, then: number(1), otherwise: number(0) } as const;
    const terms = [valueTerm(by), { ...conditionTerm(among), value: taking }];
    const losers = given.onLose.filter((each) => each.instance === instance);
    const lost: Expression = { kind: "binary", op: ">", left: { kind: "symbol", name: names.among }, right: number(0) };
    const assignments = composeAssignments(entity, losers).map((each) => ({
      ...each,
      value: {
        kind: "conditional" as const,
        test: lost,
        then: each.value,
        otherwise: { kind: "symbol" as const, name: each.target },
      },
    }));
    const at = { entity, behaviors: [instance.name] };
    const held = [
      { name: names.by, term: terms[0]! },
      { name: names.among, term: terms[1]! },
    ];
    return [
      { ...at, kind: "input", position: ahead(position, 0.5), held },
      {
        ...at,
        kind: "compete",
        position: ahead(position, 0.25),
        instance,
        k,
        dimension,
        ties,
        terms: [terms[0]!, conditionTerm(among)],
      },
      { ...at, kind: "assign", lanes: "neurons", every: 1, position, assignments },
    ];
  });
}
