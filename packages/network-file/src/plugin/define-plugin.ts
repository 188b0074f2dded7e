/** `definePlugin`: a manifest is checked, and becomes a plugin. Nothing of it is called. */
import { nearest, NeuroweaveError } from "@neuroweave/equations";
import { deviceName, isDevice, type Device } from "@neuroweave/kernel";
import type { BehaviorDefinition, BehaviorInstance, ModelDefinition } from "@neuroweave/model";
import type { CatalogKind, CatalogPlace, Sort } from "../catalog/kinds.ts";
import { catalogKinds, catalogPlaces } from "../catalog/kinds.ts";
import type { OptionWords } from "../catalog/option-words.ts";
import type { MadeBehavior, Plugin, PluginConnector, PluginManifest } from "./plugin.ts";
import { inRange, parseVersion } from "./version-range.ts";
import { neuroweaveVersion } from "./version.ts";

const fields = [
  "name",
  "version",
  "doc",
  "neuroweave",
  "behaviors",
  "models",
  "connectors",
  "devices",
  "kinds",
  "options",
];
const packageName = /^(@[a-z0-9][a-z0-9._-]{0,99}\/)?[a-z0-9][a-z0-9._-]{0,99}$/;
const pascal = /^[A-Z][A-Za-z0-9]{0,99}$/;
const camel = /^[a-z][A-Za-z0-9]{0,99}$/;

/**
 * A plugin, for `loadNetwork`, `createNetwork` and `catalogOf`. An npm package exports it as `plugin`. Refuses a manifest that has unknown keys,
 * names that nobody could import or that stand twice, entries that are not what they are listed as, and a range that this version is not in.
 */
export function definePlugin(manifest: PluginManifest): Plugin {
  const given = plainFields(manifest, "the manifest of a plugin");
  for (const key of given.keys())
    if (!fields.includes(key))
      throw new NeuroweaveError("unknown-name", `a plugin has no key ${key}`, {
        candidates: nearest(key, fields),
        remedy: `Its keys are ${fields.join(", ")}.`,
      });
  const name = given.get("name");
  if (typeof name !== "string" || !packageName.test(name))
    throw new NeuroweaveError("invalid-name", `${JSON.stringify(name)} cannot be the name of a plugin`, {
      remedy: "Give the name of its npm package, such as neuroweave-slow-currents.",
    });
  const refuse: Refuse = (code, what, remedy) => new NeuroweaveError(code, `plugin ${name}: ${what}`, { remedy });
  const { version, doc = "", neuroweave } = Object.fromEntries(given);
  if (typeof version !== "string" || parseVersion(version) === null)
    throw refuse("invalid-value", `its version is ${JSON.stringify(version)}`, "Give three numbers, such as 1.0.0.");
  if (typeof doc !== "string") throw refuse("invalid-value", "its doc is no text", "Give a sentence.");
  requireVersion(neuroweave, refuse);

  const list = (key: string) => plainFields(given.get(key) ?? {}, `${key} of plugin ${name}`);
  const named = (key: string, form: RegExp, example: string): ReadonlyMap<string, unknown> => {
    const all = list(key);
    for (const each of all.keys())
      if (!form.test(each))
        throw refuse("invalid-name", `${JSON.stringify(each)} cannot be a name of ${key}`, `Give a name such as ${example}.`);
    return all;
  };
  const behaviors = named("behaviors", pascal, "SlowPotassium");
  const models = named("models", pascal, "SlowCell");
  const connectors = named("connectors", camel, "nearestNeighbours");
  const devices = named("devices", deviceName, "my-device");
  for (const each of models.keys())
    if (behaviors.has(each)) throw refuse("duplicate-name", `${each} is a behavior and a model`, "Call one of them something else.");
  for (const [each, value] of behaviors) requireBehavior(each, value, refuse);
  for (const [each, value] of models)
    if (kindOf(value) !== "model definition") throw refuse("invalid-value", `${each} is no model`, "Give what defineModel returns.");
  for (const [each, value] of connectors) requireConnector(each, value, refuse);
  for (const [each, value] of devices) requireDevice(each, value, refuse);
  const kinds = list("kinds") as ReadonlyMap<string, Sort>;
  for (const [each, sort] of kinds) requireSort(each, sort, behaviors.has(each) || models.has(each), refuse);
  const options = list("options") as ReadonlyMap<string, OptionWords>;
  for (const [each, words] of options)
    if (typeof words?.doc !== "string" || words.doc === "")
      throw refuse("invalid-value", `the option ${each} has no words`, 'Give { doc: "what it means" }.');

  const pairs = [...behaviors] as (readonly [string, BehaviorDefinition | MadeBehavior])[];
  return Object.freeze({
    kind: "plugin",
    name,
    version,
    doc,
    neuroweave: neuroweave as string,
    behaviors: new Map(pairs.map(([key, each]) => [key, "make" in each ? each.definition : each])),
    models: models as ReadonlyMap<string, ModelDefinition>,
    connectors: connectors as ReadonlyMap<string, PluginConnector>,
    devices: devices as ReadonlyMap<string, Device>,
    makers: new Map(
      pairs.flatMap(([key, each]) => ("make" in each ? [[key, each.make as unknown as (values: object) => BehaviorInstance] as const] : [])),
    ),
    kinds,
    options,
  });
} // prettier-ignore

type Refuse = (code: "invalid-name" | "invalid-value" | "duplicate-name" | "unknown-name" | "not-supported", what: string, remedy: string) => NeuroweaveError; // prettier-ignore

const kindOf = (value: unknown): unknown =>
  typeof value === "function" ? (value as { kind?: unknown }).kind : undefined;

/** What an object has of its own. Refuses accessors, which would be code that a manifest runs, and names that objects have anyway. */
function plainFields(value: unknown, what: string): Map<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new NeuroweaveError("invalid-value", `${what} is no object`, { remedy: "Give an object of names." });
  const all = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(([, each]) => each.value !== undefined || each.get || each.set);
  for (const [key, each] of all) {
    if (each.get || each.set)
      throw new NeuroweaveError("invalid-value", `${key} of ${what} is an accessor`, { remedy: "Give a plain value." });
    if (["__proto__", "constructor", "prototype"].includes(key))
      throw new NeuroweaveError("reserved-name", `${key} of ${what} is refused for safety`, { remedy: "Choose another name." });
  }
  return new Map(all.map(([key, each]) => [key, each.value as unknown]));
} // prettier-ignore

function requireVersion(range: unknown, refuse: Refuse): void {
  const within = typeof range === "string" ? inRange(neuroweaveVersion, range) : null;
  if (within === null)
    throw refuse("invalid-value", `neuroweave is ${JSON.stringify(range)}, which is no range of versions`, `Say which versions it was made for: "^${neuroweaveVersion}".`);
  if (!within)
    throw refuse("not-supported", `it was made for neuroweave ${String(range)}, and this is ${neuroweaveVersion}`, "Install versions of both that fit.");
} // prettier-ignore

function requireBehavior(name: string, value: unknown, refuse: Refuse): void {
  const made = typeof value === "object" && value !== null ? (value as Partial<MadeBehavior>) : undefined;
  if (kindOf(made ? made.definition : value) !== "definition" || (made && typeof made.make !== "function"))
    throw refuse("invalid-value", `${name} is no behavior`, "Give what defineBehavior returns.");
}

function requireConnector(name: string, value: unknown, refuse: Refuse): void {
  const { make, doc, source, arguments: args, options } = (value ?? {}) as Partial<PluginConnector>;
  if (typeof make !== "function") throw refuse("invalid-value", `${name} is no connector`, "Give { make, doc, source, arguments, options }.");
  if (typeof doc !== "string" || typeof source !== "string" || !Array.isArray(args) || !Array.isArray(options))
    throw refuse("invalid-value", `the connector ${name} is not described`, "Give its doc, its source, and lists of its arguments and options.");
} // prettier-ignore

function requireDevice(name: string, value: unknown, refuse: Refuse): void {
  if (!isDevice(value)) throw refuse("invalid-value", `${name} is no device`, "Give what defineDevice returns.");
  if (value.name !== name)
    throw refuse("invalid-name", `the device ${value.name} is listed as ${JSON.stringify(name)}`, `List it by the name that it has: { ${JSON.stringify(value.name)}: … }.`);
} // prettier-ignore

function requireSort(name: string, sort: Sort | undefined, exists: boolean, refuse: Refuse): void {
  if (!exists) throw refuse("unknown-name", `kinds names ${name}, which is no behavior or model of it`, "Name one that it has."); // prettier-ignore
  const known = catalogKinds.includes(sort?.kind as CatalogKind) && catalogPlaces.includes(sort?.where as CatalogPlace);
  if (!known)
    throw refuse("invalid-value", `the kind of ${name} is ${JSON.stringify(sort)}`, `Give { kind, where }: one of ${catalogKinds.join(", ")}; one of ${catalogPlaces.join(", ")}.`); // prettier-ignore
}
