/** A projection: synapses from one population to another, as people use it. */
import type { Entity } from "./entity.ts";
import type { ParameterValue } from "./parameters.ts";
import type { PopulationOwner } from "./population.ts";
import type { Rewiring } from "./projection-options.ts";
import type { Restructuring } from "./rearranged.ts";
import type { Recorded } from "./recording.ts";
import type { Floats } from "./storage.ts";
import { delaySteps, pointersOf, sharedIndex, targetsOf } from "./synapses.ts";
import { copiedValues, liveColumn, recordingsOf, samplesOf, setValues } from "./values.ts";

/** What a projection asks of its network. */
export interface ProjectionOwner extends PopulationOwner {
  /** Transmit, or stop; what is on its way arrives. */
  switchProjection(entity: Entity, enabled: boolean): void;
  /** Puts another entity with other synapses in the place of this one; the projection follows. */
  rewire(entity: Entity, changes: Rewiring): void;
  /** The same with synapses pruned and grown. */
  restructure(entity: Entity, changes: Restructuring): void;
}

/** All synapses as lists of equal length, in the order in which they are stored: by source, delay, then target. */
export interface SynapseList {
  /** Indices within the source and the target of the projection. */
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  readonly values: Float64Array;
}

/** Makes a projection stand for another entity. For its network, which exchanges them. */
export let follow: (projection: Projection, entity: Entity) => void;

/** Synapses between two populations. Made by `network.projection`; source, target and receptor never change. */
export class Projection {
  #entity: Entity;
  readonly #owner: ProjectionOwner;

  static {
    follow = (projection, entity) => (projection.#entity = entity);
  }

  constructor(entity: Entity, owner: ProjectionOwner) {
    this.#entity = entity;
    this.#owner = owner;
  }

  /** The projection as the pipeline sees it. */
  get entity(): Entity {
    return this.#entity;
  }

  /** Its name in the network. */
  get name(): string {
    return this.#entity.name;
  }

  /** Number of synapses. */
  get n(): number {
    return this.#entity.n;
  }

  /** Further names, under which it can be found. */
  get tags(): ReadonlySet<string> {
    return this.#entity.tags;
  }

  /** Name of the source population. */
  get source(): string {
    return this.#synapses.source.entity.name;
  }

  /** Name of the target population. */
  get target(): string {
    return this.#synapses.target.entity.name;
  }

  /** The receptor of the target where its spikes arrive. */
  get receptor(): string {
    return this.#synapses.receptor;
  }

  /** Whether it transmits. */
  get enabled(): boolean {
    return this.#synapses.enabled;
  }

  get #synapses(): NonNullable<Entity["synapses"]> {
    return this.#entity.synapses!;
  }

  /** Names of the behaviors, in order, and whether they are enabled. The first holds the weights. */
  get behaviors(): readonly { readonly name: string; readonly enabled: boolean }[] {
    return this.#entity.attached.map(({ instance, enabled }) => ({ name: instance.name, enabled }));
  }

  /** Source, target and weight of every synapse; copies. */
  weights(): SynapseList {
    const own = copiedValues(this.#entity, this.#owner, "w");
    const index = sharedIndex(this.#synapses);
    return this.#list(index ? Float64Array.from(index, (each) => own[each]!) : own);
  }

  /** Source, target and delay in ms of every synapse, as delivered: whole steps, at least one; copies. */
  delays(): SynapseList {
    this.#owner.requirePresent(this.#entity);
    const { dt } = this.#entity.place;
    return this.#list(Float64Array.from(delaySteps(this.#synapses), (steps) => steps * dt));
  }

  #list(values: Float64Array): SynapseList {
    const pointers = pointersOf(this.#synapses);
    const sources = new Uint32Array(this.n);
    for (let s = 0; s + 1 < pointers.length; s++) sources.fill(s, pointers[s], pointers[s + 1]);
    return { sources, targets: Uint32Array.from(targetsOf(this.#synapses)), values };
  }

  /**
   * Live view of a variable: one value for each synapse, or for each source or target where it is declared so. What is
   * written counts for spikes of the step before, and later ones.
   */
  column(name: string): Floats {
    return liveColumn(this.#entity, this.#owner, name);
  }

  /** Copy of a variable or parameter. `w` has one value for each synapse, or for each weight that synapses share. */
  get(name: string): Float64Array {
    return copiedValues(this.#entity, this.#owner, name);
  }

  /**
   * Sets weights (`w`), parameters or variables: one number, an array, or a distribution. They count for spikes of the step
   * before, and later ones; what was on its way already arrives as it was.
   */
  set(values: Readonly<Record<string, ParameterValue>>): this {
    setValues(this.#entity, this.#owner, values, null);
    return this;
  }

  /** Samples of a variable. */
  recorded(name: string, recorder?: string): Recorded {
    return samplesOf(this.#entity, name, recorder);
  }

  /** Stops or resumes sampling, of one recorder or of all. */
  pauseRecording(paused = true, recorder?: string): void {
    for (const [, recording] of recordingsOf(this.#entity, recorder)) recording.paused = paused;
  }

  /** Forgets samples, of one recorder or of all. */
  clearRecording(recorder?: string): void {
    for (const [, recording] of recordingsOf(this.#entity, recorder)) recording.clear();
  }

  /** Adds behaviors between steps. Refused as a whole if the result could not run. */
  attach(...ingredients: readonly object[]): this {
    this.#owner.attach(this.#entity, ingredients);
    return this;
  }

  /** Removes a behavior, and the columns that nobody else owns. */
  detach(name: string): this {
    this.#owner.detach(this.#entity, name);
    return this;
  }

  /** Stops transmitting, or switches off one behavior. Spikes that are on their way arrive; later ones are not transmitted. */
  disable(behavior?: string): this {
    if (behavior === undefined) this.#owner.switchProjection(this.#entity, false);
    else this.#owner.switch(this.#entity, behavior, false);
    return this;
  }

  /** Transmits from now on, or switches one behavior on. */
  enable(behavior?: string): this {
    if (behavior === undefined) this.#owner.switchProjection(this.#entity, true);
    else this.#owner.switch(this.#entity, behavior, true);
    return this;
  }

  /**
   * Makes the synapses anew, by the same connector with other draws, or by what is given (`connect`, `weight`, `delay`,
   * `weights`). Spikes that are on their way arrive; variables of its behaviors begin anew; samples are forgotten.
   */
  rewire(changes: Rewiring = {}): this {
    this.#owner.rewire(this.#entity, changes);
    return this;
  }

  /**
   * Prunes and grows single synapses between runs; all others keep their weights, delays, parameters and variables, and so do sources and
   * targets. Spikes that are on their way arrive, those of pruned synapses too. Variables and parameters of what grows begin as declared or
   * as they were given, from a list not at all: then it is refused. Samples of variables that synapses have are forgotten, others kept;
   * weights of 16 bits are rounded anew; what synapses read `delayed` begins with its present value. `reset` keeps the structure.
   * Refused as a whole: indices that do not exist or are named twice, lists of different lengths, weights outside their bounds, a missing
   * delay where those of the others differ, weights that synapses share.
   *
   *     projection.restructure({ prune: [0, 7], grow: { sources: [3], targets: [1], weight: 0.1 } });
   */
  restructure(changes: Restructuring): this {
    this.#owner.restructure(this.#entity, changes);
    return this;
  }
}
