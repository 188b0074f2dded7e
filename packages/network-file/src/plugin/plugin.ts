/** What a plugin is: behaviors, models, connectors and devices under the names by which networks and files know them. */
import type { Device } from "@neuroweave/kernel";
import type { BehaviorDefinition, BehaviorInstance, Connector, ModelDefinition } from "@neuroweave/model";
import type { ConnectorWords } from "../catalog/connector-words.ts";
import type { Sort } from "../catalog/kinds.ts";
import type { OptionWords } from "../catalog/option-words.ts";

/** A behavior that is made by a function which checks more than its definition does. */
export interface MadeBehavior {
  readonly definition: BehaviorDefinition;
  readonly make: (values: never) => unknown;
}

/** A connector and what the catalogue says of it. */
export interface PluginConnector extends ConnectorWords {
  /** Makes the connector, with the arguments that a file gives. */
  readonly make: (...args: never[]) => Connector;
}

/** What `definePlugin` takes. */
export interface PluginManifest {
  /** Name of the npm package. */
  readonly name: string;
  /** Version of the package, three numbers. */
  readonly version: string;
  readonly doc?: string;
  /** Versions of Neuroweave that it was made for, such as `^0.1.0`. */
  readonly neuroweave: string;
  /** By the names that are imported: PascalCase. */
  readonly behaviors?: Readonly<Record<string, { readonly kind: "definition" } | MadeBehavior>>;
  readonly models?: Readonly<Record<string, { readonly kind: "model definition" }>>;
  /** By the names that are imported: camelCase, and the names that the connectors themselves have. */
  readonly connectors?: Readonly<Record<string, PluginConnector>>;
  /** What `defineDevice` returned, by the names that the devices themselves have. */
  readonly devices?: Readonly<Record<string, Device>>;
  /** What behaviors and models are for, where their declarations do not tell: `{ MCurrent: { kind: "stimulus", where: "population" } }`. */
  readonly kinds?: Readonly<Record<string, Sort>>;
  /** What options mean, by `behavior.option`, with the behavior's own name; or by `option`, for all behaviors of the plugin. */
  readonly options?: Readonly<Record<string, OptionWords>>;
}

/** A plugin whose manifest has been checked. Immutable. */
export interface Plugin {
  readonly kind: "plugin";
  readonly name: string;
  readonly version: string;
  readonly doc: string;
  readonly neuroweave: string;
  readonly behaviors: ReadonlyMap<string, BehaviorDefinition>;
  readonly models: ReadonlyMap<string, ModelDefinition>;
  readonly connectors: ReadonlyMap<string, PluginConnector>;
  readonly devices: ReadonlyMap<string, Device>;
  /** How behaviors are made that are not made by calling their definitions. */
  readonly makers: ReadonlyMap<string, (values: object) => BehaviorInstance>;
  readonly kinds: ReadonlyMap<string, Sort>;
  readonly options: ReadonlyMap<string, OptionWords>;
}
