/** When each behavior runs: its priority, and the level to which `before` and `after` move it within that priority. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { BehaviorInstance, Entity } from "@neuroweave/model";

/** A moment within a step. Equal moments are simultaneous. */
export interface Position {
  readonly priority: number;
  readonly level: number;
}

export const compare = (a: Position, b: Position): number => a.priority - b.priority || a.level - b.level;

/** A part of a moment, ahead of the next level. */
export const within = ({ priority, level }: Position, part: number): Position => ({ priority, level: level + part });

interface Member {
  readonly entity: Entity;
  readonly instance: BehaviorInstance;
}

const namesOf = ({ instance }: Member): readonly string[] => [instance.name, instance.declaration.behavior];
const label = ({ entity, instance }: Member): string => `${entity.name}.${instance.name}`;

/**
 * Positions of all enabled instances of the network. `before` and `after` compare instances of the same priority, in any
 * entity; refuses a cycle, printed, and a wish that contradicts the priorities.
 */
export function positions(entities: readonly Entity[]): Map<Entity, Map<BehaviorInstance, Position>> {
  const members = entities.flatMap((entity) => entity.enabled().map((instance) => ({ entity, instance })));
  const earlier = new Map<Member, Member[]>(members.map((member) => [member, []]));
  const byName = membersByName(members);
  const named = (names: readonly string[], self: Member): Member[] =>
    [...new Set(names.flatMap((name) => byName.get(name) ?? []))].filter((member) => member !== self);
  for (const member of members) {
    const { before, after } = member.instance.declaration;
    for (const other of named(before, member)) order(member, other, earlier);
    for (const other of named(after, member)) order(other, member, earlier);
  }
  const levels = new Map<Member, number>();
  const levelOf = (member: Member, path: readonly Member[]): number => {
    const done = levels.get(member);
    if (done !== undefined) return done;
    if (path.includes(member)) throw cycle([...path.slice(path.indexOf(member)), member]);
    const level = Math.max(0, ...earlier.get(member)!.map((each) => levelOf(each, [...path, member]) + 1));
    levels.set(member, level);
    return level;
  };
  const result = new Map<Entity, Map<BehaviorInstance, Position>>(entities.map((entity) => [entity, new Map()]));
  for (const member of members)
    result.get(member.entity)!.set(member.instance, {
      priority: member.instance.declaration.priority,
      level: levelOf(member, []),
    });
  return result;
}

function membersByName(members: readonly Member[]): Map<string, Member[]> {
  const byName = new Map<string, Member[]>();
  for (const member of members)
    for (const name of new Set(namesOf(member))) {
      const list = byName.get(name);
      if (list) list.push(member);
      else byName.set(name, [member]);
    }
  return byName;
}

function order(first: Member, second: Member, earlier: Map<Member, Member[]>): void {
  const [a, b] = [first.instance.declaration.priority, second.instance.declaration.priority];
  if (a > b)
    throw new NeuroweaveError(
      "cyclic-order",
      `${label(first)} (priority ${a}) is to run before ${label(second)} (priority ${b}), but a lower priority runs first`,
      {
        entity: first.entity.name,
        behavior: first.instance.name,
        remedy: "Change one of the priorities, or drop the order.",
      },
    );
  if (a === b) earlier.get(second)!.push(first);
}

function cycle(path: readonly Member[]): NeuroweaveError {
  const names = path.toReversed().map(label);
  return new NeuroweaveError("cyclic-order", `the order is a circle: ${names.join(" → ")}`, {
    entity: path[0]!.entity.name,
    behavior: path[0]!.instance.name,
    candidates: [...new Set(names)],
    remedy: "Drop one `before` or `after`.",
  });
}
