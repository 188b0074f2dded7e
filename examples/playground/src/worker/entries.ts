/** Which entry of a file each attached behavior comes from. */
import type { BehaviorInstance } from "neuroweave";
import type { BehaviorEntry, NetworkDocument } from "../document.ts";
import { definitionOf } from "./build-network.ts";

/** A behavior of a population or projection, and its entry. */
export interface Placed {
  readonly instance: BehaviorInstance;
  readonly enabled: boolean;
  readonly entry: number;
  /** Name of the model whose part it is, or null. */
  readonly model: string | null;
}

type Attached = { readonly instance: BehaviorInstance; readonly enabled: boolean };

/** What is attached in the order of the entries, each of which stands for one behavior, or for all parts of a model. */
export function placesOf(file: NetworkDocument, entries: readonly BehaviorEntry[], attached: readonly Attached[]): Placed[] {
  const places: Placed[] = [];
  for (const [entry, { use }] of entries.entries()) {
    const { kind, members = [] } = definitionOf(file, use) as { kind?: string; members?: readonly unknown[] };
    const isModel = kind === "model definition";
    for (let part = isModel ? members.length : 1; part > 0; part--) {
      const { instance, enabled } = attached[places.length]!;
      places.push({ instance, enabled, entry, model: isModel ? use : null });
    }
  }
  return places;
}
