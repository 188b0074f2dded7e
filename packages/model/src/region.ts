/** Regions: populations and projections under one name, such as a layer or a column of the cortex. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { RegionMembers } from "./description.ts";
import type { Explanation } from "./plan.ts";
import type { Population, ListShape } from "./population.ts";
import type { PopulationOptions } from "./population-options.ts";
import type { ProjectionOptions } from "./projection-options.ts";
import type { Projection } from "./projection.ts";
import type { Recorded, Spikes } from "./recording.ts";
import type { Complete, Shape, Shaped } from "./shapes.ts";

/** The part of a network that a region needs. */
interface RegionNetwork {
  readonly populations: readonly Population[];
  readonly projections: readonly Projection[];
  population<const L extends Shaped | readonly Shaped[]>(
    name: string,
    n: number | readonly number[],
    behaviors: L & Complete<ListShape<L>>,
    options?: PopulationOptions,
  ): Population<ListShape<L>>;
  projection(name: string, options: ProjectionOptions): Projection;
  region(name: string): Region;
  explain(options?: { readonly code?: boolean }): Explanation;
}

/**
 * A group of populations, projections and further regions. What is made through it is named after it: population `exc` of
 * region `L4` is `L4.exc` of the network.
 */
export class Region {
  /** Its name, which is the beginning of the names of its members. */
  readonly name: string;
  readonly #network: RegionNetwork;
  readonly #members = new Set<Population<Shape> | Projection>();
  readonly #parts = new Set<string>();

  constructor(name: string, network: RegionNetwork) {
    if (typeof name !== "string" || name.trim() === "" || name.includes("/"))
      throw new NeuroweaveError("invalid-name", `${JSON.stringify(name)} cannot name a region`, {
        remedy: "Give a text that is not empty and has no slash.",
      });
    this.name = name;
    this.#network = network;
  }

  #full(name: string): string {
    return `${this.name}.${name}`;
  }

  /** Makes a population of this region, as `network.population` does. */
  population<const L extends Shaped | readonly Shaped[]>(
    name: string,
    n: number | readonly number[],
    behaviors: L & Complete<ListShape<L>>,
    options: PopulationOptions = {},
  ): Population<ListShape<L>> {
    const made = this.#network.population(this.#full(name), n, behaviors, options);
    this.#members.add(made);
    return made;
  }

  /** Makes a projection of this region, as `network.projection` does; its ends may lie anywhere. */
  projection(name: string, options: ProjectionOptions): Projection {
    const made = this.#network.projection(this.#full(name), options);
    this.#members.add(made);
    return made;
  }

  /** A region within this one. */
  region(name: string): Region {
    const part = this.#network.region(this.#full(name));
    this.#parts.add(part.name);
    return part;
  }

  /** Takes populations and projections in that have been made elsewhere; they keep their names. */
  add(...members: readonly (Population | Projection)[]): this {
    const present = new Set<Population | Projection>([...this.#network.populations, ...this.#network.projections]);
    const stranger = members.find((each) => !present.has(each));
    if (stranger)
      throw new NeuroweaveError("structure", `${stranger.name} is not of the network of region ${this.name}`, {
        remedy: "Add what this network has made.",
      });
    for (const each of members) this.#members.add(each);
    return this;
  }

  /** All members, those of its parts included, and those that have been removed since. */
  #all(): Set<Population<Shape> | Projection> {
    const all = new Set(this.#members);
    for (const part of this.#parts) for (const each of this.#network.region(part).#all()) all.add(each);
    return all;
  }

  /** Populations of the region and of its parts, in order of creation. */
  get populations(): readonly Population[] {
    const all = this.#all();
    return this.#network.populations.filter((each) => all.has(each));
  }

  /** Projections of the region and of its parts, in order of creation. */
  get projections(): readonly Projection[] {
    const all = this.#all();
    return this.#network.projections.filter((each) => all.has(each));
  }

  /** The population of the region that is called so, with or without the region's name in front. */
  find(name: string): Population {
    const found = this.populations.find((each) => each.name === this.#full(name) || each.name === name);
    if (found) return found;
    throw new NeuroweaveError("unknown-name", `region ${this.name} has no population ${name}`, {
      remedy: `It has ${this.populations.map((each) => each.name).join(", ") || "none"}.`,
    });
  }

  /** Attaches the same behaviors, such as a recorder, to every population of the region, or to none. */
  attach(...ingredients: readonly Shaped[]): this {
    const done: (() => void)[] = [];
    try {
      for (const population of this.populations) {
        const before = new Set(population.behaviors.map(({ name }) => name));
        population.attach(...(ingredients as never[]));
        const added = population.behaviors.filter(({ name }) => !before.has(name));
        done.push(() => added.forEach(({ name }) => population.detach(name)));
      }
    } catch (error) {
      for (const undo of done.toReversed()) undo();
      throw error;
    }
    return this;
  }

  /** Spikes of every population, by name. */
  spikes(): Readonly<Record<string, Spikes>> {
    return Object.fromEntries(this.populations.map((each) => [each.name, each.spikes()]));
  }

  /** Samples of a variable of every population that records it, by name. */
  recorded(variable: string): Readonly<Record<string, Recorded>> {
    const recording = this.populations.filter(({ entity }) =>
      [...entity.recordings.values()].some(({ request }) => request.variables.includes(variable)),
    );
    return Object.fromEntries(recording.map((each) => [each.name, each.recorded(variable as never)]));
  }

  /** Stops or resumes recording of every population. */
  pauseRecording(paused = true): this {
    for (const population of this.populations) population.pauseRecording(paused);
    return this;
  }

  /** Forgets samples and spikes of every population. */
  clearRecording(): this {
    for (const population of this.populations) population.clearRecording();
    return this;
  }

  /** Stops transmitting in every projection of the region. */
  disable(): this {
    for (const projection of this.projections) projection.disable();
    return this;
  }

  /** Ends what `disable` began. */
  enable(): this {
    for (const projection of this.projections) projection.enable();
    return this;
  }

  /** The part of the network's plan that concerns the region. */
  explain(options: { readonly code?: boolean } = {}): Explanation {
    return this.#network
      .explain(options)
      .only(new Set([...this.populations, ...this.projections].map(({ name }) => name)));
  }

  /** Own members that are still there, and the regions within it, by their full names. */
  members(): RegionMembers {
    const names = (all: readonly (Population | Projection)[]): string[] =>
      all.filter((each) => this.#members.has(each)).map(({ name }) => name);
    const { populations, projections } = this.#network;
    return {
      name: this.name,
      populations: names(populations),
      projections: names(projections),
      regions: [...this.#parts],
    };
  }

  /** Makes another region, of a copy of the network, hold what this one holds. */
  copyTo(other: Region): void {
    const all = ({ populations, projections }: RegionNetwork) => [...populations, ...projections];
    const own = all(this.#network).filter((each) => this.#members.has(each));
    const names = new Set(own.map(({ name }) => name));
    for (const each of all(other.#network)) if (names.has(each.name)) other.#members.add(each);
    for (const name of this.#parts) other.#parts.add(name);
  }
}
