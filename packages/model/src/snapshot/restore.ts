/** A network in the state of a snapshot, or as it was. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Entity } from "../entity.ts";
import { releaseProjection } from "../projecting.ts";
import { withRows } from "../restructuring.ts";
import type { NetworkCore, Runtime } from "../runtime.ts";
import { attachTo } from "../structure.ts";
import { describesRows, describeWiring } from "../synapses.ts";
import { checkArrays, checkHeader } from "./checked-header.ts";
import { decode } from "./format.ts";
import type { Header } from "./save.ts";
import { readRows } from "./saved-rows.ts";

const refuse = (why: string, remedy: string): NeuroweaveError => new NeuroweaveError("snapshot", why, { remedy });

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
  checkHeader(header);
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
  try {
    for (const entity of core.entities)
      checkArrays(
        entity,
        header.entities.find(({ name }) => name === entity.name)!,
        arrays,
      );
    const difference = hiddenDifference(header, hidden, core, runtime);
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
    flip(core, entity, saved);
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

function flip(core: NetworkCore, entity: Entity, saved: Switches): void {
  const flipped = entity.attached.map(({ instance }, index) => ({
    instance,
    enabled: saved.behaviors[index]!.enabled,
  }));
  if (flipped.some(({ enabled }, index) => enabled !== entity.attached[index]!.enabled))
    attachTo(core, entity, flipped);
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
      core,
      entity,
      header.entities.find(({ name }) => name === entity.name)!,
    );
  try {
    return runtime.checkHidden(core, hidden);
  } finally {
    core.entities.forEach((entity, index) => flip(core, entity, before[index]!));
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
