/** In which order stages stand that may stand in any: of creation, or another, which must give the same bits. */
import type { Entity } from "@neuroweave/model";

export interface TieOrder {
  /** Of two entities, that with the lower rank goes first where nothing else decides. */
  rank(entity: Entity): number;
  /** Which of so many units goes next that need not wait for another. */
  pick(ready: number): number;
}

export const creationOrder: TieOrder = { rank: ({ order }) => order, pick: () => 0 };

/** FNV-1a of the text, finished as in MurmurHash3 so that every bit depends on every letter. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** An order that follows from the seed and the names of entities. */
export function shuffledOrder(seed: number): TieOrder {
  let picks = 0;
  return {
    rank: ({ name }) => hash(`${seed}/${name}`),
    pick: (ready) => hash(`${seed}#${picks++}`) % ready,
  };
}
