/** A network from a file. */
import { nearest, NeuroweaveError } from "@neuroweave/equations";
import type {
  BehaviorDefinition,
  BehaviorInstance,
  Connector,
  Describe,
  FileBehavior,
  FileEnd,
  FilePopulation,
  FileProjection,
  FileSignal,
  FileValues,
  ModelDefinition,
  ModelInstance,
  Network,
  NetworkFile,
  NetworkSignal,
  Population,
  PopulationSlice,
  Projection,
} from "@neuroweave/model";
import { refusalAt, within, withinValues, type PathPart } from "../json-path.ts";
import type { Plugin } from "../plugin/plugin.ts";
import { vocabularyOf, type Vocabulary } from "../plugin/vocabulary.ts";
import { describeNetwork } from "../write/write-network.ts";
import { BehaviorReader, switchedOff } from "./read-behaviors.ts";
import { readValue, readValues } from "./read-value.ts";

/** What is built otherwise than the file says. */
export interface BuildOptions {
  /** Instead of the file's. */
  readonly dt?: number;
  readonly seed?: number | string;
  readonly precision?: "f64" | "f32";
  /** Values that replace those of the file, such as `{ "cells.tau": 12, "exc→inh.weight": 0.4 }`. */
  readonly set?: Readonly<Record<string, number>>;
  /** Plugins whose behaviors, models and connectors the file may use by their names. */
  readonly plugins?: readonly Plugin[];
  /** Behaviors and models with code of their own that the file uses, by the names that it calls them. */
  readonly behaviors?: Readonly<Record<string, BehaviorDefinition | ModelDefinition>>;
  /** Connectors of your own that the file uses. */
  readonly connectors?: Readonly<Record<string, (...args: readonly never[]) => Connector>>;
  /** Most neurons, of all populations together; 20 million unless given. */
  readonly maxNeurons?: number;
  /** Most synapses, of all projections together; 500 million unless given. */
  readonly maxSynapses?: number;
}

/** Step size, seed and precision of the network. */
export interface NetworkSettings {
  readonly dt: number;
  readonly seed: number | string;
  readonly precision: "f64" | "f32";
}

type Path = readonly PathPart[];
type Member = Population | Projection | NetworkSignal;

/** Whoever makes a network with the devices that it has. */
export type MakeNetwork = (settings: NetworkSettings, describe: Describe) => Network;

/** Makes everything that a file of the right form says, or refuses it with the place in the file. */
export function buildNetwork(file: NetworkFile, make: MakeNetwork, options: BuildOptions): Network {
  requireNeurons(file, options.maxNeurons ?? 20_000_000);
  const vocabulary = vocabularyOf(options.plugins);
  const reader = new BehaviorReader(vocabulary, file.behaviors, options.behaviors);
  const { dt, seed = 0, precision = "f64", learning = true } = file.network;
  const settings = { dt: options.dt ?? dt, seed: options.seed ?? seed, precision: options.precision ?? precision };
  const { $schema, name, doc, run } = file;
  const heading = Object.fromEntries(Object.entries({ $schema, name, doc, run }).filter(([, each]) => each !== undefined));
  const net = within(["network"], () => make(settings, describeNetwork(heading, vocabulary)));
  const builder = new Builder(net, reader, vocabulary, options);
  file.signals?.forEach((each, at) => builder.signal(each, ["signals", at]));
  file.populations.forEach((each, at) => builder.population(each, ["populations", at]));
  file.projections?.forEach((each, at) => builder.projection(each, ["projections", at]));
  builder.finish(options.set ?? {});
  readRegions(net, file);
  if (!learning) net.learning = false;
  return net;
} // prettier-ignore

function requireNeurons({ populations }: NetworkFile, most: number): void {
  let total = 0;
  for (const [at, { n }] of populations.entries()) {
    total += typeof n === "number" ? n : n.reduce((product, each) => product * each, 1);
    if (total > most)
      throw refusalAt(["populations", at, "n"], "too-large", `the network has ${total} neurons up to here, and at most ${most} are made`, {
        remedy: "Make fewer, or give a larger maxNeurons.",
      });
  }
} // prettier-ignore

class Builder {
  readonly #net: Network;
  readonly #reader: BehaviorReader;
  readonly #vocabulary: Vocabulary;
  readonly #options: BuildOptions;
  readonly #members = new Map<string, Member>();
  readonly #populations = new Map<string, Population>();
  /** What is done when everything is there. */
  readonly #later: (() => void)[] = [];
  readonly #sets: { readonly member: Member; readonly values: Record<string, unknown>; readonly path: Path }[] = [];
  #synapses = 0;

  constructor(net: Network, reader: BehaviorReader, vocabulary: Vocabulary, options: BuildOptions) {
    this.#net = net;
    this.#reader = reader;
    this.#vocabulary = vocabulary;
    this.#options = options;
  }

  signal({ name, disabled = [], set, behaviors, ...rest }: FileSignal, path: Path): void {
    const list = this.#behaviors(behaviors, path);
    const numbers = readValues(rest as FileValues, path);
    const off = [...disabled, ...list.off];
    const made = withinValues(path, name, () =>
      this.#net.signal(name, { ...numbers, behaviors: list.made, disabled: off }),
    );
    this.#enter(name, made, set, path);
  }

  population({ name, n, behaviors, set, positions, ...rest }: FilePopulation, path: Path): void {
    const list = this.#behaviors(behaviors, path);
    const at = positions && (readValue(positions, [...path, "positions"]) as number[][]);
    const options = { ...rest, ...(at && { positions: at }), disabled: list.off } as never;
    const made = withinValues(path, name, () => this.#net.population(name, n, list.made as never, options));
    this.#populations.set(name, made as Population);
    this.#enter(name, made as Population, set, path);
  }

  projection(entry: FileProjection, path: Path): void {
    const { name, source, target, connect, behaviors, disabled = [], enabled, set, ...rest } = entry;
    const ends = { source: this.#end(source, [...path, "source"]), target: this.#end(target, [...path, "target"]) };
    const list = this.#behaviors(behaviors, path);
    const connector = this.#connector(connect, [...path, "connect"]);
    const options = { ...readValues(rest as FileValues, path), ...ends, connect: this.#counted(connector, path), behaviors: list.made, disabled: [...disabled, ...list.off] };
    const made = withinValues(path, name, () => this.#net.projection(name, options as never));
    if (enabled === false) this.#later.push(() => void made.disable());
    this.#enter(name, made, set, path);
  } // prettier-ignore

  #behaviors(entries: readonly FileBehavior[] = [], path: Path): { made: (BehaviorInstance | ModelInstance)[]; off: string[] } {
    const made = entries.map((entry, at) => this.#reader.read(entry, [...path, "behaviors", at]));
    return { made, off: made.flatMap((each, at) => switchedOff(entries[at]!, each)) };
  } // prettier-ignore

  #enter(name: string, member: Member, set: FileValues | undefined, path: Path): void {
    this.#members.set(name, member);
    if (set) this.#sets.push({ member, values: readValues(set, [...path, "set"]), path: [...path, "set"] });
  }

  #end(end: FileEnd, path: Path): Population | PopulationSlice {
    const name = typeof end === "string" ? end : end.population;
    const found = this.#populations.get(name);
    if (found === undefined) {
      const names = [...this.#populations.keys()];
      throw refusalAt(path, "unknown-name", `there is no population ${name}`, {
        candidates: nearest(name, names),
        remedy: `There are ${names.join(", ") || "none"}.`,
      });
    }
    return typeof end === "string" ? found : within(path, () => found.slice(end.from, end.to));
  }

  #connector({ use, arguments: given = [] }: FileProjection["connect"], path: Path): Connector {
    const own = new Map(Object.entries(this.#options.connectors ?? {}));
    const make = this.#vocabulary.connector(use) ?? own.get(use);
    if (make === undefined) {
      const known = [...own.keys(), ...this.#vocabulary.connectors.keys()];
      throw refusalAt([...path, "use"], "unknown-name", `there is no connector ${use}`, {
        candidates: nearest(use, known),
        remedy: `There are ${known.join(", ")}. One of your own is given to whoever reads the file: loadNetwork(file, { connectors: { ${use} } }).`,
      });
    }
    const args = given.map((each, at) => readValue(each, [...path, "arguments", at]));
    if (args.length > make.length + 1)
      throw refusalAt([...path, "arguments", make.length + 1], "wrong-length", `${use} takes at most ${make.length + 1} arguments`, { remedy: "Leave the others out." });
    return withinValues(path, use, () => make(...(args as never[])));
  } // prettier-ignore

  /** The same connector, refused where the file would make too many synapses. */
  #counted(connector: Connector, path: Path): Connector {
    const { maxSynapses = 500_000_000 } = this.#options;
    return {
      ...connector,
      expected: (site) => {
        const expected = connector.expected(site);
        this.#synapses += expected;
        if (this.#synapses <= maxSynapses) return expected;
        throw refusalAt(path, "too-large", `the network has about ${Math.round(this.#synapses)} synapses up to here, and at most ${maxSynapses} are made`, {
          remedy: "Connect fewer, or give a larger maxSynapses.",
        });
      },
    };
  } // prettier-ignore

  /** Switches, then values; then everything begins as it does after a reset, and variables that were written have what was written. */
  finish(overrides: Readonly<Record<string, number>>): void {
    for (const [key, value] of Object.entries(overrides)) this.#sets.push({ ...this.#named(key, value), path: [`set of ${key}`] });
    const apply = (only: (member: Member, name: string) => boolean): void => {
      for (const { member, values, path } of this.#sets) {
        const chosen = Object.fromEntries(Object.entries(values).filter(([name]) => only(member, name)));
        within(path, () => member.set(chosen as never));
      }
    };
    for (const each of this.#later) each();
    if (this.#sets.length === 0) return;
    const isState = ({ entity }: Member, name: string): boolean => entity.symbols.get(name)?.kind === "state";
    apply((member, name) => !isState(member, name));
    this.#net.reset();
    apply(isState);
  } // prettier-ignore

  /** The member and parameter that a name such as `cells.tau` means. */
  #named(key: string, value: number): { readonly member: Member; readonly values: Record<string, unknown> } {
    const entity = [...this.#members.keys()]
      .filter((name) => key.startsWith(`${name}.`))
      .toSorted((a, b) => b.length - a.length)[0];
    if (entity === undefined)
      throw new NeuroweaveError("unknown-name", `nothing is called ${key}`, {
        candidates: nearest(key.split(".")[0]!, this.#members.keys()),
        remedy: 'Name a population, projection or signal and what it has: { "cells.tau": 12 }.',
      });
    const member = this.#members.get(entity)!;
    const rest = key.slice(entity.length + 1);
    const name = rest === "weight" && member.entity.synapses ? "w" : rest;
    return { member, values: { [name]: value } };
  }
}

function readRegions(net: Network, { regions = {} }: NetworkFile): void {
  const byName = <T extends { readonly name: string }>(all: readonly T[]) => new Map(all.map((each) => [each.name, each]));
  const made = { populations: byName(net.populations), projections: byName(net.projections) };
  for (const [name, { populations = [], projections = [], regions: parts = [] }] of Object.entries(regions)) {
    const path = ["regions", name];
    const region = within(path, () => net.region(name));
    const pick = <T>(kind: string, all: ReadonlyMap<string, T>, names: readonly string[]): T[] =>
      names.map((wanted, at) => {
        const found = all.get(wanted);
        if (found) return found;
        throw refusalAt([...path, kind, at], "unknown-name", `there is no ${kind.slice(0, -1)} ${wanted}`, {
          candidates: nearest(wanted, all.keys()),
          remedy: "Name one that the file makes.",
        });
      });
    region.add(...pick("populations", made.populations, populations), ...pick("projections", made.projections, projections));
    for (const [at, part] of parts.entries()) {
      if (!part.startsWith(`${name}.`))
        throw refusalAt([...path, "regions", at], "invalid-name", `${part} is no region within ${name}`, {
          remedy: `Regions within it are called ${name}.….`,
        });
      within([...path, "regions", at], () => region.region(part.slice(name.length + 1)));
    }
  }
} // prettier-ignore
