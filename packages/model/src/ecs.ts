/**
 * The only module that touches bitECS 0.4. Entities are populations and projections, and a projection has exclusive relations
 * to its source and target; every attached instance is one component of its own;
 * tags are components shared by name. Neuron state does not live here but in our columns.
 */
import {
  addComponent,
  addEntity,
  createRelation,
  createWorld,
  hasComponent,
  makeExclusive,
  query,
  removeComponent,
  removeEntity,
} from "bitecs";

type Component = object;

/** Who has what. Queries answer in the order of creation, whatever was removed in between. */
export interface Membership<T extends object> {
  create(item: T): number;
  destroy(id: number): void;
  attach(id: number, component: Component): void;
  detach(id: number, component: Component): void;
  has(id: number, component: Component): boolean;
  tag(id: number, name: string): void;
  tagged(name: string): T[];
  /** Says which entities a projection connects. */
  connect(id: number, source: number, target: number): void;
  /** Projections that begin or end at an entity, in the order of creation. */
  connected(id: number): T[];
}

export function createMembership<T extends object>(): Membership<T> {
  const world = createWorld();
  const tags = new Map<string, Component>();
  const items = new Map<number, { readonly item: T; readonly order: number }>();
  const source = createRelation(makeExclusive);
  const target = createRelation(makeExclusive);
  let created = 0;
  const inOrder = (ids: Iterable<number>): T[] =>
    [...new Set(ids)]
      .map((id) => items.get(id)!)
      .sort((a, b) => a.order - b.order)
      .map(({ item }) => item);
  return {
    create(item) {
      const id = addEntity(world);
      items.set(id, { item, order: created++ });
      return id;
    },
    destroy(id) {
      removeEntity(world, id);
      items.delete(id);
    },
    attach: (id, component) => void addComponent(world, id, component),
    detach: (id, component) => void removeComponent(world, id, component),
    has: (id, component) => hasComponent(world, id, component),
    tag(id, name) {
      const component = tags.get(name) ?? {};
      tags.set(name, component);
      addComponent(world, id, component);
    },
    tagged(name) {
      const component = tags.get(name);
      if (!component) return [];
      return inOrder(query(world, [component]));
    },
    connect(id, from, to) {
      addComponent(world, id, source(from));
      addComponent(world, id, target(to));
    },
    connected: (id) => inOrder([...query(world, [source(id)]), ...query(world, [target(id)])]),
  };
}
