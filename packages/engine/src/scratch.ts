/** Memory that belongs to plans and not to behaviors: tables, histories, sums, logs. Kept by name while its size fits. */
import type { Block, Entity } from "@neuroweave/model";
import type { Memory, WordBlock } from "./memory.ts";

export interface Scratch {
  /** A block of floats under a name; `fresh` tells that its content is not of an earlier plan. */
  floats(entity: Entity, name: string, length: number): { readonly block: Block; readonly fresh: boolean };
  words(entity: Entity | null, name: string, length: number): WordBlock;
  /** The block of a name, if there is one. */
  find(entity: Entity, name: string): Block | undefined;
  /** Bytes that an entity has of it. */
  bytes(entity: Entity): number;
  /** Gives back what belongs to entities that are gone. */
  forget(present: ReadonlySet<Entity>): void;
}

export function createScratch(memory: Memory): Scratch {
  const floats = new Map<Entity, Map<string, Block>>();
  const words = new Map<Entity | null, Map<string, WordBlock>>();
  const of = (entity: Entity): Map<string, Block> => {
    const map = floats.get(entity) ?? new Map<string, Block>();
    floats.set(entity, map);
    return map;
  };
  return {
    floats(entity, name, length) {
      const map = of(entity);
      const before = map.get(name);
      if (before?.length === length) return { block: before, fresh: false };
      if (before) memory.release(before);
      const block = memory.allocate(length);
      map.set(name, block);
      return { block, fresh: true };
    },
    words(entity, name, length) {
      const map = words.get(entity) ?? new Map<string, WordBlock>();
      words.set(entity, map);
      const before = map.get(name);
      if (before?.length === length) return before;
      if (before) memory.releaseWords(before);
      const block = memory.words(length);
      map.set(name, block);
      return block;
    },
    find: (entity, name) => floats.get(entity)?.get(name),
    bytes(entity) {
      const each = memory.precision === "f64" ? 8 : 4;
      const blocks = [...(floats.get(entity)?.values() ?? [])].reduce((sum, { length }) => sum + length * each, 0);
      return [...(words.get(entity)?.values() ?? [])].reduce((sum, { length }) => sum + length * 4, blocks);
    },
    forget(present) {
      for (const [entity, own] of floats)
        if (!present.has(entity)) {
          own.forEach((block) => memory.release(block));
          floats.delete(entity);
        }
      for (const [entity, own] of words)
        if (entity !== null && !present.has(entity)) {
          own.forEach((block) => memory.releaseWords(block));
          words.delete(entity);
        }
    },
  };
}
