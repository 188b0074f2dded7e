/** A network: populations in a world, a clock, and the runs over it. */
import { NeuroweaveError, withPlace } from "@neuroweave/equations";
import { Entity, initialSpikes, initialStates } from "./entity.ts";
import { createEvents, type NetworkEventMap } from "./events.ts";
import { checkStepSize, stepsIn } from "./grid.ts";
import type { Explanation } from "./plan.ts";
import {
  checkOptions,
  checkPositions,
  checkShape,
  type EntityOptions,
  type PopulationOptions,
} from "./population-options.ts";
import { Population, type ListShape } from "./population.ts";
import { adoptProjection, buildProjection, rebuildProjection, releaseProjection } from "./projecting.ts";
import type { ProjectionOptions } from "./projection-options.ts";
import { Projection, type ProjectionOwner } from "./projection.ts";
import { Region } from "./region.ts";
import { Registry } from "./registry.ts";
import type { NetworkCore, Runtime } from "./runtime.ts";
import type { Complete, Shape, Shaped } from "./shapes.ts";
import { run } from "./running.ts";
import { encodeSnapshot, restoreSnapshot } from "./snapshot.ts";
import { byPopulation, loadState, readState, type StateReport } from "./state.ts";
import { adoptStructure, attachedNamed, flatten, restructure, settleSpikes } from "./structure.ts";

export interface NetworkOptions {
  /** Step size in ms, > 0. */
  readonly dt: number;
  /** Every random number follows from it. */
  readonly seed?: number | string;
}

export interface RunOptions {
  /** Stops the run at the next step border. */
  readonly signal?: AbortSignal;
}

const isPopulation = ({ synapses }: Entity): boolean => synapses === null;

/** Populations and projections that share a clock. Made by `createNetwork`. */
export class Network {
  readonly #core: NetworkCore;
  readonly #runtime: Runtime;
  readonly #makeRuntime: () => Runtime;
  readonly #options: NetworkOptions;
  readonly #registry = new Registry();
  readonly #regions = new Map<string, Region>();
  /** How each projection was made, for wiring it anew. */
  readonly #recipes = new Map<string, ProjectionOptions>();
  readonly #owner: ProjectionOwner;
  #created = 0;
  #running = false;

  constructor(options: NetworkOptions, makeRuntime: () => Runtime) {
    const { seed = 0 } = options;
    if (typeof seed !== "string" && !(typeof seed === "number" && Number.isFinite(seed)))
      throw new NeuroweaveError("invalid-value", `the seed is ${String(seed)}`, {
        remedy: "Give a finite number or a text.",
      });
    this.#core = {
      dt: checkStepSize(options.dt),
      seed,
      step: 0,
      learning: true,
      entities: [],
      version: 0,
      events: createEvents(),
      inStep: false,
    };
    this.#options = options;
    this.#makeRuntime = makeRuntime;
    this.#runtime = makeRuntime();
    this.#owner = {
      attach: (entity, ingredients) => this.#attach(entity, ingredients),
      detach: (entity, name) => this.#detach(entity, name),
      switch: (entity, name, enabled) => this.#switch(entity, name, enabled),
      derivatives: (entity) => this.#derivatives(entity),
      reformed: () => void this.#core.version++,
      requireBorder: (what) => this.#requireBorder(what),
      requirePresent: (entity) => void this.#registry.idOf(entity),
      switchProjection: (entity, enabled) => this.#switchProjection(entity, enabled),
      rewire: (entity, options) => this.#rewire(entity, options),
    };
  }

  /** Step size in ms. */
  get dt(): number {
    return this.#core.dt;
  }

  get seed(): number | string {
    return this.#core.seed;
  }

  /** Steps done since the start. */
  get steps(): number {
    return this.#core.step;
  }

  /** Time in ms: steps · dt. */
  get t(): number {
    return this.#core.step * this.#core.dt;
  }

  /** Switches everything adaptive on and off, and nothing else. */
  get learning(): boolean {
    return this.#core.learning;
  }

  set learning(on: boolean) {
    this.#core.learning = on;
  }

  /** Populations by name, in order of creation. */
  get populations(): readonly Population[] {
    return this.#core.entities.filter(isPopulation).map((entity) => this.#registry.populationOf(entity));
  }

  /** Projections by name, in order of creation. */
  get projections(): readonly Projection[] {
    return this.#core.entities.filter((each) => !isPopulation(each)).map((entity) => this.#registry.projectionOf(entity));
  }

  on<E extends keyof NetworkEventMap>(event: E, listener: NetworkEventMap[E]): this {
    this.#core.events.on(event, listener as never);
    return this;
  }

  once<E extends keyof NetworkEventMap>(event: E, listener: NetworkEventMap[E]): this {
    this.#core.events.once(event, listener as never);
    return this;
  }

  off<E extends keyof NetworkEventMap>(event: E, listener: NetworkEventMap[E]): this {
    this.#core.events.off(event, listener as never);
    return this;
  }

  /**
   * Makes a population of n neurons (or of a grid [d, h, w]) from behaviors and models. Refused as a whole if it could not
   * run: unknown or missing symbols, two owners, bad values.
   */
  population<const L extends Shaped | readonly Shaped[]>(
    name: string,
    n: number | readonly number[],
    behaviors: L & Complete<ListShape<L>>,
    options: PopulationOptions = {},
  ): Population<ListShape<L>> {
    this.#requireBorder("making a population");
    this.#registry.requireFree(name, "population");
    checkOptions(name, options);
    const { instances, method } = flatten(behaviors);
    const entity = this.#entity(name, checkShape(name, n), { ...options, method: options.method ?? method });
    const before = this.#core.entities;
    this.#core.entities = [...before, entity];
    try {
      entity.columns.addColumn("spike");
      entity.columns.addColumn("t_last_spike").block!.view().fill(-Infinity);
      const attached = instances.map((instance) => ({ instance, enabled: true }));
      restructure(this.#core, this.#runtime, entity, attached, { complete: true });
      initialSpikes(entity);
    } catch (error) {
      this.#core.entities = before;
      for (const column of entity.columns.names()) entity.columns.remove(column);
      throw withPlace(error, { entity: name });
    }
    const population = this.#register(entity);
    this.#core.events.emit("structure", { change: "population", entity: name });
    return population as unknown as Population<ListShape<L>>;
  }

  #entity(name: string, shape: readonly number[], options: EntityOptions): Entity {
    return new Entity({
      name,
      shape,
      tags: options.tags ?? [],
      order: this.#created,
      method: options.method,
      place: { dt: this.dt, seed: this.seed, math: this.#runtime.math },
      storage: this.#runtime.storage,
      spikeRecord: this.#runtime.records.spikes({ keep: options.keepSpikes }),
      keepSpikes: options.keepSpikes,
      positions: checkPositions(name, shape.reduce((product, each) => product * each, 1), options.positions),
    });
  }

  #register(entity: Entity): Population {
    this.#created++;
    const population = new Population(entity, this.#owner);
    this.#registry.enter(population);
    return population;
  }

  /**
   * Makes synapses from a population (or a slice of one) to another, or to itself. Refused as a whole if it could not run:
   * ends that do not exist, a receptor that the target lacks, weights, delays or connectors that do not fit, too many
   * synapses for the memory.
   */
  projection(name: string, options: ProjectionOptions): Projection {
    this.#requireBorder("making a projection");
    this.#registry.requireFree(name, "projection");
    const isPresent = (entity: Entity): boolean => this.#registry.has(entity);
    const plans = { name, order: this.#created, options, isPresent };
    const entity = buildProjection(this.#core, this.#runtime, plans);
    this.#recipes.set(name, options);
    return this.#enterProjection(entity);
  }

  #enterProjection(entity: Entity): Projection {
    this.#created++;
    this.#core.entities = [...this.#core.entities, entity];
    const projection = new Projection(entity, this.#owner);
    this.#registry.enter(projection);
    this.#core.version++;
    this.#core.events.emit("structure", { change: "projection", entity: entity.name });
    return projection;
  }

  #rewire(before: Entity, changes: Partial<ProjectionOptions>): Entity {
    this.#registry.idOf(before);
    this.#requireBorder("wiring anew");
    const options = { ...this.#recipes.get(before.name)!, ...changes };
    const isPresent = (entity: Entity): boolean => this.#registry.has(entity);
    const after = rebuildProjection(this.#core, this.#runtime, { name: before.name, order: before.order, options, isPresent }, before); // prettier-ignore
    after.synapses!.enabled = before.synapses!.enabled;
    this.#runtime.deliverPending(this.#core, before);
    this.#core.entities = this.#core.entities.map((each) => (each === before ? after : each));
    this.#registry.replace(before, after);
    this.#recipes.set(before.name, options);
    releaseProjection(this.#runtime, before);
    this.#core.version++;
    this.#core.events.emit("structure", { change: "rewired", entity: after.name });
    return after;
  }

  #switchProjection(entity: Entity, enabled: boolean): void {
    this.#registry.idOf(entity);
    this.#requireBorder("switching");
    const synapses = entity.synapses!;
    if (synapses.enabled === enabled) return;
    if (!enabled) this.#runtime.deliverPending(this.#core, entity);
    synapses.enabled = enabled;
    synapses.since = this.#core.step;
    this.#core.version++;
    this.#core.events.emit("structure", { change: enabled ? "enabled" : "disabled", entity: entity.name });
  }

  /** The population of this name, or the first with this tag; refuses a name that nobody has. */
  find(nameOrTag: string): Population {
    return this.#registry.find(nameOrTag, "population", this.populations, this.#registry.populationsTagged(nameOrTag));
  }

  /** All populations with a tag, in order of creation. */
  findAll(tag: string): readonly Population[] {
    return this.#registry.populationsTagged(tag);
  }

  /** The projection of this name, or the first with this tag; refuses a name that nobody has. */
  findProjection(nameOrTag: string): Projection {
    return this.#registry.find(nameOrTag, "projection", this.projections, this.#registry.projectionsTagged(nameOrTag));
  }

  /** A group of populations and projections under one name, made when it is first asked for. */
  region(name: string): Region {
    const found = this.#regions.get(name);
    if (found) return found;
    const region = new Region(name, this);
    this.#regions.set(name, region);
    return region;
  }

  /** Removes a population, or a projection, and everything that it owns. What a projection has sent still arrives. */
  remove(member: Population<Shape> | Projection): void {
    const { entity } = member;
    this.#requireBorder(`removing a ${isPopulation(entity) ? "population" : "projection"}`);
    this.#registry.idOf(entity);
    const attached = isPopulation(entity) ? this.#registry.projectionsAt(entity).map(({ name }) => name) : [];
    if (attached.length > 0)
      throw new NeuroweaveError("structure", `${entity.name} has projections: ${attached.join(", ")}`, {
        entity: entity.name,
        remedy: "Remove them first: net.remove(projection).",
      });
    if (!isPopulation(entity)) this.#runtime.deliverPending(this.#core, entity);
    this.#core.entities = this.#core.entities.filter((each) => each !== entity);
    this.#registry.leave(entity);
    this.#recipes.delete(entity.name);
    if (isPopulation(entity)) for (const column of entity.columns.names()) entity.columns.remove(column);
    else releaseProjection(this.#runtime, entity);
    this.#core.version++;
    this.#core.events.emit("structure", { change: "removed", entity: entity.name });
  }

  /** Runs for a duration in ms, a whole number of steps. */
  async run(duration: number, options: RunOptions = {}): Promise<void> {
    await this.#advance(stepsIn(duration, this.dt, "the duration"), options, undefined);
  }

  /** Runs a number of steps. */
  async step(steps = 1, options: RunOptions = {}): Promise<void> {
    if (!Number.isSafeInteger(steps) || steps < 0)
      throw new NeuroweaveError("out-of-range", `${String(steps)} is no number of steps`, {
        remedy: "Give a whole number ≥ 0.",
      });
    await this.#advance(steps, options, undefined);
  }

  /** Runs until a condition holds at a step border, at most `max` ms; tells whether it came to hold. */
  async runUntil(
    condition: (network: Network) => boolean,
    options: RunOptions & { readonly max: number },
  ): Promise<boolean> {
    return this.#advance(stepsIn(options?.max, this.dt, "max"), options, () => condition(this));
  }

  async #advance(steps: number, { signal }: RunOptions, until: (() => boolean) | undefined): Promise<boolean> {
    if (this.#running)
      throw new NeuroweaveError("wrong-moment", "the network is running already", { remedy: "Await the run before." });
    this.#requireBorder("running");
    this.#running = true;
    try {
      return await run(this.#core, this.#runtime, { steps, signal, until });
    } finally {
      this.#running = false;
    }
  }

  /** Back to step 0 with initial states and the same draws; what was set, structure and switches stay. */
  reset(): void {
    this.#requireBorder("resetting");
    this.#core.step = 0;
    for (const entity of this.#core.entities) {
      if (isPopulation(entity)) {
        initialSpikes(entity);
        entity.columns.view("t_last_spike").fill(-Infinity);
      } else entity.synapses!.since = 0;
      entity.columns.resetWritten();
      const states = [...entity.symbols.values()].filter(({ kind }) => kind === "state");
      initialStates(entity, states, entity.symbols, this.#runtime.evaluate);
      entity.spikeRecord.clear();
      for (const recording of entity.recordings.values()) recording.clear();
    }
    this.#runtime.rewind(this.#core);
  }

  /** Everything that the future depends on, as bytes. */
  snapshot(): Uint8Array {
    this.#requireBorder("taking a snapshot");
    const bytes = encodeSnapshot(this.#core, this.#runtime);
    this.#core.events.emit("snapshot", { step: this.steps, bytes: bytes.length });
    return bytes;
  }

  /** Puts a network of the same structure into the state of a snapshot. */
  restore(bytes: Uint8Array): void {
    this.#requireBorder("restoring");
    restoreSnapshot(bytes, this.#core, this.#runtime);
  }

  /** An independent network in the same state. Listeners are not copied. */
  fork(): Network {
    this.#requireBorder("forking");
    const twin = new Network(this.#options, this.#makeRuntime);
    const copies = new Map<Entity, Entity>();
    for (const from of this.#core.entities) {
      if (!isPopulation(from)) {
        twin.#enterProjection(adoptProjection(twin.#core, twin.#runtime, from, (each) => copies.get(each)!));
        continue;
      }
      const { method, keepSpikes, tags } = from;
      const entity = twin.#entity(from.name, from.shape, { method, keepSpikes, tags: [...tags], positions: from.positions() });
      adoptStructure(twin.#core, twin.#runtime, entity, from);
      copies.set(from, entity);
      twin.#core.entities = [...twin.#core.entities, entity];
      twin.#register(entity);
    }
    for (const [name, { source, target, ...rest }] of this.#recipes)
      twin.#recipes.set(name, { ...rest, source: twin.#endLike(source), target: twin.#endLike(target) });
    for (const [name, region] of this.#regions) region.copyTo(twin.region(name));
    restoreSnapshot(encodeSnapshot(this.#core, this.#runtime), twin.#core, twin.#runtime);
    return twin;
  }

  /** The population of this network that is called like that of an endpoint, or the same part of it. */
  #endLike(end: ProjectionOptions["source"]): ProjectionOptions["source"] {
    if (end instanceof Population) return this.find(end.name);
    return this.find(end.population.name).slice(end.from, end.to);
  }

  /** The plan: stages, what they read and write, what was fused, and where each term came from. */
  explain(options: { readonly code?: boolean } = {}): Explanation {
    return this.#runtime.explain(this.#core, { code: options.code ?? false });
  }

  /** Copies of all state variables, `population.variable`. */
  state(): Record<string, Float64Array> {
    return readState(this.#core.entities, byPopulation);
  }

  /**
   * Writes named arrays into state variables and reports names that are missing or unexpected; with `strict` (the default)
   * either is refused, and nothing is written.
   */
  loadState(
    state: Readonly<Record<string, ArrayLike<number>>>,
    options: { readonly strict?: boolean } = {},
  ): StateReport {
    this.#requireBorder("loading state");
    return loadState(this.#core.entities, state, options.strict ?? true, byPopulation);
  }

  #derivatives(entity: Entity): Map<string, Float64Array> {
    this.#registry.idOf(entity);
    return this.#runtime.derivatives(this.#core, entity);
  }

  #attach(entity: Entity, ingredients: readonly unknown[]): void {
    this.#registry.idOf(entity);
    this.#requireBorder("attaching");
    const { instances } = flatten(ingredients);
    const attached = [...entity.attached, ...instances.map((instance) => ({ instance, enabled: true }))];
    restructure(this.#core, this.#runtime, entity, attached, { complete: true });
    this.#registry.attach(entity, instances);
    this.#core.events.emit("structure", { change: "attached", entity: entity.name });
  }

  #detach(entity: Entity, name: string): void {
    this.#registry.idOf(entity);
    this.#requireBorder("detaching");
    const gone = attachedNamed(entity, name);
    if (entity.synapses && gone === entity.attached[0])
      throw new NeuroweaveError("structure", `${name} holds the weights of ${entity.name}`, {
        entity: entity.name,
        remedy: "Disable or remove the projection.",
      });
    const attached = entity.attached.filter((each) => each !== gone);
    restructure(this.#core, this.#runtime, entity, attached, { complete: false });
    this.#registry.detach(entity, gone.instance);
    this.#core.events.emit("structure", { change: "detached", entity: entity.name });
  }

  #switch(entity: Entity, name: string, enabled: boolean): void {
    this.#registry.idOf(entity);
    this.#requireBorder("switching");
    const found = attachedNamed(entity, name);
    if (found.enabled === enabled) return;
    found.enabled = enabled;
    settleSpikes(entity);
    this.#core.version++;
    this.#core.events.emit("structure", { change: enabled ? "enabled" : "disabled", entity: entity.name });
  }

  #requireBorder(what: string): void {
    if (!this.#core.inStep) return;
    throw new NeuroweaveError("wrong-moment", `${what} is not possible in the middle of a step`, {
      remedy: "Do it between runs or in a progress listener.",
    });
  }
}
