/** A network: populations in a world, a clock, and the runs over it. */
import { NeuroweaveError } from "@neuroweave/equations";
import { checkCheckpoints, checkpointWriter, type CheckpointOptions } from "./checkpoints/checkpoints.ts";
import { describedNetwork } from "./described-network.ts";
import type { Describe } from "./description.ts";
import { createEvents, type NetworkEventMap } from "./events.ts";
import { checkStepSize, stepsIn } from "./grid.ts";
import type { NetworkFile } from "./network-file.ts";
import type { Explanation } from "./plan.ts";
import type { PopulationOptions } from "./population-options.ts";
import type { ListShape, Population } from "./population.ts";
import type { ProjectionOptions } from "./projection-options.ts";
import type { Projection } from "./projection.ts";
import { Region } from "./region.ts";
import { resetCore } from "./reset.ts";
import { run, type Chore, type RunOptions } from "./running.ts";
import type { NetworkSignal, SignalOptions } from "./signal.ts";
import type { NetworkCore, Runtime } from "./runtime.ts";
import type { Complete, Shape, Shaped } from "./shapes.ts";
import { joined } from "./snapshot/format.ts";
import { restoreSnapshot } from "./snapshot/restore.ts";
import { encodeSnapshot } from "./snapshot/save.ts";
import { checkSpill, spill, type SpillOptions } from "./spill.ts";
import { byPopulation, loadState, readState, type StateReport } from "./state.ts";
import { checkWatch, judgesOf, type RateJudge, type WatchOptions } from "./watch.ts";
import { World } from "./world.ts";

/** What a network is told when it is made. */
export interface NetworkOptions {
  /** Step size in ms, > 0. */
  readonly dt: number;
  /** Every random number follows from it. */
  readonly seed?: number | string;
}

/** Populations and projections that share a clock. Made by `createNetwork`. */
export class Network {
  readonly #core: NetworkCore;
  readonly #runtime: Runtime;
  readonly #makeRuntime: () => Runtime;
  readonly #options: NetworkOptions;
  readonly #world: World;
  readonly #regions = new Map<string, Region>();
  readonly #chores = new Set<Chore>();
  readonly #judges = new Set<RateJudge>();
  readonly #describe: Describe | undefined;
  #running = false;

  /** `describe` is how `toJSON` makes data of it. */
  constructor(options: NetworkOptions, makeRuntime: () => Runtime, describe?: Describe) {
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
      signals: new Map(),
      version: 0,
      events: createEvents(),
      inStep: false,
      nonFinite: { then: "stop", told: false },
    };
    this.#options = options;
    this.#describe = describe;
    this.#makeRuntime = makeRuntime;
    this.#runtime = makeRuntime();
    this.#world = new World(this.#core, this.#runtime);
  }

  /** Step size in ms. */
  get dt(): number {
    return this.#core.dt;
  }

  /** What all draws come from. */
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

  /** Refused during a step. */
  set learning(on: boolean) {
    this.#world.requireBorder("switching learning");
    if (this.#core.learning === on) return;
    this.#core.learning = on;
    this.#core.version++;
  }

  /** Populations by name, in order of creation. */
  get populations(): readonly Population[] {
    return this.#world.populations;
  }

  /** Signals by name: `net.signals.dopamine`. */
  get signals(): Readonly<Record<string, NetworkSignal>> {
    return this.#world.signals;
  }

  /** Projections by name, in order of creation. */
  get projections(): readonly Projection[] {
    return this.#world.projections;
  }

  /** Calls a function whenever an event happens; see {@link NetworkEventMap}. Listening changes no result. */
  on<E extends keyof NetworkEventMap>(event: E, listener: NetworkEventMap[E]): this {
    this.#core.events.on(event, listener as never);
    return this;
  }

  /** Calls a function when an event happens next, and then no more. */
  once<E extends keyof NetworkEventMap>(event: E, listener: NetworkEventMap[E]): this {
    this.#core.events.once(event, listener as never);
    return this;
  }

  /** Ends what `on` began. */
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
    return this.#world.makePopulation(name, n, behaviors, options) as unknown as Population<ListShape<L>>;
  }

  /**
   * Makes synapses from a population (or a slice of one) to another, or to itself. Refused as a whole if it could not run:
   * ends that do not exist, a receptor that the target lacks, weights, delays or connectors that do not fit, too many
   * synapses for the memory.
   */
  projection(name: string, options: ProjectionOptions): Projection {
    return this.#world.makeProjection(name, options);
  }

  /**
   * Makes a variable of the whole network, such as a reward or a neuromodulator, that equations of every behavior read by its name. Refused
   * as a whole if it could not run.
   */
  signal(name: string, options: SignalOptions = {}): NetworkSignal {
    return this.#world.makeSignal(name, options);
  }

  /** The population of this name, or the first with this tag; refuses a name that nobody has. */
  find(nameOrTag: string): Population {
    const { registry } = this.#world;
    return registry.find(nameOrTag, "population", this.populations, registry.populationsTagged(nameOrTag));
  }

  /** All populations with a tag, in order of creation. */
  findAll(tag: string): readonly Population[] {
    return this.#world.registry.populationsTagged(tag);
  }

  /** The projection of this name, or the first with this tag; refuses a name that nobody has. */
  findProjection(nameOrTag: string): Projection {
    const { registry } = this.#world;
    return registry.find(nameOrTag, "projection", this.projections, registry.projectionsTagged(nameOrTag));
  }

  /** A group of populations and projections under one name, made when it is first asked for. */
  region(name: string): Region {
    const found = this.#regions.get(name);
    if (found) return found;
    const region = new Region(name, this);
    this.#regions.set(name, region);
    return region;
  }

  /**
   * Calls a function at the step borders t ≡ 0 (mod `interval` ms) that runs come to, the end of a run among them and its beginning not, so
   * that a run in parts is the same as a whole one. In it the network may be read and changed as between runs: values, switches,
   * structure. A promise is awaited; what it throws ends the run there. Functions of one border are called in the order in which they
   * came. They are not part of snapshots and forks. Gives a function that ends it.
   */
  every(interval: number, call: (network: Network) => void | Promise<void>): () => void {
    const steps = stepsIn(interval, this.dt, "the interval");
    if (steps < 1)
      throw new NeuroweaveError("out-of-range", `the interval is ${interval} ms`, {
        remedy: `Give at least dt = ${this.dt} ms.`,
      });
    const chore: Chore = { every: steps, call: () => call(this) };
    this.#chores.add(chore);
    return () => void this.#chores.delete(chore);
  }

  /**
   * Watches runs for anomalies: states that are not finite, populations that are silent or fire without bounds. What each does is chosen:
   * `stop` ends the run at that step border with its error, `warn` tells the listeners of `anomaly`, `ignore` does neither. Rates are those of
   * whole intervals [k · over, (k + 1) · over). A state that is not finite is told once, until `reset` or another call; while it is, every
   * step returns to JavaScript. Codes: `non-finite-state`, `silent-population`, `exploding-population`. Not part of snapshots and forks. Gives a function that ends it.
   *
   *     net.watch({ nonFinite: "warn", silent: { below: 0.1, over: 500, then: "warn" }, exploding: { above: 300, over: 20 } });
   */
  watch(options: WatchOptions): () => void {
    const watch = checkWatch(options);
    for (const name of watch.populations ?? []) this.find(name);
    const { judges, nonFinite } = judgesOf(watch, this.#core);
    const ends = judges.map((judge) => this.every(judge.over, () => judge.judge(this.#core)));
    for (const judge of judges) this.#judges.add(judge);
    this.#core.nonFinite = { then: nonFinite, told: false };
    return () => {
      for (const end of ends) end();
      for (const judge of judges) this.#judges.delete(judge);
      this.#core.nonFinite = { then: "stop", told: false };
    };
  }

  /**
   * Hands on what has been recorded, spikes and samples, at every so many ms of a run, and forgets it: `recorded` and `spikes` give what came
   * since. The run waits until it has been taken; what the sink refuses ends the run there, and is kept. Called ahead of `checkpoint`, a run
   * that goes on from a checkpoint hands the same chunks on again, from the first that the checkpoint does not know. Gives a function that
   * hands on the rest and ends it.
   */
  spill(options: SpillOptions): () => Promise<void> {
    checkSpill(options);
    for (const name of options.of ?? []) if (!this.#world.registry.named(name)) this.find(name);
    const handOn = (): Promise<void> => spill([...this.#core.entities], this.#core, options);
    const end = this.every(options.every, handOn);
    return async () => {
      await handOn();
      end();
    };
  }

  /** Removes a population, a projection or a signal, and everything that it owns. What a projection has sent still arrives. */
  remove(member: Population<Shape> | Projection | NetworkSignal): void {
    this.#world.remove(member as Population);
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

  async #advance(steps: number, options: RunOptions, until: (() => boolean) | undefined): Promise<boolean> {
    if (this.#running)
      throw new NeuroweaveError("wrong-moment", "the network is running already", { remedy: "Await the run before." });
    this.#world.requireBorder("running");
    this.#running = true;
    try {
      return await run(this.#core, this.#runtime, { steps, options, until, chores: this.#chores });
    } finally {
      this.#running = false;
    }
  }

  /** Back to step 0 with initial states and the same draws; what was set, structure and switches stay. */
  reset(): void {
    this.#world.requireBorder("resetting");
    resetCore(this.#core, this.#runtime);
    for (const judge of this.#judges) judge.begin(this.#core);
  }

  /** Everything that the future depends on, as bytes. */
  snapshot(): Uint8Array {
    this.#world.requireBorder("taking a snapshot");
    const bytes = joined(encodeSnapshot(this.#core, this.#runtime));
    this.#core.events.emit("snapshot", { step: this.steps, bytes: bytes.length });
    return bytes;
  }

  /** The same bytes in pieces that are made as they are asked for, none larger than one variable. The network must not change in between. */
  *snapshotPieces(): Generator<Uint8Array, void, undefined> {
    this.#world.requireBorder("taking a snapshot");
    yield* encodeSnapshot(this.#core, this.#runtime);
  }

  /**
   * Takes a snapshot at every so many ms of a run and hands it to a folder or a store, for which the run waits; what the store refuses ends
   * the run there, at a step border. `latestCheckpoint(folder)` finds it again, and `restore` goes on from it with the bits of a run that
   * never stopped. Not part of snapshots and forks. Gives a function that ends it.
   *
   *     net.checkpoint({ every: 1000, keep: 3, to: "run/checkpoints" });
   */
  checkpoint(options: CheckpointOptions): () => void {
    checkCheckpoints(options);
    const write = checkpointWriter(options);
    return this.every(options.every, async () => {
      const bytes = await write(this.steps, this.snapshotPieces());
      this.#core.events.emit("snapshot", { step: this.steps, bytes });
    });
  }

  /**
   * Puts a network that was made like the one of a snapshot into its state. Synapses that were wired anew, pruned or grown there are those
   * of the snapshot afterwards; a later `rewire()` asks the connector that the projection has here.
   */
  restore(bytes: Uint8Array): void {
    this.#world.requireBorder("restoring");
    restoreSnapshot(bytes, this.#core, this.#runtime, (before, after) => this.#world.exchange(before, after));
    for (const judge of this.#judges) judge.begin(this.#core);
  }

  /** An independent network in the same state. Listeners are not copied. */
  fork(): Network {
    this.#world.requireBorder("forking");
    const twin = new Network(this.#options, this.#makeRuntime, this.#describe);
    this.#world.copyTo(twin.#world);
    for (const [name, region] of this.#regions) region.copyTo(twin.region(name));
    twin.restore(joined(encodeSnapshot(this.#core, this.#runtime)));
    return twin;
  }

  /**
   * Checks what holds at every step border: rows and targets of synapses, weights within their bounds, who has fired and what is on its way.
   * Refuses the first that does not hold (`broken-invariant`). Takes a pass over all synapses; `createNetwork({ debug: true })` does it in runs.
   */
  verify(): void {
    this.#world.requireBorder("verifying");
    this.#runtime.verify(this.#core);
  }

  /**
   * The network as data, which `loadNetwork` makes the same network of: structure, equations, values and switches as they are now, from step 0
   * on. State that steps have brought about is left to `snapshot`; listeners, functions of `every` and the device are not part of it. Refuses
   * what data cannot say, such as a stream of spikes that is a function, with its place.
   */
  toJSON(): NetworkFile {
    this.#world.requireBorder("writing the network as data");
    if (this.#describe === undefined)
      throw new NeuroweaveError("not-supported", "this network was not told how it is written as data", {
        remedy: "Make it with createNetwork of the package neuroweave.",
      });
    const regions = [...this.#regions.values()].map((region) => region.members());
    return this.#describe(describedNetwork(this.#core, this.#runtime, this.#world, regions));
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
    this.#world.requireBorder("loading state");
    return loadState(this.#core.entities, state, options.strict ?? true, byPopulation);
  }
}
