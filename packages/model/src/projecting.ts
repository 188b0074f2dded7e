/** Making, wiring anew and copying projections: checked and built beside the network, then put in place as a whole. */
import { NeuroweaveError, withPlace } from "@neuroweave/equations";
import { defineBehavior, type BehaviorInstance } from "./behavior.ts";
import { Columns, releaseColumnMemory } from "./columns.ts";
import { isDistribution } from "./distributions.ts";
import { Entity } from "./entity.ts";
import { stepsIn } from "./grid.ts";
import { checkValue } from "./parameters.ts";
import { checkProjectionOptions, endOf, receptorOf, type ProjectionOptions } from "./projection-options.ts";
import type { NetworkCore, Runtime } from "./runtime.ts";
import { adoptStructure, attachedFirst, flatten, restructure } from "./structure.ts";
import { storeRows } from "./store-rows.ts";
import {
  delaySteps,
  pointersOf,
  releaseWiring,
  targetsOf,
  type End,
  type Lag,
  type Synapses,
  type Wiring,
} from "./synapses.ts";
import type { Attached } from "./symbols.ts";
import { wire, type WirePlace } from "./wire.ts";

/** What every projection has: the weight of its synapses. */
const Weight = defineBehavior({
  name: "synapses",
  doc: "The weight of each synapse.",
  source: "Own design.",
  parameters: { w: { default: 1, doc: "weight: what a spike adds, in the unit of the receptor" } },
});

interface Plans {
  readonly name: string;
  readonly order: number;
  readonly options: ProjectionOptions;
  readonly isPresent: (entity: Entity) => boolean;
  /** The one that it is to replace. */
  readonly again?: Entity;
}

/** A projection that is not yet part of the network. */
export function buildProjection(core: NetworkCore, runtime: Runtime, plans: Plans): Entity {
  const { name, options } = plans;
  checkProjectionOptions(name, options, runtime.precision);
  const source = endOf(name, "source", options.source, plans.isPresent);
  const target = endOf(name, "target", options.target, plans.isPresent);
  const receptor = receptorOf(name, target.entity, options.receptor);
  const { instances } = flatten(options.behaviors ?? []);
  return wired(core, runtime, plans, { source, target, receptor, wirings: 0 }, (weight) =>
    attachedFirst(name, [weight, ...instances], options.disabled),
  );
}

/** The same projection with synapses made anew, of another connector, weights or delays where those are given. */
export function rebuildProjection(
  core: NetworkCore,
  runtime: Runtime,
  plans: Plans & { readonly again: Entity },
): Entity {
  const { again: before } = plans;
  const { source, target, receptor, wirings } = before.synapses!;
  checkProjectionOptions(plans.name, plans.options, runtime.precision);
  return wired(core, runtime, plans, { source, target, receptor, wirings: wirings + 1 }, (weight) => [
    { instance: weight, enabled: true },
    ...before.attached.slice(1).map(({ instance, enabled }) => ({ instance, enabled })),
  ]);
}

type Lags = Pick<Synapses, "axonal" | "dendritic">;

/** Whole steps of a share of the delay. Refuses what is negative, off the grid or too long, and lists of another length. */
function lagOf(name: "axonal" | "dendritic", given: number | ArrayLike<number> | undefined, n: number, dt: number): Lag {
  const steps = (ms: number): number => {
    const whole = stepsIn(ms, dt, `the ${name} delay`);
    if (whole <= longestLag) return whole;
    throw new NeuroweaveError("out-of-range", `an ${name} delay of ${ms} ms is ${whole} steps, and at most ${longestLag} are possible`, { remedy: `Give at most ${longestLag * dt} ms.` });
  };
  if (given === undefined) return 0;
  if (typeof given === "number") return steps(given);
  checkValue(name, given, {}, n);
  const all = Uint16Array.from(given, steps);
  return all.every((each) => each === all[0]) ? (all[0] ?? 0) : all;
} // prettier-ignore

/** Spikes are kept as long as the longest of these lasts. */
const longestLag = 65535;

type Route = Pick<Synapses, "source" | "target" | "receptor" | "wirings">;

function wired(
  core: NetworkCore,
  runtime: Runtime,
  { name, order, options, again }: Plans,
  route: Route,
  attachedFor: (weight: BehaviorInstance) => readonly Attached[],
): Entity {
  const { dt, seed } = core;
  const place = { name, dt, seed, math: runtime.math, storage: runtime.storage, ...route };
  const { given, weight } = wire(options, place);
  const { wiring, weights } = stored(name, given, runtime.storage);
  const lags = {
    axonal: lagOf("axonal", options.axonal, route.source.n, dt),
    dendritic: lagOf("dendritic", options.dendritic, route.target.n, dt),
  };
  const entity = projectionEntity(
    core,
    runtime,
    { name, order, tags: options.tags ?? [] },
    wiring,
    { ...route, ...lags },
    options,
  );
  if (weights) entity.columns.addFilled("w", weights, entity.n);
  const before = core.entities;
  if (again) core.entities = before.map((each) => (each === again ? entity : each));
  else before.push(entity);
  try {
    restructure(core, runtime, entity, attachedFor(weight === null ? Weight() : Weight({ w: weight })), {
      complete: true,
    });
  } catch (error) {
    for (const column of entity.columns.names()) entity.columns.remove(column);
    releaseWiring(wiring, runtime.storage);
    throw withPlace(error, { entity: name });
  } finally {
    if (again) core.entities = before;
    else core.entities.pop();
  }
  if (isMadeAnew(options)) entity.columns.remake("w", () => firstWeights(options, place, runtime));
  return entity;
}

/** Whether the same weights can be made again: nobody can have changed what they are made from. */
const isMadeAnew = ({ weight }: ProjectionOptions): boolean =>
  weight === undefined || typeof weight === "number" || isDistribution(weight);

/** Where a projection would be made again, as it was made first. */
const placeAgain = ({ dt, seed }: NetworkCore, { math, storage }: Runtime, { name, synapses }: Entity): WirePlace => {
  const { source, target } = synapses!;
  return { name, dt, seed, math, storage, source, target, wirings: 0 };
};

/** The weights that a projection would begin with if it were made again, in the order in which they are stored. */
export const weightsMadeAnew = (
  core: NetworkCore,
  runtime: Runtime,
  entity: Entity,
  options: ProjectionOptions,
): Float64Array => firstWeights(options, placeAgain(core, runtime, entity), runtime);

/**
 * Delays in ms that a projection would have if it were made again, as a number, or one for each source or synapse in the order of its
 * connector; null where they are not those that it has.
 */
export function delaysMadeAnew(
  core: NetworkCore,
  runtime: Runtime,
  entity: Entity,
  options: ProjectionOptions,
): number | Float64Array | null {
  const { given } = wire(options, placeAgain(core, runtime, entity));
  const { wiring, weights } = stored(entity.name, given, runtime.storage);
  const again = { ...entity.synapses!, ...wiring };
  const same = (of: (synapses: Synapses) => ArrayLike<number>): boolean => {
    const [one, other] = [of(again), of(entity.synapses!)];
    return one.length === other.length && Array.from(one).every((x, j) => x === other[j]);
  };
  const isAsMade = [delaySteps, pointersOf, targetsOf].every(same);
  releaseWiring(wiring, runtime.storage);
  if (weights) releaseColumnMemory(weights, runtime.storage);
  const { delays } = given;
  const inTime = (steps: number): number => Number((steps * core.dt).toPrecision(12));
  // A list that is as long as there are sources is read as one of sources.
  if (!isAsMade || (delays.kind === "synapse" && delays.steps.length === entity.synapses!.source.n)) return null;
  return delays.kind === "one" ? inTime(delays.steps) : Float64Array.from(delays.steps, inTime);
}

/** The weights that a projection began with, in the order in which they are stored. */
function firstWeights(options: ProjectionOptions, place: WirePlace, runtime: Runtime): Float64Array {
  const { given, weight } = wire(options, place);
  const { wiring, weights } = stored(place.name, given, runtime.storage);
  const columns = new Columns(wiring.count, runtime.storage);
  if (weights) columns.addFilled("w", weights, wiring.count);
  const values = weights ? columns.copy("w") : null;
  if (weights) columns.remove("w");
  releaseWiring(wiring, runtime.storage);
  if (values) return values;
  return typeof weight === "number" ? new Float64Array(wiring.shared?.values ?? wiring.count).fill(weight) : weight!;
}

function stored(name: string, ...given: Parameters<typeof storeRows>): ReturnType<typeof storeRows> {
  try {
    return storeRows(...given);
  } catch (error) {
    throw withPlace(error, { entity: name });
  }
}

/** A projection without behaviors and values. */
export function projectionEntity(
  core: NetworkCore,
  runtime: Runtime,
  { name, order, tags }: { readonly name: string; readonly order: number; readonly tags: readonly string[] },
  wiring: Wiring,
  route: Route & Lags,
  { connect, weights }: Pick<ProjectionOptions, "connect" | "weights">,
): Entity {
  const packed = weights !== undefined && weights !== "f64" && weights !== runtime.precision ? weights : undefined;
  const synapses: Synapses = {
    ...wiring,
    ...route,
    text: connect.text,
    since: core.step,
    learnsFrom: core.step,
    enabled: true,
    exposed: false,
    elementOf: (column) => (column === "w" ? packed : undefined),
  };
  return new Entity({
    name,
    shape: [wiring.count],
    tags,
    order,
    method: undefined,
    place: { dt: core.dt, seed: core.seed, math: runtime.math, signals: core.signals },
    storage: runtime.storage,
    spikeRecord: runtime.records.spikes({ keep: undefined }),
    keepSpikes: undefined,
    synapses,
  });
}

/** A copy of a projection for a network in which the populations have copies too. */
export function adoptProjection(core: NetworkCore, runtime: Runtime, from: Entity, copyOf: (entity: Entity) => Entity): Entity {
  const given = from.synapses!;
  const copy = (block: Wiring["pointers"]): Wiring["pointers"] => {
    const own = runtime.storage.allocateBytes(block.length);
    own.view().set(block.view());
    return own;
  };
  const { delays, shared } = given;
  const wiring: Wiring = {
    pointers: copy(given.pointers),
    targets: copy(given.targets),
    targetWidth: given.targetWidth,
    count: given.count,
    delays: delays.kind === "one" ? delays : { ...delays, block: copy(delays.block) },
    shared: shared && { ...shared, block: copy(shared.block) },
  };
  const end = (each: End): End => ({ ...each, entity: copyOf(each.entity) });
  const { axonal, dendritic } = given;
  const route = { axonal, dendritic, source: end(given.source), target: end(given.target), receptor: given.receptor, wirings: given.wirings };
  const connect = { text: given.text } as ProjectionOptions["connect"];
  const element = given.elementOf("w");
  const entity = projectionEntity(core, runtime, { name: from.name, order: from.order, tags: [...from.tags] }, wiring, route, {
    connect,
    ...(element === undefined ? {} : { weights: element }),
  });
  entity.synapses!.since = given.since;
  entity.synapses!.learnsFrom = given.learnsFrom;
  entity.synapses!.enabled = given.enabled;
  adoptStructure(core, runtime, entity, from);
  return entity;
} // prettier-ignore

/** Gives back the memory of a projection. */
export function releaseProjection(runtime: Runtime, entity: Entity): void {
  for (const column of entity.columns.names()) entity.columns.remove(column);
  releaseWiring(entity.synapses!, runtime.storage);
}
