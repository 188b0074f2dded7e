/** A network: populations in a world, a clock, and the runs over it. */
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import { createMembership } from "./ecs.ts";
import { Entity, initialSpikes, initialStates } from "./entity.ts";
import { createEvents, type NetworkEventMap } from "./events.ts";
import { checkStepSize, stepsIn } from "./grid.ts";
import type { MethodName } from "./method-names.ts";
import type { Explanation } from "./plan.ts";
import { Population, type ListShape, type PopulationOwner } from "./population.ts";
import type { NetworkCore, Runtime } from "./runtime.ts";
import type { Complete, Shape, Shaped } from "./shapes.ts";
import { encodeSnapshot, restoreSnapshot } from "./snapshot.ts";

import { byPopulation, loadState, readState, type StateReport } from "./state.ts";
import { attachedNamed, flatten, restructure } from "./structure.ts";

export interface NetworkOptions {
  /** Step size in ms, > 0. */
  readonly dt: number;
  /** Every random number follows from it. */
  readonly seed?: number | string;
}

export interface PopulationOptions {
  /** Integration method, instead of the model's. */
  readonly method?: MethodName;
  readonly tags?: readonly string[];
  /** Keep only the last so many spikes. */
  readonly keepSpikes?: number;
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
      throw new NeuroweaveError("invalid-value", `the seed is ${String(seed)}`, { remedy: "Give a finite number or a text." });
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
      derivatives: (entity) => this.#runtime.derivatives(this.#core, entity),
      reformed: () => void this.#core.version++,
      requireBorder: (what) => this.#requireBorder(what),
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
    const { instances, method } = flatten(behaviors);
    const entity = new Entity({
      name,
      shape: checkShape(name, n),
      tags: options.tags ?? [],
      order: this.#created,
      method: options.method ?? method,
      place: { dt: this.dt, seed: this.seed },
      storage: this.#runtime.storage,
      spikeRecord: this.#runtime.records.spikes({ keep: options.keepSpikes }),
    });
    entity.columns.addColumn("spike");
    entity.columns.addColumn("t_last_spike").block!.view().fill(-Infinity);
    const before = this.#core.entities;
    this.#core.entities = [...before, entity];
    try {
      const attached = instances.map((instance) => ({ instance, enabled: true }));
      restructure(this.#core, this.#runtime, entity, attached, { complete: true });
      initialSpikes(entity);
    } catch (error) {
      this.#core.entities = before;
      for (const column of entity.columns.names()) entity.columns.remove(column);
      throw error;
    }
    this.#created++;
    const population = new Population(entity, this.#owner);
    const id = this.#members.create(population);
    this.#ids.set(entity, id);
    for (const tag of entity.tags) this.#members.tag(id, tag);
    for (const { instance } of entity.attached) this.#members.attach(id, instance);
    this.#populations.set(name, population);
    this.#core.events.emit("structure", { change: "population", entity: name });
    return population as unknown as Population<ListShape<L>>;
  }

  /** The population of this name, or the first with this tag; refuses a name that nobody has. */
  find(nameOrTag: string): Population {
    const found = this.#populations.get(nameOrTag) ?? this.#members.tagged(nameOrTag)[0];
    if (found) return found;
    const candidates = nearest(nameOrTag, [...this.#populations.keys()]);
    throw new NeuroweaveError("unknown-name", `there is no population or tag ${nameOrTag}`, {
      candidates,
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
    const id = this.#ids.get(entity);
    if (id === undefined)
      throw new NeuroweaveError("unknown-name", `${entity.name} is not a population of this network`, {
        remedy: "Remove a population that net.population made and that has not been removed.",
      });
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
    return this.#advance(stepsIn(options.max, this.dt, "max"), options, () => condition(this));
  }

  async #advance(steps: number, { signal }: RunOptions, until: (() => boolean) | undefined): Promise<boolean> {
    if (this.#running)
      throw new NeuroweaveError("wrong-moment", "the network is running already", { remedy: "Await the run before." });
    this.#requireBorder("running");
    this.#running = true;
    const { events } = this.#core;
    const core = this.#core;
    const first = core.step;
    const started = performance.now();
    let reported = started;
    const progress = (now: number): void => {
      const done = core.step - first;
      const seconds = Math.max(now - started, 1e-3) / 1000;
      events.emit("progress", {
        t: this.t,
        fraction: steps === 0 ? 1 : done / steps,
        realTimeFactor: (done * this.dt) / 1000 / seconds,
      });
    };
    events.emit("run:start", { t: this.t, duration: steps * this.dt });
    try {
      let reached = until?.() ?? false;
      while (!reached && core.step - first < steps && !signal?.aborted) {
        const left = steps - (core.step - first);
        await this.#runtime.advance(core, until ? 1 : left);
        reached = until?.() ?? false;
        const now = performance.now();
        if (now - reported < 40) continue;
        reported = now;
        progress(now);
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      progress(performance.now());
      return reached;
    } finally {
      this.#running = false;
      events.emit("run:end", { t: this.t, steps: core.step - first });
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
    const twin = new Network(this.#options, this.#makeRuntime);
    for (const entity of this.#core.entities) {
      const behaviors = entity.attached.map(({ instance }) => instance) as never;
      twin.population(entity.name, entity.shape, behaviors, {
        tags: [...entity.tags],
        ...(entity.method === undefined ? {} : { method: entity.method }),
      });
    }
    twin.restore(this.snapshot());
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
  loadState(state: Readonly<Record<string, ArrayLike<number>>>, options: { readonly strict?: boolean } = {}): StateReport {
    this.#requireBorder("loading state");
    return loadState(this.#core.entities, state, options.strict ?? true, byPopulation);
  }

  #attach(entity: Entity, ingredients: readonly unknown[]): void {
    this.#requireBorder("attaching");
    const { instances } = flatten(ingredients);
    const attached = [...entity.attached, ...instances.map((instance) => ({ instance, enabled: true }))];
    restructure(this.#core, this.#runtime, entity, attached, { complete: true });
    for (const instance of instances) this.#members.attach(this.#ids.get(entity)!, instance);
    this.#core.events.emit("structure", { change: "attached", entity: entity.name });
  }

  #detach(entity: Entity, name: string): void {
    this.#requireBorder("detaching");
    const gone = attachedNamed(entity, name);
    const attached = entity.attached.filter((each) => each !== gone);
    restructure(this.#core, this.#runtime, entity, attached, { complete: false });
    this.#members.detach(this.#ids.get(entity)!, gone.instance);
    this.#core.events.emit("structure", { change: "detached", entity: entity.name });
  }

  #switch(entity: Entity, name: string, enabled: boolean): void {
    this.#requireBorder("switching");
    const found = attachedNamed(entity, name);
    if (found.enabled === enabled) return;
    found.enabled = enabled;
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

function checkShape(entity: string, n: unknown): readonly number[] {
  const shape: readonly unknown[] = Array.isArray(n) ? n : [n];
  const bad = shape.find((each) => !Number.isSafeInteger(each) || (each as number) < 1);
  if (shape.length === 0 || bad !== undefined)
    throw new NeuroweaveError("invalid-n", `${entity} cannot have ${Array.isArray(n) ? `shape [${n.join(", ")}]` : `${String(n)} neurons`}`, {
      entity,
      remedy: "Give a positive whole number, or a list of them.",
    });
  return shape as readonly number[];
}
