/**
 * The only module that touches bitECS 0.4. Entities are populations; every attached instance is one component of its own;
 * tags are components shared by name. Neuron state does not live here but in our columns.
 */
import { addComponent, addEntity, createWorld, hasComponent, query, removeComponent, removeEntity } from "bitecs";

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
}

export function createMembership<T extends object>(): Membership<T> {
  const world = createWorld();
  const tags = new Map<string, Component>();
  const items = new Map<number, { readonly item: T; readonly order: number }>();
  let created = 0;
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
      return [...query(world, [component])]
        .map((id) => items.get(id)!)
        .sort((a, b) => a.order - b.order)
        .map(({ item }) => item);
    },
  };
}
