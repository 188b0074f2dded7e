import fc from "fast-check";
import { expect, it } from "vitest";
import { defineBehavior, NeuroweaveError, type BehaviorInstance } from "neuroweave";
import { createOrder, type Position } from "../../packages/schedule/src/positions.ts";
import type { Entity } from "@neuroweave/model";

/** A population as far as an order looks at it. */
interface Seen {
  readonly name: string;
  attached: readonly { readonly instance: BehaviorInstance; readonly enabled: boolean }[];
  enabled(): BehaviorInstance[];
}

interface Member {
  readonly entity: Seen;
  readonly instance: BehaviorInstance;
}

/** Every wish between every two members by itself: levels, or null where they cannot be fulfilled. */
function levelsOf(entities: readonly Seen[]): Map<BehaviorInstance, number> | null {
  const members = entities.flatMap((entity) => entity.enabled().map((instance): Member => ({ entity, instance })));
  const means = (names: readonly string[], { instance }: Member): boolean =>
    names.includes(instance.name) || names.includes(instance.declaration.behavior);
  const pairs = members.flatMap((a) =>
    members.flatMap((b) => {
      if (a === b) return [];
      const { before, after } = a.instance.declaration;
      return [...(means(before, b) ? [[a, b] as const] : []), ...(means(after, b) ? [[b, a] as const] : [])];
    }),
  );
  const priority = ({ instance }: Member): number => instance.declaration.priority;
  if (pairs.some(([a, b]) => priority(a) > priority(b))) return null;
  const levels = new Map(members.map((member) => [member, 0]));
  for (let round = 0; round <= members.length; round++) {
    let moved = false;
    for (const [a, b] of pairs)
      if (priority(a) === priority(b) && levels.get(b)! <= levels.get(a)!) {
        levels.set(b, levels.get(a)! + 1);
        moved = true;
      }
    if (!moved) return new Map([...levels].map(([{ instance }, level]) => [instance, level]));
  }
  return null;
}

const names = ["a", "b", "c", "d", "e"];
const wishes = fc.array(fc.constantFrom(...names, "i", "j"), { maxLength: 2 });
const behaviors = fc.array(
  fc.record({
    behavior: fc.constantFrom(...names),
    name: fc.constantFrom(undefined, "i", "j"),
    priority: fc.constantFrom(300, 300, 300, 310),
    before: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: wishes }),
    after: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: wishes }),
    enabled: fc.boolean(),
  }),
  { maxLength: 4 },
);
const lists = behaviors.map((all) =>
  all.map(({ behavior, name, enabled, ...place }) => ({
    instance: defineBehavior({ name: behavior, ...place })(name === undefined ? {} : { name }),
    enabled,
  })),
);
const changes = fc.array(
  fc.record({
    kind: fc.constantFrom("come", "come", "come", "refused", "go", "list", "switch"),
    at: fc.nat(20),
    list: lists,
  }),
  { maxLength: 12 },
);

it("an order that follows a network through any changes gives the levels of every wish taken by itself", () => {
  let refused = 0;
  let moved = 0;
  fc.assert(
    fc.property(changes, (all) => {
      const order = createOrder();
      let entities: Seen[] = [];
      let made = 0;
      const seen = (list: Seen["attached"]): Seen => ({
        name: `p${made++}`,
        attached: list,
        enabled() {
          return this.attached.filter(({ enabled }) => enabled).map(({ instance }) => instance);
        },
      });
      const requireLevels = (): void => {
        const expected = levelsOf(entities);
        const ask = () => order(entities as unknown as Entity[]);
        if (expected === null) {
          refused++;
          let told: unknown;
          let fresh: unknown;
          try {
            ask();
          } catch (error) {
            told = error;
          }
          try {
            createOrder()(entities as unknown as Entity[]);
          } catch (error) {
            fresh = error;
          }
          expect(told).toBeInstanceOf(NeuroweaveError);
          expect((told as NeuroweaveError).code).toBe("cyclic-order");
          expect((told as NeuroweaveError).message).toBe((fresh as NeuroweaveError).message);
          return;
        }
        const places = ask();
        for (const entity of entities) {
          const where = new Map<BehaviorInstance, Position>(places(entity as unknown as Entity));
          expect([...where.keys()]).toEqual(entity.enabled());
          for (const [instance, { priority, level }] of where) {
            expect([priority, level]).toEqual([instance.declaration.priority, expected.get(instance)]);
            moved += Number(level > 0);
          }
        }
      };
      for (const { kind, at, list } of all) {
        const index = at % Math.max(1, entities.length);
        if (kind === "come" || kind === "refused") {
          entities.push(seen(list));
          requireLevels();
          if (kind === "refused") entities.pop();
        } else if (kind === "go") entities = entities.filter((_, each) => each !== index);
        else if (entities.length > 0) {
          const entity = entities[index]!;
          entity.attached =
            kind === "list" ? list : entity.attached.map(({ instance, enabled }) => ({ instance, enabled: !enabled }));
          entities = [...entities];
        }
        // Now and then several changes are seen at once.
        if (at % 3 > 0) requireLevels();
      }
      requireLevels();
    }),
    { seed: 20, numRuns: 400 },
  );
  expect(refused).toBeGreaterThan(50);
  expect(moved).toBeGreaterThan(50);
});
