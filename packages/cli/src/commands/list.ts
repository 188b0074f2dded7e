/** `neuroweave list [KIND or NAME]`. */
import { nearest } from "@neuroweave/equations";
import { catalogOf, type CatalogEntry, type Plugin } from "neuroweave";
import { defineCommand } from "../command-line/command.ts";
import { exitCodes } from "../exit-codes.ts";
import { usageFailure } from "../failure.ts";
import { loadPlugins } from "../file/load-plugins.ts";
import { pluginOption } from "../file/network-request.ts";
import { definitions, wrapped } from "../screen/layout.ts";
import { strong, type Screen } from "../screen/screen.ts";

export const list = defineCommand({
  name: "list",
  summary: "list behaviors, models, connectors, devices and what each of them takes",
  about: ["Without an operand: all names by kind. With a kind: its entries. With a name: parameters with defaults, units and ranges, equations, source.", "What plugins bring that --plugin names is among them."],
  operands: [{ name: "KIND_OR_NAME", doc: "behaviors, models, connectors, receptors, stimuli, sources, plasticity, synapses, signals, devices, or a name such as AdEx", optional: true }, { name: "NAME", doc: "a name of that kind", optional: true }],
  options: { plugin: pluginOption },
  examples: ["neuroweave list", "neuroweave list connectors", "neuroweave list AdEx", "neuroweave list models LIF --json", "neuroweave list --plugin ./my-plugin.ts"],
  async run({ options, operands: [first, second], screen }) {
    const plugins = (await loadPlugins(options.plugin)).map(({ plugin }) => plugin);
    const catalog: Readonly<Record<string, readonly CatalogEntry[]>> = { ...catalogOf(plugins) };
    const kinds = Object.keys(catalog);
    const all = Object.values(catalog).flat();
    if (first === undefined) {
      for (const kind of kinds) screen.print(strong(`${kind} (${catalog[kind]!.length})`, screen.terminal), ...wrapped(`  ${catalog[kind]!.map(({ name }) => name).join(", ")}`, screen.terminal.width, "  "), "");
      for (const each of plugins) screen.print(strong(`plugin ${each.name} ${each.version}`, screen.terminal), ...wrapped(`  ${[each.doc, [...namesOf(each), ...each.devices.keys()].join(", ")].filter((part) => part !== "").join(" ")}`, screen.terminal.width, "  "), "");
      screen.print("neuroweave list NAME shows one of them.");
      screen.document({ command: "list", ...catalog, ...(plugins.length > 0 ? { plugins: plugins.map(documentOf) } : {}) });
      return exitCodes.done;
    }
    const kind = kinds.find((each) => each === first.toLowerCase() || singular(each) === first.toLowerCase());
    if (kind !== undefined && second === undefined) {
      screen.print(...definitions(catalog[kind]!.map(({ name, doc }) => [name, doc] as const), screen.terminal.width));
      screen.document({ command: "list", [kind]: catalog[kind] });
      return exitCodes.done;
    }
    if (kind === undefined && second !== undefined) throw unknown(`there is no kind ${first}`, first, kinds);
    const among = kind === undefined ? all : catalog[kind]!;
    const wanted = second ?? first;
    const found = among.find(({ name }) => name === wanted) ?? among.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (!found) throw unknown(`there is no ${kind === undefined ? "kind or name" : singular(kind)} ${wanted}`, wanted, [...(kind === undefined ? kinds : []), ...among.map(({ name }) => name)]);
    const owner = plugins.find((each) => found.kind === "device" ? each.devices.has(found.name) : namesOf(each).includes(found.name));
    printEntry(found, owner, screen);
    screen.document({ command: "list", ...found, ...(owner ? { plugin: { name: owner.name, version: owner.version } } : {}) });
    return exitCodes.done;
  },
}); // prettier-ignore

/** Everything that a plugin brings, by name, but for devices: their names are apart. */
const namesOf = ({ behaviors, models, connectors }: Plugin): string[] =>
  [behaviors, models, connectors].flatMap((names) => [...names.keys()]);

const documentOf = ({ name, version, doc, behaviors, models, connectors, devices }: Plugin) => ({
  name,
  version,
  doc,
  behaviors: [...behaviors.keys()],
  models: [...models.keys()],
  connectors: [...connectors.keys()],
  devices: [...devices.keys()],
});

const singulars: Readonly<Record<string, string>> = {
  stimuli: "stimulus",
  synapses: "synapse",
  plasticity: "plasticity",
};
const singular = (kind: string): string => singulars[kind] ?? kind.replace(/s$/u, "");

const unknown = (what: string, name: string, names: readonly string[]) => {
  const begun = names.filter((each) => each.toLowerCase().startsWith(name.toLowerCase()));
  const candidates = begun.length > 0 ? begun.slice(0, 3) : nearest(name, names);
  return usageFailure("unknown-name", what, { candidates, remedy: candidates.length > 0 ? `Did you mean ${candidates.join(" or ")}?` : "neuroweave list shows all names." });
}; // prettier-ignore

function printEntry(entry: CatalogEntry, owner: Plugin | undefined, { terminal, print }: Screen): void {
  const { width } = terminal;
  const section = (title: string, lines: readonly string[]): string[] => (lines.length > 0 ? ["", strong(title, terminal), ...lines] : []);
  const values = entry.parameters.map((each) => [each.name, [shownDefault(each.default, each.unit), range(each), each.doc].filter((part) => part !== "").join("; ")] as const);
  const options = entry.options.map((each) => [each.name, [shownDefault(each.default, "1"), each.values ? `one of ${each.values.join(", ")}` : "", each.doc].filter((part) => part !== "").join("; ")] as const);
  const states = entry.states.map((each) => [each.name, [`begins at ${shown(each.init)}${typeof each.init === "string" ? "" : unitText(each.unit)}`, each.doc].filter((part) => part !== "").join("; ")] as const);
  print(
    `${strong(entry.name, terminal)} (${entry.kind}${entry.kind === "connector" || entry.kind === "device" ? "" : ` of ${entry.where}s`})`,
    ...wrapped(entry.doc, width),
    ...wrapped(`Source: ${entry.source}`, width, "  "),
    ...(owner ? wrapped(`Plugin: ${owner.name} ${owner.version}`, width, "  ") : []),
    ...section("Behaviors", entry.members ? wrapped(`  ${entry.members.join(", ")}`, width, "  ") : []),
    ...section(entry.kind === "connector" ? "Arguments" : "Parameters", definitions(values, width)),
    ...section("Options", definitions(options, width)),
    ...section("Variables", definitions(states, width)),
    ...section("Equations", entry.equations.flatMap((text) => text.trim().split("\n").flatMap((line) => wrapped(`  ${line.trim()}`, width, "    ")))),
  );
} // prettier-ignore

const unitText = (unit: string): string => (unit === "" || unit === "1" ? "" : ` ${unit}`);
const shown = (value: unknown): string => (Array.isArray(value) ? `[${value.join(", ")}]` : String(value));
const shownDefault = (value: unknown, unit: string): string =>
  value === undefined || value === null ? "" : `${shown(value)}${unitText(unit)}`;

function range({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min !== undefined && max !== undefined) return `${limit(min)} to ${limit(max)}`;
  if (min !== undefined) return min === Number.MIN_VALUE ? "> 0" : `≥ ${limit(min)}`;
  return max === undefined ? "" : `≤ ${limit(max)}`;
}

const limit = (value: number): string => (value === Number.MIN_VALUE ? "above 0" : String(value)); // prettier-ignore
