/**
 * Snapshots: everything that a network's future depends on, as bytes. Layout: 4 bytes `NWSN`, version, length of a JSON
 * header (both 32-bit little-endian), CRC-32 of everything but itself, the header, then the arrays that it lists, as
 * 64-bit floats (which hold 32-bit floats exactly).
 */
import { NeuroweaveError } from "@neuroweave/equations";
import { checksum } from "./checksum.ts";
import type { Entity } from "./entity.ts";
import type { NetworkCore, Runtime } from "./runtime.ts";
import { releaseProjection } from "./projecting.ts";
import { withRows } from "./restructuring.ts";
import { readRows, rowsOrigin, savedRows, type RowsOrigin } from "./saved-rows.ts";
import { describesRows, describeWiring, type WiringDescription } from "./synapses.ts";

const magic = 0x4e53574e;
/** Format 1 has no rows of synapses; it is read as it was. */
const version = 2;
const oldest = 1;
const prefix = 16;

interface Header {
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
      /** Where the rows themselves are among the arrays. */
      readonly rows?: RowsOrigin | null;
    } | null;
    readonly paused: boolean;
    readonly recorders: Readonly<Record<string, { readonly paused: boolean; readonly variables: readonly string[] }>>;
  }[];
  readonly arrays: readonly { readonly name: string; readonly length: number }[];
}

/** All arrays of an entity by name: columns, spikes, samples. */
function arraysOf(entity: Entity, dt: number): Map<string, Float64Array> {
  const arrays = new Map<string, Float64Array>();
  for (const name of entity.columns.names()) {
    arrays.set(`${entity.name}/column/${name}`, entity.columns.copy(name));
    const { base } = entity.columns.at(name);
    if (base) arrays.set(`${entity.name}/base/${name}`, base);
  }
  const { steps, ids } = entity.spikeRecord.read(dt);
  arrays.set(`${entity.name}/spikes/steps`, steps);
  arrays.set(`${entity.name}/spikes/ids`, Float64Array.from(ids));
  for (const [{ name }, recording] of entity.recordings) {
    const dump = recording.dump();
    arrays.set(`${entity.name}/samples/${name}/steps`, dump.steps);
    for (const [variable, values] of Object.entries(dump.columns))
      arrays.set(`${entity.name}/samples/${name}/values/${variable}`, values);
  }
  if (entity.synapses && rowsOrigin(entity)) for (const [name, values] of savedRows(entity)) arrays.set(name, values);
  return arrays;
}

/** The network as bytes. */
export function encodeSnapshot(core: NetworkCore, runtime: Runtime): Uint8Array {
  const arrays = new Map([
    ...core.entities.flatMap((entity) => [...arraysOf(entity, core.dt)]),
    ...[...runtime.hidden(core)].map(([name, values]) => [`hidden/${name}`, values] as const),
  ]);
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
    arrays: [...arrays].map(([name, { length }]) => ({ name, length })),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((prefix + text.length) / 8) * 8;
  const size = [...arrays.values()].reduce((sum, { length }) => sum + length * 8, start);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set(text, prefix);
  let at = start;
  for (const values of arrays.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  [magic, version, text.length].forEach((word, index) => view.setUint32(index * 4, word, true));
  view.setUint32(12, checksumOf(bytes), true);
  return bytes;
}

const refuse = (why: string, remedy: string): NeuroweaveError => new NeuroweaveError("snapshot", why, { remedy });

function decode(given: Uint8Array): { header: Header; arrays: Map<string, Float64Array> } {
  const broken = (why: string): NeuroweaveError =>
    refuse(`these bytes are no intact snapshot: ${why}`, "Give the bytes of net.snapshot(), unchanged.");
  if (!(given instanceof Uint8Array) || given.length < prefix) throw broken("too short");
  const bytes = new Uint8Array(given);
  const view = new DataView(bytes.buffer);
  if (view.getUint32(0, true) !== magic) throw broken("the first bytes are not those of a snapshot");
  const format = view.getUint32(4, true);
  if (format < oldest || format > version)
    throw refuse(`this snapshot has format ${format}`, `This version reads formats ${oldest} to ${version}.`);
  if (view.getUint32(12, true) !== checksumOf(bytes)) throw broken("the checksum does not match");
  const length = view.getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(prefix, prefix + length))) as Header;
  const arrays = new Map<string, Float64Array>();
  let at = Math.ceil((prefix + length) / 8) * 8;
  for (const { name, length: count } of header.arrays) {
    arrays.set(name, new Float64Array(bytes.buffer, at, count));
    at += count * 8;
  }
  return { header, arrays };
}

/**
 * Puts a network of the same structure into the state of a snapshot; projections whose rows were saved are exchanged for others with these.
 * Refused as a whole where they differ.
 */
export function restoreSnapshot(
  bytes: Uint8Array,
  core: NetworkCore,
  runtime: Runtime,
  exchange: (before: Entity, after: Entity) => void,
): void {
  const { header, arrays } = decode(bytes);
  const hidden = new Map(
    [...arrays].flatMap(([name, values]) =>
      name.startsWith("hidden/") ? [[name.slice("hidden/".length), values]] : [],
    ),
  );
  const misfit = (differences: readonly string[]): NeuroweaveError =>
    refuse(`the snapshot is of another network: ${differences.join("; ")}`, "Build the same network, then restore.");
  const differences = compare(header, core, runtime);
  if (differences.length > 0) throw misfit(differences);
  const rewoven = withSavedRows(header, arrays, core, runtime);
  const here = core.entities;
  core.entities = here.map((each) => rewoven.get(each) ?? each);
  let difference: string | null = null;
  try {
    difference = hiddenDifference(header, hidden, core, runtime);
    if (difference !== null) throw misfit([difference]);
  } catch (error) {
    for (const entity of rewoven.values()) releaseProjection(runtime, entity);
    throw error;
  } finally {
    core.entities = here;
  }
  for (const [before, after] of rewoven) exchange(before, after);
  for (const entity of core.entities) {
    const saved = header.entities.find(({ name }) => name === entity.name)!;
    flip(entity, saved);
    if (entity.synapses) {
      entity.synapses.since = saved.synapses!.since;
      entity.synapses.learnsFrom = saved.synapses!.learnsFrom;
    }
    for (const name of entity.columns.names()) restoreColumn(entity, name, saved.forms[name]!, arrays);
    const steps = arrays.get(`${entity.name}/spikes/steps`)!;
    entity.spikeRecord.load(steps, Uint32Array.from(arrays.get(`${entity.name}/spikes/ids`)!));
    entity.spikeRecord.paused = saved.paused;
    for (const [{ name }, recording] of entity.recordings)
      recording.load({
        steps: arrays.get(`${entity.name}/samples/${name}/steps`)!,
        columns: Object.fromEntries(
          recording.request.variables.map((variable) => [
            variable,
            arrays.get(`${entity.name}/samples/${name}/values/${variable}`)!,
          ]),
        ),
        paused: saved.recorders[name]!.paused,
      });
  }
  core.step = header.step;
  core.learning = header.learning;
  core.version++;
  runtime.loadHidden(core, hidden);
}

/** Projections with the rows that were saved, by those that have other rows here. */
function withSavedRows(
  header: Header,
  arrays: ReadonlyMap<string, Float64Array>,
  core: NetworkCore,
  runtime: Runtime,
): Map<Entity, Entity> {
  const rewoven = new Map<Entity, Entity>();
  try {
    for (const entity of core.entities) {
      const saved = header.entities.find(({ name }) => name === entity.name)!.synapses;
      if (!entity.synapses || !saved?.rows) continue;
      const wiring = describeWiring(entity.synapses);
      if (Object.entries(wiring).every(([what, here]) => saved.wiring[what] === here)) continue;
      rewoven.set(entity, withRows(core, runtime, entity, readRows(entity, arrays), saved.rows));
    }
    return rewoven;
  } catch (error) {
    for (const entity of rewoven.values()) releaseProjection(runtime, entity);
    throw error;
  }
}

/** What is switched on in an entity. */
interface Switches {
  readonly behaviors: readonly { readonly enabled: boolean }[];
  readonly synapses: { readonly enabled: boolean } | null;
}

function flip(entity: Entity, saved: Switches): void {
  saved.behaviors.forEach(({ enabled }, index) => (entity.attached[index]!.enabled = enabled));
  if (entity.synapses) entity.synapses.enabled = saved.synapses!.enabled;
}

/** Checks hidden state against the plan that the saved switches give, and leaves the switches as they were. */
function hiddenDifference(
  header: Header,
  hidden: ReadonlyMap<string, Float64Array>,
  core: NetworkCore,
  runtime: Runtime,
): string | null {
  const before = core.entities.map(({ attached, synapses }): Switches => ({
    behaviors: attached.map(({ enabled }) => ({ enabled })),
    synapses: synapses && { enabled: synapses.enabled },
  }));
  for (const entity of core.entities)
    flip(
      entity,
      header.entities.find(({ name }) => name === entity.name)!,
    );
  try {
    return runtime.checkHidden(core, hidden);
  } finally {
    core.entities.forEach((entity, index) => flip(entity, before[index]!));
  }
}

function restoreColumn(entity: Entity, name: string, form: string, arrays: ReadonlyMap<string, Float64Array>): void {
  const { columns } = entity;
  const values = arrays.get(`${entity.name}/column/${name}`)!;
  const column = columns.at(name);
  if (!column.written) column.origin = null;
  column.base = arrays.get(`${entity.name}/base/${name}`) ?? (column.origin ? null : column.base);
  if (form === "column") columns.toColumn(name);
  else if (form === "cell") columns.toCell(name);
  if (column.form === "column") columns.write(name, values, 0);
  else if (column.form === "cell") column.block!.view()[0] = values[0]!;
  else column.constant = values[0]!;
}

function compare(header: Header, core: NetworkCore, runtime: Runtime): string[] {
  const differences: string[] = [];
  const differ = (what: string, saved: unknown, here: unknown): void => {
    if (String(saved) !== String(here)) differences.push(`${what} is ${String(saved)} there and ${String(here)} here`);
  };
  differ("dt", header.dt, core.dt);
  differ("seed", header.seed, core.seed);
  differ("precision", header.precision, runtime.precision);
  differ("the list of populations and projections", header.entities.map(({ name }) => name).join(", "), core.entities.map(({ name }) => name).join(", ")); // prettier-ignore
  for (const entity of core.entities) {
    const saved = header.entities.find(({ name }) => name === entity.name);
    if (!saved) continue;
    const rows = saved.synapses?.rows;
    if (!rows) differ(`the size of ${entity.name}`, saved.n, entity.n);
    if (entity.synapses)
      for (const [what, here] of Object.entries(describeWiring(entity.synapses)))
        if (!rows || !describesRows.has(what))
          differ(`the ${what} of ${entity.name}`, saved.synapses?.wiring[what], here);
    differ(
      `the behavior list of ${entity.name}`,
      saved.behaviors.map(({ name }) => name).join(", "),
      entity.attached.map(({ instance }) => instance.name).join(", "),
    );
    for (const [{ name }, { request }] of entity.recordings)
      differ(`what ${name} of ${entity.name} records`, saved.recorders[name]?.variables.join(", "), request.variables.join(", ")); // prettier-ignore
    differ(`the columns of ${entity.name}`, Object.keys(saved.forms).sort().join(", "), entity.columns.names().sort().join(", ")); // prettier-ignore
  }
  return differences;
}

/** The checksum of all bytes but the four that hold it. */
const checksumOf = (bytes: Uint8Array): number => checksum(bytes.subarray(0, 12), bytes.subarray(prefix));
