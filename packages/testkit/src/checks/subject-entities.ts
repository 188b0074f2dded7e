import type { Entity } from "@neuroweave/model";
import type { Network } from "neuroweave";
import { entitiesOf } from "../bits.ts";
import type { Scene } from "../scene.ts";

/** Where the subject is attached. */
export function subjectEntities(net: Network, { members }: Scene): readonly Entity[] {
  const names = new Set(members.map(({ name }) => name));
  return entitiesOf(net).filter(({ attached }) => attached.some(({ instance }) => names.has(instance.name)));
}

/** Variables of an entity: its states, and parameters that behaviors write. */
export const variablesOf = ({ symbols, columns }: Entity): string[] =>
  [...symbols.values()]
    .filter(({ kind, name }) => kind === "state" || (kind === "parameter" && columns.at(name).written))
    .map(({ name }) => name);
