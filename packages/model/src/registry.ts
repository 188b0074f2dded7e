/** What a network holds, by name, by tag, and as entities of its world. */
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import type { BehaviorInstance } from "./behavior.ts";
import { createMembership } from "./ecs.ts";
import type { Entity } from "./entity.ts";
import { Population } from "./population.ts";
import { follow, Projection } from "./projection.ts";

type Member = Population | Projection;

/** Populations and projections under the world's entity ids. */
export class Registry {
  readonly #members = createMembership<Member>();
  readonly #ids = new Map<Entity, number>();
  readonly #byName = new Map<string, Member>();

  /** Enters something that has been made, with its tags, behaviors and ends. */
  enter(member: Member): void {
    const { entity } = member;
    const id = this.#members.create(member);
    this.#ids.set(entity, id);
    for (const tag of entity.tags) this.#members.tag(id, tag);
    for (const { instance } of entity.attached) this.#members.attach(id, instance);
    if (entity.synapses) {
      const { source, target } = entity.synapses;
      this.#members.connect(id, this.idOf(source.entity), this.idOf(target.entity));
    }
    this.#byName.set(entity.name, member);
  }

  leave(entity: Entity): void {
    this.#members.destroy(this.idOf(entity));
    this.#ids.delete(entity);
    this.#byName.delete(entity.name);
  }

  /** The entity of a projection takes the place of another of the same name. */
  replace(before: Entity, after: Entity): void {
    const id = this.idOf(before);
    this.#ids.delete(before);
    this.#ids.set(after, id);
    for (const { instance } of before.attached) this.#members.detach(id, instance);
    for (const { instance } of after.attached) this.#members.attach(id, instance);
    follow(this.projectionOf(before), after);
  }

  has(entity: Entity): boolean {
    return this.#ids.has(entity);
  }

  /** Refuses what is not, or no longer, of this network. */
  idOf(entity: Entity): number {
    const id = this.#ids.get(entity);
    if (id !== undefined) return id;
    const kind = entity.synapses ? "projection" : "population";
    throw new NeuroweaveError("structure", `${entity.name} is not a ${kind} of this network, or no longer`, {
      entity: entity.name,
      remedy: `Use ${kind}s that net.${kind} made and that have not been removed.`,
    });
  }

  attach(entity: Entity, instances: readonly BehaviorInstance[]): void {
    const id = this.idOf(entity);
    for (const instance of instances) this.#members.attach(id, instance);
  }

  detach(entity: Entity, instance: BehaviorInstance): void {
    this.#members.detach(this.idOf(entity), instance);
  }

  /** Refuses a name that cannot name an entity, or that is taken. */
  requireFree(name: unknown, kind: "population" | "projection" | "signal"): void {
    if (typeof name !== "string" || name.trim() === "" || name.includes("/"))
      throw new NeuroweaveError("invalid-name", `${JSON.stringify(name)} cannot name a ${kind}`, {
        remedy: "Give a text that is not empty and has no slash.",
      });
    const taken = this.#byName.get(name);
    if (taken)
      throw new NeuroweaveError(
        "duplicate-name",
        `there is a ${taken instanceof Population ? "population" : "projection"} ${name} already`,
        { entity: name, remedy: "Choose another name." },
      );
  }

  /** What has this name. */
  named(name: string): Member | undefined {
    return this.#byName.get(name);
  }

  populationOf(entity: Entity): Population {
    return this.#byName.get(entity.name) as Population;
  }

  projectionOf(entity: Entity): Projection {
    return this.#byName.get(entity.name) as Projection;
  }

  /** Populations with a tag, in order of creation. */
  populationsTagged(tag: string): Population[] {
    return this.#members.tagged(tag).filter((each): each is Population => each instanceof Population);
  }

  projectionsTagged(tag: string): Projection[] {
    return this.#members.tagged(tag).filter((each): each is Projection => each instanceof Projection);
  }

  /** Projections that begin or end at a population. */
  projectionsAt(entity: Entity): Projection[] {
    return this.#members.connected(this.idOf(entity)) as Projection[];
  }

  /** The population or projection of this name or, first, tag; refuses a name that nobody has. */
  find<M extends Member>(nameOrTag: string, kind: "population" | "projection", all: readonly M[], tagged: readonly M[]): M {
    const found = all.find(({ name }) => name === nameOrTag) ?? tagged[0];
    if (found) return found;
    const names = all.map(({ name }) => name);
    throw new NeuroweaveError("unknown-name", `there is no ${kind} or tag ${nameOrTag}`, {
      candidates: nearest(nameOrTag, [...names, ...all.flatMap(({ tags }) => [...tags])]),
      remedy: `There are ${names.join(", ") || "none"}.`,
    });
  }
} // prettier-ignore
