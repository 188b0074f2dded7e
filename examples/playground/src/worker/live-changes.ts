/** Carries a change over to the running network, at once and with its state, where that can be done. */
import type { BehaviorInstance, Network, Population, Projection } from "neuroweave";
import type { NetworkDocument } from "../document.ts";
import type { Change } from "../protocol.ts";
import { partOf } from "./own-network.ts";

/**
 * Makes the change in the network, of which `after` is the file with the change in it. Tells whether that was possible; where it was not, a
 * network has to be made anew. What is refused is thrown, and then nothing has changed.
 */
export function changeLive(net: Network, change: Change, after: NetworkDocument): boolean {
  if (!("in" in change)) return false;
  const population = net.populations.find(({ name }) => name === change.in);
  if (population) return changePopulation(net, population, change, after);
  const projection = net.projections.find(({ name }) => name === change.in);
  return projection !== undefined && changeProjection(projection, change);
}

function changePopulation(net: Network, population: Population, change: Change, after: NetworkDocument): boolean {
  const made = (name: string): BehaviorInstance => ofFile(after, population.name).find((each) => each.name === name)!;
  switch (change.do) {
    case "set": {
      if (typeof change.value !== "number" && !Array.isArray(change.value)) return false;
      const own = `${change.behavior}.${change.parameter}`;
      const name = population.entity.symbols.has(own) ? own : change.parameter;
      if (!population.entity.symbols.has(name)) return false;
      population.set({ [name]: change.value as number });
      return true;
    }
    case "switch":
      checked(net, () => turn(population, change.behavior, change.enabled), () => turn(population, change.behavior, !change.enabled)); // prettier-ignore
      return true;
    case "remove": {
      // Refuses what cannot run without it, before anything has changed.
      ofFile(after, population.name);
      const { instance } = population.entity.attached.find((each) => each.instance.name === change.behavior)!;
      const state = population.state();
      const putBack = (): void => {
        population.attach(withNewValues(population, instance) as never);
        population.loadState(state, { strict: false });
      };
      checked(net, () => void population.detach(change.behavior), putBack);
      return true;
    }
    case "write":
    case "add": {
      const added = ofFile(after, population.name).at(-1)!;
      population.attach(withNewValues(population, added) as never);
      return true;
    }
    case "rewrite":
    case "prioritize":
      population.replace(change.behavior, withNewValues(population, made(change.behavior)));
      return true;
    default:
      return false;
  }
}

function changeProjection(projection: Projection, change: Change): boolean {
  if (change.do === "set" && typeof change.value === "number") {
    const own = `${change.behavior}.${change.parameter}`;
    const name = projection.entity.symbols.has(own) ? own : change.parameter;
    if (!projection.entity.symbols.has(name)) return false;
    projection.set({ [name]: change.value });
    return true;
  }
  if (change.do === "connect") {
    if (change.enabled) projection.enable();
    else projection.disable();
    return true;
  }
  return false;
}

function turn(population: Population, behavior: string, enabled: boolean): void {
  if (enabled) population.enable(behavior);
  else population.disable(behavior);
}

/** What cannot run is found when the plan is made: then the change is taken back. */
function checked(net: Network, make: () => void, takeBack: () => void): void {
  make();
  try {
    net.explain();
  } catch (error) {
    takeBack();
    throw error;
  }
}

/** The behaviors that the file gives a population, made in a network that has nothing else. */
const ofFile = (file: NetworkDocument, name: string): readonly BehaviorInstance[] =>
  partOf(file, name).populations[0]!.entity.attached.map(({ instance }) => instance);

/** Values of symbols that are there already stay what they are. */
function withNewValues(population: Population, instance: BehaviorInstance): BehaviorInstance {
  const { symbols } = population.entity;
  const isNew = (key: string): boolean => !symbols.has(key) && !symbols.has(key.replace(/^init_/u, ""));
  return { ...instance, values: new Map([...instance.values].filter(([key]) => isNew(key))) };
}
