/** What a snapshot holds: everything that a network's future depends on. */
import type { Entity } from "../entity.ts";
import type { NetworkCore, Runtime } from "../runtime.ts";
import { describeWiring, type WiringDescription } from "../synapses.ts";
import { encode, type Piece } from "./format.ts";
import { rowsOrigin, savedRows, type RowsOrigin } from "./saved-rows.ts";

export interface Header {
  readonly dt: number;
  readonly seed: string;
  readonly precision: string;
  readonly step: number;
  readonly learning: boolean;
  readonly entities: readonly {
    readonly name: string;
    readonly n: number;
    readonly behaviors: readonly { readonly name: string; readonly enabled: boolean }[];
    readonly forms: Readonly<Record<string, string>>;
    /** Of a projection: whether it transmits, from which step on, and how it is wired. */
    readonly synapses: {
      readonly enabled: boolean;
      readonly since: number;
      readonly learnsFrom: number;
      readonly wiring: WiringDescription;
      /** Where the rows themselves are among the arrays; format 1 has none. */
      readonly rows?: RowsOrigin | null;
    } | null;
    readonly paused: boolean;
    readonly recorders: Readonly<Record<string, { readonly paused: boolean; readonly variables: readonly string[] }>>;
  }[];
}

const piece = (name: string, values: Float64Array): Piece => ({ name, length: values.length, values: () => values });

/** All arrays of an entity: columns, spikes, samples, rows. */
function piecesOf(entity: Entity, dt: number): Piece[] {
  const { name: owner, columns } = entity;
  const pieces: Piece[] = [];
  for (const name of columns.names()) {
    pieces.push({ name: `${owner}/column/${name}`, length: columns.at(name).count, values: () => columns.copy(name) });
    const { base } = columns.at(name);
    if (base) pieces.push(piece(`${owner}/base/${name}`, base));
  }
  const { steps, ids } = entity.spikeRecord.read(dt);
  pieces.push(piece(`${owner}/spikes/steps`, steps), piece(`${owner}/spikes/ids`, Float64Array.from(ids)));
  for (const [{ name }, recording] of entity.recordings) {
    const dump = recording.dump();
    pieces.push(piece(`${owner}/samples/${name}/steps`, dump.steps));
    for (const [variable, values] of Object.entries(dump.columns))
      pieces.push(piece(`${owner}/samples/${name}/values/${variable}`, values));
  }
  if (entity.synapses && rowsOrigin(entity))
    for (const [name, values] of savedRows(entity)) pieces.push(piece(name, values));
  return pieces;
}

/** The network as bytes, piece by piece; it must not change in between. */
export function encodeSnapshot(core: NetworkCore, runtime: Runtime): Generator<Uint8Array, void, undefined> {
  const pieces = [
    ...core.entities.flatMap((entity) => piecesOf(entity, core.dt)),
    ...[...runtime.hidden(core)].map(([name, values]) => piece(`hidden/${name}`, values)),
  ];
  const header: Header = {
    dt: core.dt,
    seed: String(core.seed),
    precision: runtime.precision,
    step: core.step,
    learning: core.learning,
    entities: core.entities.map((entity) => ({
      name: entity.name,
      n: entity.n,
      behaviors: entity.attached.map(({ instance, enabled }) => ({ name: instance.name, enabled })),
      forms: Object.fromEntries(entity.columns.names().map((name) => [name, entity.columns.at(name).form])),
      synapses: entity.synapses && {
        enabled: entity.synapses.enabled,
        since: entity.synapses.since,
        learnsFrom: entity.synapses.learnsFrom,
        wiring: describeWiring(entity.synapses),
        rows: rowsOrigin(entity),
      },
      paused: entity.spikeRecord.paused,
      recorders: Object.fromEntries(
        [...entity.recordings].map(([{ name }, { paused, request }]) => [
          name,
          { paused, variables: request.variables },
        ]),
      ),
    })),
  };
  return encode(header, pieces);
}
