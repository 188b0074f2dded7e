/** What can be added to a population. */
import * as library from "neuroweave";
import type { BehaviorDefinition } from "neuroweave";
import type { CatalogueEntry } from "../protocol.ts";

export function offered(): CatalogueEntry[] {
  return Object.entries(library)
    .filter(([, each]) => (each as { kind?: string }).kind === "definition")
    .map(([name, each]) => ({ name, kind: "behavior", where: "population", doc: (each as BehaviorDefinition).describe().doc }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
