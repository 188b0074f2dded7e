/** What the names of a file mean: those of the standard library, and of the plugins that whoever reads or writes it has. */
import { nearest, NeuroweaveError } from "@neuroweave/equations";
import {
  recipeOf,
  type BehaviorDefinition,
  type BehaviorInstance,
  type Connector,
  type ModelDefinition,
} from "@neuroweave/model";
import type { Device } from "@neuroweave/kernel";
import type { OptionWords } from "../catalog/option-words.ts";
import type { Plugin, PluginConnector } from "./plugin.ts";
import { standardPlugin } from "./standard-plugin.ts";

/** What makes a behavior or a model of values. */
export type Factory = BehaviorDefinition | ModelDefinition | ((values: object) => BehaviorInstance);
type Definition = BehaviorDefinition | ModelDefinition;

const rootOf = (instance: BehaviorInstance): BehaviorDefinition | undefined => recipeOf(instance)?.definition();

/** Entries by name in the order of the alphabet. */
const sorted = <T>(entries: Iterable<readonly [string, T]>): Map<string, T> =>
  new Map([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Names of several plugins together. Refuses two that give one name. */
export class Vocabulary {
  readonly behaviors: ReadonlyMap<string, BehaviorDefinition>;
  readonly models: ReadonlyMap<string, ModelDefinition>;
  readonly connectors: ReadonlyMap<string, PluginConnector>;
  readonly devices: ReadonlyMap<string, Device>;
  readonly #plugins: readonly Plugin[];
  readonly #factories = new Map<string, Factory>();
  readonly #names = new Map<Definition, string>();
  /** Whose behavior it is. */
  readonly #owners = new Map<BehaviorDefinition, Plugin>();

  constructor(plugins: readonly Plugin[]) {
    this.#plugins = plugins;
    requireDistinct(plugins);
    this.behaviors = sorted(plugins.flatMap(({ behaviors }) => [...behaviors]));
    this.models = sorted(plugins.flatMap(({ models }) => [...models]));
    this.connectors = sorted(plugins.flatMap(({ connectors }) => [...connectors]));
    this.devices = sorted(plugins.flatMap(({ devices }) => [...devices]));
    const own = this.#ownNames();
    for (const table of [own, this.models, this.behaviors])
      for (const [name, each] of table) {
        this.#factories.set(name, each);
        this.#names.set(each, name);
      }
    for (const { makers } of plugins) for (const [name, make] of makers) this.#factories.set(name, make);
  }

  /**
   * Behaviors by the names that they have themselves: those that are only members of models, and those that have code of their own, which
   * files that were written without the plugin know by it.
   */
  #ownNames(): Map<string, BehaviorDefinition> {
    const exported = new Set(this.behaviors.values());
    const members: [string, BehaviorDefinition][] = [];
    for (const plugin of this.#plugins) {
      for (const [name, each] of plugin.behaviors) {
        this.#owners.set(each, plugin);
        const root = rootOf(this.#instanceOf(plugin, name, each));
        if (root === undefined) throw foreign(plugin, name);
        if (each.describe().step !== null) members.push([each.behavior, each]);
      }
      for (const [name, model] of plugin.models)
        for (const member of model.members) {
          const root = rootOf(member.kind === "definition" ? member() : member);
          if (root === undefined) throw foreign(plugin, name);
          if (!exported.has(root)) members.push([root.behavior, root]);
          if (!this.#owners.has(root)) this.#owners.set(root, plugin);
        }
    }
    return sorted(members);
  }

  #instanceOf({ makers }: Plugin, name: string, definition: BehaviorDefinition): BehaviorInstance {
    return makers.has(name) ? definition({ variables: [] } as never) : definition();
  }

  /** What a name makes; undefined for one that means nothing. */
  factory(name: string): Factory | undefined {
    return this.#factories.get(name);
  }

  /** Every name that `use` may say of a behavior or a model. */
  names(): string[] {
    return [...this.#factories.keys()].sort();
  }

  /** The name of a definition, if it has one. */
  nameOf(definition: Definition): string | undefined {
    return this.#names.get(definition);
  }

  /** The function that makes connectors of this name; undefined where no plugin has one. */
  connector(name: string): ((...args: never[]) => Connector) | undefined {
    return this.connectors.get(name)?.make;
  }

  /** The device of this name. Refuses, with those that are near, names that no plugin has. */
  device(name: string): Device {
    const found = this.devices.get(name);
    if (found !== undefined) return found;
    const names = [...this.devices.keys()];
    throw new NeuroweaveError("not-supported", `there is no device ${name}`, {
      candidates: nearest(name, names),
      remedy: `Choose ${names.join(" or ")}; a device of a plugin is there with plugins: [plugin].`,
    });
  }

  /** The plugin that has a behavior or model of this name. */
  ownerOf(name: string): Plugin {
    return this.#plugins.find(({ behaviors, models }) => behaviors.has(name) || models.has(name))!;
  }

  /** What an option of a behavior means; nothing is known of behaviors that no plugin has. */
  optionWords(definition: BehaviorDefinition, option: string): OptionWords {
    const words = this.#owners.get(definition)?.options;
    return words?.get(`${definition.behavior}.${option}`) ?? words?.get(option) ?? { doc: "" };
  }
}

function requireDistinct(plugins: readonly Plugin[]): void {
  const owners = new Map<string, string>();
  for (const [at, plugin] of plugins.entries()) {
    if (plugin?.kind !== "plugin")
      throw new NeuroweaveError("invalid-value", `plugin ${at} of the list is none`, { remedy: "Give what definePlugin returns." });
    if (plugins.findIndex(({ name }) => name === plugin.name) !== at)
      throw new NeuroweaveError("duplicate-name", `plugin ${plugin.name} is there twice`, { remedy: "Give it once." });
    // Devices are chosen elsewhere than behaviors and connectors: their names are apart.
    const devices = [...plugin.devices.keys()].map((name) => `the device ${name}`);
    for (const name of [...plugin.behaviors.keys(), ...plugin.models.keys(), ...plugin.connectors.keys(), ...devices]) {
      const other = owners.get(name);
      if (other !== undefined)
        throw new NeuroweaveError("duplicate-name", `plugins ${other} and ${plugin.name} both have ${name}`, {
          remedy: "Use one of them, or ask the author of one for another name.",
        });
      owners.set(name, plugin.name);
    }
  }
} // prettier-ignore

const foreign = ({ name }: Plugin, what: string): NeuroweaveError =>
  new NeuroweaveError("invalid-value", `${what} of plugin ${name} was defined by another copy of Neuroweave`, {
    remedy: "Install one copy: a plugin lists neuroweave under peerDependencies.",
  });

const standard = new Vocabulary([standardPlugin]);

/** The names of the standard library and of further plugins. */
export function vocabularyOf(plugins: readonly Plugin[] = []): Vocabulary {
  if (!Array.isArray(plugins))
    throw new NeuroweaveError("invalid-value", "the plugins are no list", { remedy: "Give a list: plugins: [plugin]." });
  return plugins.length === 0 ? standard : new Vocabulary([standardPlugin, ...(plugins as readonly Plugin[])]);
} // prettier-ignore
