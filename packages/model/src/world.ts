/** The members of a network: populations and projections, made, changed and removed between steps. */
import { NeuroweaveError, withPlace } from "@neuroweave/equations";
import { checkStatesAsked } from "./derivatives-at.ts";
import { Entity, initialSpikes } from "./entity.ts";
import { requireWithinBounds } from "./bounds.ts";
import type { WiringRecipe } from "./description.ts";
import {
  flatten,
  attachedFirst,
  attachedNamed,
  attachTo,
  adoptStructure,
  restructure,
  settleSpikes,
} from "./structure.ts";
import {
  checkOptions,
  checkPositions,
  checkShape,
  type EntityOptions,
  type PopulationOptions,
} from "./population-options.ts";
import { Population } from "./population.ts";
import { adoptProjection, buildProjection, rebuildProjection, releaseProjection } from "./projecting.ts";
import { checkRewiring, withOwnLists, type ProjectionOptions, type Rewiring } from "./projection-options.ts";
import { Projection, type ProjectionOwner } from "./projection.ts";
import type { Restructuring } from "./rearranged.ts";
import { Registry } from "./registry.ts";
import { restructured } from "./restructuring.ts";
import { NetworkSignal, signalBehaviors, signalTable, type SignalOptions } from "./signal.ts";
import type { NetworkCore, Runtime } from "./runtime.ts";
import type { Attached } from "./symbols.ts";

export const isPopulation = ({ synapses }: Entity): boolean => synapses === null;

/** Every change is checked as a whole and made, or not made at all. */
export class World implements ProjectionOwner {
  readonly registry = new Registry();
  readonly #core: NetworkCore;
  readonly #runtime: Runtime;
  /** How each projection was made, for wiring it anew. */
  readonly #recipes = new Map<string, ProjectionOptions>();
  readonly #signals = signalTable();
  #created = 0;

  constructor(core: NetworkCore, runtime: Runtime) {
    this.#core = core;
    this.#runtime = runtime;
  }

  get populations(): Population[] {
    return this.#core.entities.filter((each) => isPopulation(each) && !each.isSignal).map((entity) => this.registry.populationOf(entity));
  }

  get projections(): Projection[] {
    return this.#core.entities.filter((each) => !isPopulation(each)).map((entity) => this.registry.projectionOf(entity));
  }

  #changed(change: string, entity: Entity): void {
    this.#core.events.emit("structure", { change, entity: entity.name });
  }

  makePopulation(name: string, n: number | readonly number[], behaviors: unknown, options: PopulationOptions): Population {
    this.requireBorder("making a population");
    this.registry.requireFree(name, "population");
    checkOptions(name, options);
    const { instances, method } = flatten(behaviors);
    const attached = attachedFirst(name, instances, options.disabled);
    return this.#makePopulation(this.#entity(name, checkShape(name, n), { ...options, method: options.method ?? method }), attached);
  }

  makeSignal(name: string, options: SignalOptions): NetworkSignal {
    this.requireBorder("making a signal");
    this.registry.requireFree(name, "signal");
    const instances = signalBehaviors(name, options);
    const attached = attachedFirst(name, instances, options.disabled);
    const population = this.#makePopulation(this.#entity(name, [1], {}, true), attached);
    return (this.#signals[name] = new NetworkSignal(population));
  }

  /** The signals by name. */
  get signals(): Readonly<Record<string, NetworkSignal>> {
    return this.#signals;
  }

  #makePopulation(entity: Entity, attached: readonly Attached[]): Population {
    const { name } = entity;
    this.#core.entities.push(entity);
    if (entity.isSignal) this.#core.signals.set(name, entity);
    try {
      entity.columns.addColumn("spike");
      entity.columns.addColumn("t_last_spike").block!.view().fill(-Infinity);
      restructure(this.#core, this.#runtime, entity, attached, { complete: true });
      initialSpikes(entity);
    } catch (error) {
      this.#core.entities.pop();
      this.#core.signals.delete(name);
      for (const column of entity.columns.names()) entity.columns.remove(column);
      throw withPlace(error, { entity: name });
    }
    const population = this.#enterPopulation(entity);
    this.#changed("population", entity);
    return population;
  }

  #entity(name: string, shape: readonly number[], options: EntityOptions, isSignal = false): Entity {
    return new Entity({
      name,
      shape,
      tags: options.tags ?? [],
      order: this.#created,
      method: options.method,
      place: { dt: this.#core.dt, seed: this.#core.seed, math: this.#runtime.math, signals: this.#core.signals },
      storage: this.#runtime.storage,
      spikeRecord: this.#runtime.records.spikes({ keep: options.keepSpikes }),
      keepSpikes: options.keepSpikes,
      isSignal,
      positions: checkPositions(name, shape.reduce((product, each) => product * each, 1), options.positions),
    });
  }

  #enterPopulation(entity: Entity): Population {
    this.#created++;
    const population = new Population(entity, this);
    this.registry.enter(population);
    return population;
  }

  makeProjection(name: string, options: ProjectionOptions): Projection {
    this.requireBorder("making a projection");
    this.registry.requireFree(name, "projection");
    const isPresent = (entity: Entity): boolean => this.registry.has(entity);
    const plans = { name, order: this.#created, options, isPresent };
    const entity = buildProjection(this.#core, this.#runtime, plans);
    this.#recipes.set(name, withOwnLists(options));
    return this.#enterProjection(entity);
  }

  #enterProjection(entity: Entity): Projection {
    this.#created++;
    this.#core.entities.push(entity);
    const projection = new Projection(entity, this);
    this.registry.enter(projection);
    this.#core.version++;
    this.#changed("projection", entity);
    return projection;
  }

  rewire(before: Entity, changes: Rewiring): void {
    this.registry.idOf(before);
    this.requireBorder("wiring anew");
    checkRewiring(before.name, changes);
    const options = { ...this.#recipes.get(before.name)!, ...changes };
    const isPresent = (entity: Entity): boolean => this.registry.has(entity);
    const after = rebuildProjection(this.#core, this.#runtime, { name: before.name, order: before.order, options, isPresent, again: before }); // prettier-ignore
    after.synapses!.enabled = before.synapses!.enabled;
    this.#runtime.deliverPending(this.#core, before);
    this.#recipes.set(before.name, withOwnLists(options));
    this.exchange(before, after);
    this.#changed("rewired", after);
  }

  restructure(before: Entity, changes: Restructuring): void {
    this.registry.idOf(before);
    this.requireBorder("pruning and growing");
    const { entity, carry } = restructured(this.#core, this.#runtime, before, changes);
    this.#runtime.deliverPending(this.#core, before);
    // What was on its way may have changed what its synapses keep.
    carry();
    this.exchange(before, entity);
    this.#changed("restructured", entity);
  }

  /** Puts a projection in the place of the one of its name, whose memory is given back. */
  exchange(before: Entity, after: Entity): void {
    this.#core.entities = this.#core.entities.map((each) => (each === before ? after : each));
    this.registry.replace(before, after);
    releaseProjection(this.#runtime, before);
    this.#core.version++;
  }

  /** How the synapses of a projection were made. */
  wiringOf({ name, synapses }: Entity): WiringRecipe & { readonly options: ProjectionOptions } {
    const options = this.#recipes.get(name)!;
    return { options, isRepeatable: synapses!.wirings === 0 && synapses!.text === options.connect.text };
  }

  switchProjection(entity: Entity, enabled: boolean): void {
    this.registry.idOf(entity);
    this.requireBorder("switching");
    const synapses = entity.synapses!;
    if (synapses.enabled === enabled) return;
    if (!enabled) this.#runtime.deliverPending(this.#core, entity);
    synapses.enabled = enabled;
    synapses.since = this.#core.step;
    synapses.learnsFrom = this.#core.step;
    this.#core.version++;
    this.#changed(enabled ? "enabled" : "disabled", entity);
  }

  remove({ entity }: Population | Projection): void {
    this.requireBorder(`removing a ${isPopulation(entity) ? "population" : "projection"}`);
    this.registry.idOf(entity);
    const attached = isPopulation(entity) ? this.registry.projectionsAt(entity).map(({ name }) => name) : [];
    if (attached.length > 0)
      throw new NeuroweaveError("structure", `${entity.name} has projections: ${attached.join(", ")}`, {
        entity: entity.name,
        remedy: "Remove them first: net.remove(projection).",
      });
    if (entity.isSignal) {
      const others = this.#core.entities.filter((each) => each !== entity);
      this.#core.signals.delete(entity.name);
      try {
        for (const each of others) this.#runtime.validate({ ...this.#core, entities: others }, each);
      } catch (error) {
        this.#core.signals.set(entity.name, entity);
        throw error;
      }
      delete this.#signals[entity.name];
    }
    if (!isPopulation(entity)) this.#runtime.deliverPending(this.#core, entity);
    this.#core.entities = this.#core.entities.filter((each) => each !== entity);
    this.registry.leave(entity);
    this.#recipes.delete(entity.name);
    if (isPopulation(entity)) for (const column of entity.columns.names()) entity.columns.remove(column);
    else releaseProjection(this.#runtime, entity);
    this.#core.version++;
    this.#changed("removed", entity);
  }

  attach(entity: Entity, ingredients: readonly unknown[]): void {
    this.registry.idOf(entity);
    this.requireBorder("attaching");
    const { instances } = flatten(ingredients);
    const attached = [...entity.attached, ...instances.map((instance) => ({ instance, enabled: true }))];
    this.decide(entity);
    restructure(this.#core, this.#runtime, entity, attached, { complete: true });
    this.registry.attach(entity, instances);
    this.#changed("attached", entity);
  }

  detach(entity: Entity, name: string): void {
    this.registry.idOf(entity);
    this.requireBorder("detaching");
    const gone = attachedNamed(entity, name);
    if (entity.synapses && gone === entity.attached[0])
      throw new NeuroweaveError("structure", `${name} holds the weights of ${entity.name}`, {
        entity: entity.name,
        remedy: "Disable or remove the projection.",
      });
    const attached = entity.attached.filter((each) => each !== gone);
    this.decide(entity);
    restructure(this.#core, this.#runtime, entity, attached, { complete: false });
    this.registry.detach(entity, gone.instance);
    this.#changed("detached", entity);
  }

  replace(entity: Entity, name: string, ingredient: unknown): void {
    this.registry.idOf(entity);
    this.requireBorder("replacing");
    const gone = attachedNamed(entity, name);
    const made = flatten(ingredient).instances.map((instance) => ({ instance, enabled: gone.enabled }));
    const attached = entity.attached.flatMap((each) => (each === gone ? made : [each]));
    this.decide(entity);
    restructure(this.#core, this.#runtime, entity, attached, { complete: true });
    this.registry.detach(entity, gone.instance);
    this.registry.attach(
      entity,
      made.map(({ instance }) => instance),
    );
    this.#changed("replaced", entity);
  }

  switch(entity: Entity, name: string, enabled: boolean): void {
    this.registry.idOf(entity);
    this.requireBorder("switching");
    const found = attachedNamed(entity, name);
    if (found.enabled === enabled) return;
    this.decide(entity);
    const before = entity.attached;
    attachTo(this.#core, entity, before.map((each) => (each === found ? { ...found, enabled } : each)));
    try {
      if (enabled) this.requireWithinBounds(entity);
    } catch (error) {
      attachTo(this.#core, entity, before);
      throw error;
    }
    settleSpikes(entity);
    this.#core.version++;
    this.#changed(enabled ? "enabled" : "disabled", entity);
  }

  derivatives(entity: Entity, options?: unknown): Map<string, Float64Array> {
    this.registry.idOf(entity);
    const asked = options === undefined ? undefined : checkStatesAsked(entity, options);
    return this.#runtime.derivatives(this.#core, entity, asked);
  }

  decide(entity: Entity): void {
    if (entity.synapses?.enabled && this.#runtime.decidePending(this.#core, entity)) this.#core.version++;
  }

  requireWithinBounds(entity: Entity): void {
    requireWithinBounds(entity, this.#runtime.evaluate);
  }

  reformed(): void {
    this.#core.version++;
  }

  requirePresent(entity: Entity): void {
    this.registry.idOf(entity);
  }

  requireBorder(what: string): void {
    if (!this.#core.inStep) return;
    throw new NeuroweaveError("wrong-moment", `${what} is not possible in the middle of a step`, {
      remedy: "Do it between runs or in a progress listener.",
    });
  }

  /** Fills an empty world with copies of everything that is in this one. */
  copyTo(other: World): void {
    const copies = new Map<Entity, Entity>();
    for (const from of this.#core.entities) {
      if (!isPopulation(from)) {
        other.#enterProjection(adoptProjection(other.#core, other.#runtime, from, (each) => copies.get(each)!));
        continue;
      }
      const { method, keepSpikes, tags } = from;
      const options = { method, keepSpikes, tags: [...tags], positions: from.givenPositions ?? undefined };
      const entity = other.#entity(from.name, from.shape, options, from.isSignal);
      if (from.isSignal) other.#core.signals.set(from.name, entity);
      adoptStructure(other.#core, other.#runtime, entity, from);
      copies.set(from, entity);
      other.#core.entities.push(entity);
      const population = other.#enterPopulation(entity);
      if (from.isSignal) other.#signals[from.name] = new NetworkSignal(population);
    }
    for (const [name, { source, target, ...rest }] of this.#recipes)
      other.#recipes.set(name, { ...rest, source: other.#endLike(source), target: other.#endLike(target) });
  }

  /** The population that is called like that of an endpoint, or the same part of it. */
  #endLike(end: ProjectionOptions["source"]): ProjectionOptions["source"] {
    const whole = end instanceof Population ? end : end.population;
    const copy = this.registry.named(whole.name) as Population;
    return end instanceof Population ? copy : copy.slice(end.from, end.to);
  }
} // prettier-ignore
