/** Which entry of a file each attached behavior comes from. */
import * as library from "neuroweave";
import { standardCatalog, type BehaviorInstance, type CatalogEntry } from "neuroweave";
import type { BehaviorEntry, NetworkDocument } from "../document.ts";

/** A behavior of a population or projection, and its entry. */
export interface Placed {
  readonly instance: BehaviorInstance;
  readonly enabled: boolean;
  readonly entry: number;
  /** Name of the model whose part it is, or null. */
  readonly model: string | null;
}

type Attached = { readonly instance: BehaviorInstance; readonly enabled: boolean };

let entries: readonly CatalogEntry[] | undefined;

/** Everything that a file may use, sorted by name. */
export function catalogue(): readonly CatalogEntry[] {
  entries ??= Object.values(standardCatalog() as unknown as Readonly<Record<string, readonly CatalogEntry[]>>)
    .flat()
    .filter(({ kind }) => kind !== "device");
  return entries;
}

const shelf = library as unknown as Readonly<Record<string, { readonly behavior?: string } | undefined>>;

/** Names of the behaviors that an entry of the file stands for: one, or all parts of a model. */
export function namesOf(file: NetworkDocument, { use, as, named, changes = [] }: BehaviorEntry): readonly string[] {
  const own = file.behaviors?.[use];
  const parts = own ? undefined : catalogue().find(({ name }) => name === use)?.members;
  if (parts) return parts;
  const last = named ?? changes.findLast((each) => each.named !== undefined)?.named;
  return [as ?? last ?? (own ? String(own["name"] ?? use) : use === "Recorder" ? "recorder" : (shelf[use]?.behavior ?? use))];
} // prettier-ignore

/** What is attached, each with the entry that it comes from, in the order of the entries. */
export function placesOf(file: NetworkDocument, entries: readonly BehaviorEntry[], attached: readonly Attached[]): Placed[] {
  return entries.flatMap((each, entry) => {
    const names = namesOf(file, each);
    const isModel = !Object.hasOwn(file.behaviors ?? {}, each.use) && catalogue().some(({ name, members }) => name === each.use && members);
    return names.flatMap((name) => {
      const found = attached.find(({ instance }) => instance.name === name);
      return found ? [{ ...found, entry, model: isModel ? each.use : null }] : [];
    });
  });
} // prettier-ignore
