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

/** Positions of the enabled instances of an entity. */
export type Where = ReadonlyMap<BehaviorInstance, Position>;

/** Positions by entity. They hold until the order is asked again. */
export type Places = (entity: Entity) => Where;

/**
 * Positions of all enabled instances of a network. `before` and `after` compare instances of the same priority, in any entity; a cycle is
 * refused, printed, and so is a wish that contradicts the priorities. Remembers the entities that it was asked for last: what has come,
 * gone or been switched since is all that is looked at, and the answer is that of an order that never saw another network. A list that it
 * is given again has changed at its end alone.
 */
export type Order = (entities: readonly Entity[]) => Places;

/** Instances that no wish tells apart: of the same names, priority and wishes. They have one level. */
interface Kind {
  readonly key: string;
  readonly names: readonly string[];
  readonly priority: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Enabled instances of it. */
  count: number;
}

interface Known {
  readonly entity: Entity;
  readonly attached: Entity["attached"];
  /** Of its enabled instances, in their order. */
  readonly kinds: readonly Kind[];
}

/** An order that knows of no entities yet. */
export function createOrder(): Order {
  const known: Known[] = [];
  const byEntity = new Map<Entity, Known>();
  const kinds = new Kinds();
  const enter = (entity: Entity): Known => {
    const made = { entity, attached: entity.attached, kinds: entity.enabled().map((each) => kinds.enter(each)) };
    byEntity.set(entity, made);
    return made;
  };
  const leave = (gone: readonly Known[]): void => {
    for (const { entity, kinds: own } of gone) {
      byEntity.delete(entity);
      for (const kind of own) kinds.leave(kind);
    }
  };
  let last: readonly Entity[] | undefined;
  const follow = (entities: readonly Entity[]): void => {
    while (known.length > 0 && known.at(-1)!.entity !== entities[known.length - 1]) leave([known.pop()!]);
    const first = entities === last ? known.length : 0;
    last = entities;
    for (let at = first; at < entities.length; at++) {
      const entity = entities[at]!;
      const found = known[at];
      if (found?.entity === entity && found.attached === entity.attached) continue;
      // What follows an entity that has come or gone stands elsewhere.
      leave(known.splice(at, found?.entity === entity ? 1 : Infinity));
      known.splice(at, 0, enter(entity));
    }
  };
  return (entities) => {
    follow(entities);
    if (kinds.refused()) {
      // Which of several refusals is told does not depend on what was there before.
      follow([]);
      follow(entities);
      refuse(kinds.refused()!, known);
    }
    return (entity) => {
      const own = byEntity.get(entity)!.kinds;
      return new Map(
        entity.enabled().map((instance, at) => {
          const { priority } = instance.declaration;
          return [instance, { priority, level: kinds.levelOf(own[at]!) }];
        }),
      );
    };
  };
}

/** Kinds whose wishes cannot be fulfilled: of the first two the priorities contradict, or all together are a circle. */
type Refused = { readonly kind: "priorities" | "circle"; readonly of: readonly Kind[] };

/** The kinds of a network and their levels, found when they are asked for. */
class Kinds {
  readonly #all = new Map<string, Kind>();
  readonly #named = new Map<string, Set<Kind>>();
  readonly #wishing = new Set<Kind>();
  #levels: ReadonlyMap<Kind, number> | Refused | null = null;

  enter({ name, declaration }: BehaviorInstance): Kind {
    const { behavior, priority, before, after } = declaration;
    const key = JSON.stringify([name, behavior, priority, before, after]);
    const kind = this.#all.get(key) ?? { key, names: [...new Set([name, behavior])], priority, before, after, count: 0 };
    // A second one may be told to run before the first.
    if (++kind.count <= 2) this.#levels = null;
    if (kind.count > 1) return kind;
    this.#all.set(key, kind);
    if (before.length + after.length > 0) this.#wishing.add(kind);
    for (const each of kind.names) this.#named.set(each, (this.#named.get(each) ?? new Set()).add(kind));
    return kind;
  } // prettier-ignore

  leave(kind: Kind): void {
    if (--kind.count <= 1) this.#levels = null;
    if (kind.count > 0) return;
    this.#all.delete(kind.key);
    this.#wishing.delete(kind);
    for (const each of kind.names) {
      const others = this.#named.get(each)!;
      others.delete(kind);
      if (others.size === 0) this.#named.delete(each);
    }
  }

  /** The wishes that cannot be fulfilled, or null. */
  refused(): Refused | null {
    this.#levels ??= this.#find();
    return "of" in this.#levels ? this.#levels : null;
  }

  /** The level of a kind, where nothing is refused. */
  levelOf(kind: Kind): number {
    return (this.#levels as ReadonlyMap<Kind, number>).get(kind) ?? 0;
  }

  /** Levels of those that run after another. */
  #find(): ReadonlyMap<Kind, number> | Refused {
    const earlier = new Map<Kind, Kind[]>();
    for (const kind of this.#wishing) {
      const pairs = [
        ...this.#others(kind.before, kind).map((other) => [kind, other] as const),
        ...this.#others(kind.after, kind).map((other) => [other, kind] as const),
      ];
      for (const pair of pairs) {
        const [first, second] = pair;
        if (first.priority > second.priority) return { kind: "priorities", of: pair };
        if (first.priority < second.priority) continue;
        const list = earlier.get(second);
        if (list) list.push(first);
        else earlier.set(second, [first]);
      }
    }
    const levels = new Map<Kind, number>();
    for (const kind of earlier.keys()) {
      if (levels.has(kind)) continue;
      const circle = settle(kind, earlier, levels);
      if (circle) return { kind: "circle", of: circle };
    }
    return levels;
  }

  /** Kinds that names mean; that of the one who wishes among them where there is another of it. */
  #others(names: readonly string[], self: Kind): Kind[] {
    const all = new Set(names.flatMap((name) => [...(this.#named.get(name) ?? [])]));
    return [...all].filter((kind) => kind !== self || kind.count > 1);
  }
}

/** Finds the level of a kind and of all that run before it; gives a circle among them if there is one, the later ahead of the earlier. */
function settle(start: Kind, earlier: ReadonlyMap<Kind, Kind[]>, levels: Map<Kind, number>): Kind[] | null {
  const path: { kind: Kind; next: number; level: number }[] = [{ kind: start, next: 0, level: 0 }];
  while (path.length > 0) {
    const top = path[path.length - 1]!;
    const before = earlier.get(top.kind)?.[top.next];
    const level = before && levels.get(before);
    if (before === undefined) {
      levels.set(top.kind, top.level);
      path.pop();
    } else if (level !== undefined) {
      top.level = Math.max(top.level, level + 1);
      top.next++;
    } else {
      const at = path.findIndex(({ kind }) => kind === before);
      if (at >= 0) return path.slice(at).map(({ kind }) => kind);
      path.push({ kind: before, next: 0, level: 0 });
    }
  }
  return null;
}

interface Member {
  readonly entity: Entity;
  readonly instance: BehaviorInstance;
}

const label = ({ entity, instance }: Member): string => `${entity.name}.${instance.name}`;

/** The first instances of a kind in a network. */
function membersOf(kind: Kind, known: readonly Known[]): Member[] {
  return known.flatMap(({ entity, kinds }) => {
    const enabled = entity.enabled();
    return kinds.flatMap((each, at) => (each === kind ? [{ entity, instance: enabled[at]! }] : []));
  });
}

function refuse({ kind, of }: Refused, known: readonly Known[]): never {
  // Of a circle of one kind, two of it run before one another.
  const members = of.length === 1 ? membersOf(of[0]!, known).slice(0, 2) : of.map((each) => membersOf(each, known)[0]!);
  throw kind === "circle" ? circle([...members, members[0]!]) : contradiction(members[0]!, members[1]!);
}

function contradiction(first: Member, second: Member): NeuroweaveError {
  const [a, b] = [first.instance.declaration.priority, second.instance.declaration.priority];
  return new NeuroweaveError(
    "cyclic-order",
    `${label(first)} (priority ${a}) is to run before ${label(second)} (priority ${b}), but a lower priority runs first`,
    {
      entity: first.entity.name,
      behavior: first.instance.name,
      remedy: "Change one of the priorities, or drop the order.",
    },
  );
}

function circle(path: readonly Member[]): NeuroweaveError {
  const names = path.toReversed().map(label);
  return new NeuroweaveError("cyclic-order", `the order is a circle: ${names.join(" → ")}`, {
    entity: path[0]!.entity.name,
    behavior: path[0]!.instance.name,
    candidates: [...new Set(names)],
    remedy: "Drop one `before` or `after`.",
  });
}
