/** A network: populations in a world, a clock, and the runs over it. */
import { NeuroweaveError, nearest, withPlace } from "@neuroweave/equations";
import { createMembership } from "./ecs.ts";
import { Entity, initialSpikes, initialStates } from "./entity.ts";
import { createEvents, type NetworkEventMap } from "./events.ts";
import { checkStepSize, stepsIn } from "./grid.ts";
import type { Explanation } from "./plan.ts";
import { checkOptions, checkShape, type EntityOptions, type PopulationOptions } from "./population-options.ts";
import { Population, type ListShape, type PopulationOwner } from "./population.ts";
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

/** Populations that share a clock. Made by `createNetwork`. */
export class Network {
  readonly #core: NetworkCore;
  readonly #runtime: Runtime;
  readonly #makeRuntime: () => Runtime;
  readonly #options: NetworkOptions;
  readonly #members = createMembership<Population>();
  readonly #ids = new Map<Entity, number>();
  readonly #populations = new Map<string, Population>();
  readonly #owner: PopulationOwner;
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
      requirePresent: (entity) => void this.#idOf(entity),
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
    return this.#core.entities.map((entity) => this.#populations.get(entity.name)!);
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
    if (typeof name !== "string" || name.trim() === "" || name.includes("/"))
      throw new NeuroweaveError("invalid-name", `${JSON.stringify(name)} cannot name a population`, {
        remedy: "Give a text that is not empty and has no slash.",
      });
    if (this.#populations.has(name))
      throw new NeuroweaveError("duplicate-name", `there is a population ${name} already`, {
        entity: name,
        remedy: "Choose another name.",
      });
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
    });
  }

  #register(entity: Entity): Population {
    this.#created++;
    const population = new Population(entity, this.#owner);
    const id = this.#members.create(population);
    this.#ids.set(entity, id);
    for (const tag of entity.tags) this.#members.tag(id, tag);
    for (const { instance } of entity.attached) this.#members.attach(id, instance);
    this.#populations.set(entity.name, population);
    return population;
  }

  /** Refuses a population that is not, or no longer, of this network. */
  #idOf(entity: Entity): number {
    const id = this.#ids.get(entity);
    if (id !== undefined) return id;
    throw new NeuroweaveError("structure", `${entity.name} is not a population of this network, or no longer`, {
      entity: entity.name,
      remedy: "Use populations that net.population made and that have not been removed.",
    });
  }

  /** The population of this name, or the first with this tag; refuses a name that nobody has. */
  find(nameOrTag: string): Population {
    const found = this.#populations.get(nameOrTag) ?? this.#members.tagged(nameOrTag)[0];
    if (found) return found;
    const tags = this.#core.entities.flatMap((entity) => [...entity.tags]);
    throw new NeuroweaveError("unknown-name", `there is no population or tag ${nameOrTag}`, {
      candidates: nearest(nameOrTag, [...this.#populations.keys(), ...tags]),
      remedy: `There are ${[...this.#populations.keys()].join(", ") || "none"}.`,
    });
  }

  /** All populations with a tag, in order of creation. */
  findAll(tag: string): readonly Population[] {
    return this.#members.tagged(tag);
  }

  /** Removes a population and everything that it owns. */
  remove(population: Population<Shape>): void {
    this.#requireBorder("removing a population");
    const { entity } = population;
    const id = this.#idOf(entity);
    this.#core.entities = this.#core.entities.filter((each) => each !== entity);
    this.#members.destroy(id);
    this.#ids.delete(entity);
    this.#populations.delete(entity.name);
    for (const column of entity.columns.names()) entity.columns.remove(column);
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
      initialSpikes(entity);
      entity.columns.view("t_last_spike").fill(-Infinity);
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
    for (const from of this.#core.entities) {
      const entity = twin.#entity(from.name, from.shape, { ...from, tags: [...from.tags] });
      adoptStructure(twin.#core, twin.#runtime, entity, from);
      twin.#core.entities = [...twin.#core.entities, entity];
      twin.#register(entity);
    }
    restoreSnapshot(encodeSnapshot(this.#core, this.#runtime), twin.#core, twin.#runtime);
    return twin;
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
    this.#idOf(entity);
    return this.#runtime.derivatives(this.#core, entity);
  }

  #attach(entity: Entity, ingredients: readonly unknown[]): void {
    const id = this.#idOf(entity);
    this.#requireBorder("attaching");
    const { instances } = flatten(ingredients);
    const attached = [...entity.attached, ...instances.map((instance) => ({ instance, enabled: true }))];
    restructure(this.#core, this.#runtime, entity, attached, { complete: true });
    for (const instance of instances) this.#members.attach(id, instance);
    this.#core.events.emit("structure", { change: "attached", entity: entity.name });
  }

  #detach(entity: Entity, name: string): void {
    const id = this.#idOf(entity);
    this.#requireBorder("detaching");
    const gone = attachedNamed(entity, name);
    const attached = entity.attached.filter((each) => each !== gone);
    restructure(this.#core, this.#runtime, entity, attached, { complete: false });
    this.#members.detach(id, gone.instance);
    this.#core.events.emit("structure", { change: "detached", entity: entity.name });
  }

  #switch(entity: Entity, name: string, enabled: boolean): void {
    this.#idOf(entity);
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
