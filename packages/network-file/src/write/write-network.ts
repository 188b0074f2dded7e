/** A network as data. */
import { NeuroweaveError } from "@neuroweave/equations";
import type {
  Describe,
  Entity,
  FilePopulation,
  FileRegion,
  FileSignal,
  NetworkDescription,
  NetworkFile,
} from "@neuroweave/model";
import { vocabularyOf, type Vocabulary } from "../plugin/vocabulary.ts";
import { OwnBehaviors } from "./own-behaviors.ts";
import { disabledOf, givenTo, writeBehaviors } from "./write-behaviors.ts";
import { writeProjection } from "./write-projection.ts";
import { givenOnly, writeValue, writeValues } from "./write-value.ts";

/** What a file says beside the network itself. */
export type Heading = Pick<NetworkFile, "$schema" | "name" | "doc" | "run">;

/** What `createNetwork` and `loadNetwork` hand to a network, so that it can be written. */
export const describeNetwork =
  ({ $schema, name, doc, run: planned }: Heading = {}, vocabulary: Vocabulary = vocabularyOf()): Describe =>
  (network) => {
    const own = new OwnBehaviors(vocabulary);
    const signals = network.signals.map((entity) => writeSignal(entity, network, own));
    const populations = network.populations.map((entity) => writePopulation(entity, network, own));
    const projections = network.projections.map((entity) => writeProjection(entity, network, own));
    return givenOnly<NetworkFile>({
      $schema,
      format: "neuroweave network",
      version: 1,
      name,
      doc,
      network: givenOnly<NetworkFile["network"]>({
        dt: network.dt,
        seed: network.seed,
        precision: network.precision,
        learning: network.learning ? undefined : false,
      }),
      behaviors: own.declarations,
      signals: signals.length === 0 ? undefined : signals,
      populations,
      projections: projections.length === 0 ? undefined : projections,
      regions: writeRegions(network),
      run: planned,
    });
  };

function writePopulation(entity: Entity, network: NetworkDescription, own: OwnBehaviors): FilePopulation {
  const { name, shape, method } = entity;
  const { set, owed } = network.changesOf(entity);
  const place = { entity: name, own, owed };
  const grouped = writeBehaviors(entity.attached, place);
  // A model that came later has not brought its method along: then its behaviors stand by themselves.
  const { behaviors, method: implied } =
    method === undefined && grouped.method !== undefined ? writeBehaviors(entity.attached, place, true) : grouped;
  return givenOnly<FilePopulation>({
    name,
    n: shape.length === 1 ? shape[0]! : shape,
    method: method === implied ? undefined : method,
    tags: entity.tags.size === 0 ? undefined : [...entity.tags],
    keepSpikes: entity.keepSpikes,
    positions: network.positionsOf(entity)?.map((each) => Array.from(each)),
    behaviors,
    set: writeValues(set, name),
  });
}

/** Every signal has one or two behaviors that its options stand for; the others are listed. */
function writeSignal(entity: Entity, network: NetworkDescription, own: OwnBehaviors): FileSignal {
  const { name, attached } = entity;
  const value = attached[0]!.instance;
  const decays = givenTo(value, "decays") === true;
  if (decays && attached[1]?.instance.name !== "decay")
    throw new NeuroweaveError("not-supported", `the way back to its baseline was detached from signal ${name}, which cannot be written as data`, {
      entity: name,
      remedy: "Make the signal without tau instead.",
    });
  const built = attached.slice(0, decays ? 2 : 1);
  const { set, owed } = network.changesOf(entity);
  const { behaviors } = writeBehaviors(attached.slice(built.length), { entity: name, own, owed });
  const number = (given: unknown): number | undefined =>
    given === undefined ? undefined : (writeValue(given, name) as number);
  const baseline = givenTo(value, "baseline");
  return givenOnly<FileSignal>({
    name,
    tau: decays ? number(givenTo(built[1]!.instance, "tau")) : undefined,
    baseline: Object.is(baseline, 0) ? undefined : number(baseline),
    init: number(givenTo(value, "init_value")),
    behaviors: behaviors.length === 0 ? undefined : behaviors,
    disabled: disabledOf(built),
    set: writeValues(set, name),
  });
} // prettier-ignore

function writeRegions({ regions }: NetworkDescription): Readonly<Record<string, FileRegion>> | undefined {
  if (regions.length === 0) return undefined;
  const some = (names: readonly string[]) => (names.length === 0 ? undefined : names);
  return Object.fromEntries(
    regions.map(({ name, populations, projections, regions: parts }) => [
      name,
      givenOnly<FileRegion>({
        populations: some(populations),
        projections: some(projections),
        regions: some(parts),
      }),
    ]),
  );
}
