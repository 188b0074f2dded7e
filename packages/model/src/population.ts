/** A population of neurons, as people use it. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { BehaviorInstance } from "./behavior.ts";
import type { Entity } from "./entity.ts";
import type { ModelInstance } from "./model.ts";
import type { ParameterValue } from "./parameters.ts";
import type { Recorded, Spikes } from "./recording.ts";
import type { Complete, Shape, Shaped, ShapeOf, SpecialVariable, UnionShape } from "./shapes.ts";
import { byVariable, loadState, readState, type StateReport } from "./state.ts";
import type { Floats } from "./storage.ts";
import { copiedValues, liveColumn, recordingsOf, samplesOf, setValues, type ValuesOwner } from "./values.ts";

/** What a population may be made of. */
export type Ingredient = BehaviorInstance | ModelInstance | Shaped;

/** The shape of a list of ingredients, or of one. */
export type ListShape<L> = UnionShape<ShapeOf<L extends readonly unknown[] ? L[number] : L>>;

type Variable<S extends Shape> = S["variables"] | SpecialVariable | `${string}.${S["variables"]}`;
type Settable<S extends Shape> = S["parameters"] | S["variables"] | `${string}.${S["parameters"]}`;

/** Values to set, by name. */
export type Settings<S extends Shape> = { readonly [Name in Settable<S>]?: ParameterValue };

/**
 * States at which right-hand sides are wanted: arrays of one length, in the units of their columns, by variable, input (its
 * constant term) or parameter. What is not given is that of `neuron` (0 unless said) at present.
 */
export interface StatesOfNeuron<S extends Shape = Shape> {
  readonly at: { readonly [Name in Settable<S>]?: ArrayLike<number> };
  readonly neuron?: number;
}

/** What a population asks of its network when its structure changes. */
export interface PopulationOwner extends ValuesOwner {
  attach(entity: Entity, ingredients: readonly unknown[]): void;
  detach(entity: Entity, name: string): void;
  replace(entity: Entity, name: string, ingredient: unknown): void;
  switch(entity: Entity, name: string, enabled: boolean): void;
  derivatives(entity: Entity, options?: unknown): Map<string, Float64Array>;
}

/** Neurons that share a list of behaviors. Made by `network.population`. */
export class Population<S extends Shape = Shape> {
  /** The population as the pipeline sees it. */
  readonly entity: Entity;
  readonly #owner: PopulationOwner;

  constructor(entity: Entity, owner: PopulationOwner) {
    this.entity = entity;
    this.#owner = owner;
  }

  /** Its name in the network. */
  get name(): string {
    return this.entity.name;
  }

  /** Number of neurons. */
  get n(): number {
    return this.entity.n;
  }

  /** Lengths of the grid of neurons; [n] where there is none. */
  get shape(): readonly number[] {
    return this.entity.shape;
  }

  /** Further names, under which it can be found. */
  get tags(): ReadonlySet<string> {
    return this.entity.tags;
  }

  /** Names of the attached instances, in order, and whether they are enabled. */
  get behaviors(): readonly { readonly name: string; readonly enabled: boolean }[] {
    return this.entity.attached.map(({ instance, enabled }) => ({ name: instance.name, enabled }));
  }

  /** Live view of a state variable, n values. Take it anew after structure or memory has grown. */
  column(name: Variable<S>): Floats {
    return liveColumn(this.entity, this.#owner, name);
  }

  /** Copy of a variable or parameter, n values. An input gives its constant term. */
  get(name: Variable<S> | Settable<S>): Float64Array {
    return copiedValues(this.entity, this.#owner, name);
  }

  /** Sets parameters or variables of all neurons. Everything is checked before anything changes. */
  set(values: Settings<S>): this {
    setValues(this.entity, this.#owner, values, null);
    return this;
  }

  /** Sets values of neurons [from, to); arrays have one value for each of these. */
  setRange(values: Readonly<Record<string, ParameterValue | undefined>>, from: number, to: number): void {
    setValues(this.entity, this.#owner, values, to - from === this.n ? null : { from, to });
  }

  /** All spikes since the start or the last `clear`. */
  spikes(): Spikes {
    return this.entity.spikeRecord.read(this.entity.place.dt);
  }

  /** Samples of a variable. With several recorders of it, the first enabled one, or the one named. */
  recorded(name: Variable<S>, recorder?: string): Recorded {
    return samplesOf(this.entity, name, recorder);
  }

  /** Stops or resumes sampling (of one recorder, or of all) and spike records (when all). */
  pauseRecording(paused = true, recorder?: string): void {
    for (const [, recording] of recordingsOf(this.entity, recorder)) recording.paused = paused;
    if (recorder === undefined) this.entity.spikeRecord.paused = paused;
  }

  /** Forgets samples (of one recorder, or of all) and spikes (when all). */
  clearRecording(recorder?: string): void {
    for (const [, recording] of recordingsOf(this.entity, recorder)) recording.clear();
    if (recorder === undefined) this.entity.spikeRecord.clear();
  }

  /** Copies of all state variables, by name. */
  state(): Record<string, Float64Array> {
    this.#owner.requirePresent(this.entity);
    return readState([this.entity], byVariable);
  }

  /**
   * Writes named arrays into state variables and reports names that are missing or unexpected; with `strict` (the default)
   * either is refused, and nothing is written.
   */
  loadState(
    state: Readonly<Record<string, ArrayLike<number>>>,
    options: { readonly strict?: boolean } = {},
  ): StateReport {
    this.#owner.requirePresent(this.entity);
    this.#owner.requireBorder("loading state");
    return loadState([this.entity], state, options.strict ?? true, byVariable);
  }

  /**
   * Right-hand sides d/dt of the differential equations, by variable, per ms: n values at the present state, or with `at` one
   * for each of the given states of one neuron. Nothing in the network changes.
   *
   *     cells.derivatives({ at: { v: [-70, -60, -50], w: [0, 0, 0] }, neuron: 3 }).v
   *
   * Throws `unknown-name`, `wrong-length`, `not-finite`, `out-of-range`, `invalid-value` and `structure`.
   */
  derivatives(options?: StatesOfNeuron<S>): Readonly<Record<S["variables"], Float64Array>> {
    return Object.fromEntries(this.#owner.derivatives(this.entity, options)) as Record<S["variables"], Float64Array>;
  }

  /** A view of neurons [from, to), by index. */
  slice(from: number, to: number = this.n): PopulationSlice<S> {
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to > this.n || from >= to)
      throw new NeuroweaveError("out-of-range", `slice(${from}, ${to}) does not lie in ${this.n} neurons`, {
        entity: this.name,
        remedy: `Give 0 ≤ from < to ≤ ${this.n}.`,
      });
    return new PopulationSlice(this, from, to);
  }

  /** Adds behaviors between steps. Refused as a whole if the result could not run. */
  attach<const L extends readonly Shaped[]>(
    ...ingredients: L & Complete<UnionShape<S | ListShape<L>>>
  ): Population<UnionShape<S | ListShape<L>>> {
    this.#owner.attach(this.entity, ingredients);
    return this as never;
  }

  /** Removes a behavior, and the columns that nobody else owns. */
  detach(name: string): this {
    this.#owner.detach(this.entity, name);
    return this;
  }

  /**
   * Puts a behavior in the place of an attached one, between steps; switched off it stays so. Symbols that are still there keep their values,
   * and those that nobody has any more go. Refused as a whole if the result could not run.
   */
  replace(name: string, by: Ingredient): this {
    this.#owner.replace(this.entity, name, by);
    return this;
  }

  /** A disabled behavior keeps its columns and provides nothing. */
  disable(name: string): this {
    this.#owner.switch(this.entity, name, false);
    return this;
  }

  /** Ends what `disable` began: the behavior goes on with the columns that it has kept. */
  enable(name: string): this {
    this.#owner.switch(this.entity, name, true);
    return this;
  }
}

/** Neurons [from, to) of a population. */
export class PopulationSlice<S extends Shape = Shape> {
  /** Of which it is a part. */
  readonly population: Population<S>;
  /** Its first neuron. */
  readonly from: number;
  /** The neuron behind its last one. */
  readonly to: number;

  constructor(population: Population<S>, from: number, to: number) {
    this.population = population;
    this.from = from;
    this.to = to;
  }

  /** Number of neurons in the slice. */
  get n(): number {
    return this.to - this.from;
  }

  /** Copy of a variable or parameter, one value for each neuron of the slice. */
  get(name: Variable<S> | Settable<S>): Float64Array {
    return this.population.get(name).slice(this.from, this.to);
  }

  /** Live view of a state variable, one value for each neuron of the slice. */
  column(name: Variable<S>): Floats {
    return this.population.column(name).subarray(this.from, this.to);
  }

  /** Sets parameters or variables of these neurons; arrays have one value for each of them. */
  set(values: Settings<S>): this {
    this.population.setRange(values, this.from, this.to);
    return this;
  }

  /** Spikes of these neurons; ids count from the population's first neuron. */
  spikes(): Spikes {
    const all = this.population.spikes();
    const kept = Array.from(all.ids.keys()).filter((j) => all.ids[j]! >= this.from && all.ids[j]! < this.to);
    return {
      times: Float64Array.from(kept, (j) => all.times[j]!),
      steps: Float64Array.from(kept, (j) => all.steps[j]!),
      ids: Uint32Array.from(kept, (j) => all.ids[j]!),
    };
  }
}
