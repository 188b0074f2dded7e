/** The standard library, through the door that every plugin takes. */
import * as behaviorExports from "@neuroweave/behaviors";
import * as connectorExports from "@neuroweave/connect";
import { standardDevices } from "@neuroweave/engine";
import { recipeOf, type BehaviorDefinition, type BehaviorInstance, type Connector } from "@neuroweave/model";
import { Recorder } from "@neuroweave/record";
import { connectorWords } from "../catalog/connector-words.ts";
import { standardKinds } from "../catalog/kinds.ts";
import { standardOptions } from "../catalog/option-words.ts";
import { definePlugin } from "./define-plugin.ts";
import type { PluginConnector } from "./plugin.ts";
import { neuroweaveVersion } from "./version.ts";

const isKind = (value: unknown, kind: string): boolean => (value as { kind?: unknown } | null)?.kind === kind;

/** What is exported of one kind, by name. */
function exportedAs<T>(kind: string): Record<string, T> {
  const all = Object.entries(behaviorExports as Readonly<Record<string, unknown>>);
  return Object.fromEntries(all.filter(([, each]) => isKind(each, kind))) as Record<string, T>;
}

const connectors = Object.entries(connectorExports as Readonly<Record<string, unknown>>).flatMap(([name, make]) =>
  typeof make === "function"
    ? [[name, { make: make as (...args: never[]) => Connector, ...connectorWords[name]! }] as const]
    : [],
);

/** Every behavior, model, connector and device that Neuroweave brings along. */
export const standardPlugin = definePlugin({
  name: "neuroweave",
  version: neuroweaveVersion,
  doc: "The standard library.",
  neuroweave: `=${neuroweaveVersion}`,
  behaviors: {
    ...exportedAs<BehaviorDefinition>("definition"),
    Recorder: {
      definition: recipeOf(Recorder({ variables: ["v"] }) as unknown as BehaviorInstance)!.definition(),
      make: Recorder as (values: never) => unknown,
    },
  },
  models: exportedAs<{ readonly kind: "model definition" }>("model definition"),
  connectors: Object.fromEntries(connectors) as Record<string, PluginConnector>,
  devices: standardDevices,
  kinds: standardKinds,
  options: standardOptions,
});
