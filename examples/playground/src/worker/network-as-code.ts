/** A network file as the TypeScript program that a person would write. */
import * as library from "neuroweave";
import type { BehaviorEntry, NetworkDocument, ProjectionEntry } from "../document.ts";
import { namesOf } from "./entries.ts";
import { capitalized, literal, reserved, variableOf } from "./literals.ts";

type Options = Readonly<Record<string, unknown>>;

/** The program. Everything in it is data that has been written out; nothing is taken as code. */
export function networkAsCode(file: NetworkDocument): string {
  const uses = new Set<string>(["createNetwork"]);
  const taken = new Set<string>([...reserved, ...Object.keys(library)]);
  const text = (value: unknown): string => literal(value, uses);
  const own = new Map(Object.keys(file.behaviors ?? {}).map((name) => [name, variableOf(capitalized(name), taken)]));
  const given = (options: Options): string => text(Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)));
  const isEmpty = (options: Options): boolean => Object.values(options).every((value) => value === undefined);

  const call = ({ use, as, changes = [], rename, bind, redeclare, named, values }: BehaviorEntry): string => {
    if (!own.has(use)) uses.add(use);
    const all = [...changes, ...Object.entries({ rename, bind, redeclare, named }).filter(([, change]) => change !== undefined).map(([how, change]) => ({ [how]: change }))];
    const changed = all.flatMap((each) => Object.entries(each)).map(([how, change]) => `.${how}(${text(change)})`);
    const options: Options = { ...values, name: as };
    return `${own.get(use) ?? use}${changed.join("")}(${isEmpty(options) ? "" : given(options)})`;
  };
  const list = (entries: readonly BehaviorEntry[], indent = ""): string =>
    `[\n${entries.map((entry) => `${indent}  ${call(entry)},`).join("\n")}\n${indent}]`;

  /** Switches and values that come after something was made. */
  const afterwards = (variable: string, { behaviors = [], set }: { readonly behaviors?: readonly BehaviorEntry[]; readonly set?: BehaviorEntry["values"] }): string[] => [
    ...behaviors.flatMap((entry) => (entry.enabled === false ? namesOf(file, entry) : (entry.disabled ?? [])).map((name) => `${variable}.disable(${text(name)});`)),
    ...(set === undefined ? [] : [`${variable}.set(${text(set)});`]),
  ];

  const definitions = Object.entries(file.behaviors ?? {}).map(([name, declaration]) => {
    uses.add("defineBehavior");
    const lines = Object.entries({ name, ...declaration })
      .filter(([, value]) => typeof value !== "object" || value === null || Object.keys(value).length > 0)
      .map(([key, value]) => `  ${key}: ${text(value)},`);
    return `const ${own.get(name)} = defineBehavior({\n${lines.join("\n")}\n});\n`;
  });
  const signals = (file.signals ?? []).map(({ name, behaviors = [], tau, baseline, init }) => {
    const options = given({ tau, baseline, init });
    return `net.signal(${text(name)}, ${behaviors.length === 0 ? options : `{ ...${options}, behaviors: ${list(behaviors)} }`});`;
  });
  const variables = new Map(file.populations.map(({ name }) => [name, variableOf(name, taken)]));
  const populations = file.populations.flatMap((population) => {
    const { name, n, behaviors, method, tags, keepSpikes, positions } = population;
    const options: Options = { method, tags, keepSpikes, positions };
    const variable = variables.get(name)!;
    const rest = isEmpty(options) ? "" : `, ${given(options)}`;
    return [`const ${variable} = net.population(${text(name)}, ${text(n)}, ${list(behaviors)}${rest});`, ...afterwards(variable, population)];
  });
  const end = (at: ProjectionEntry["source"]): string =>
    typeof at === "string" ? variables.get(at)! : `${variables.get(at.population)}.slice(${at.from}, ${at.to})`;
  const projections = (file.projections ?? []).flatMap((projection) => {
    const { name, source, target, connect, behaviors = [], enabled, disabled: _, set, ...rest } = projection;
    uses.add(connect.use);
    const { name: __, ...options } = { name, ...rest };
    const lines = [
      `source: ${end(source)}`,
      `target: ${end(target)}`,
      `connect: ${connect.use}(${(connect.arguments ?? []).map(text).join(", ")})`,
      ...Object.entries(options).map(([key, value]) => `${key}: ${text(value)}`),
      ...(behaviors.length > 0 ? [`behaviors: ${list(behaviors, "  ")}`] : []),
    ];
    const after = afterwards("", { behaviors, ...(set ? { set } : {}) });
    const made = `net.projection(${text(name)}, {\n  ${lines.join(",\n  ")},\n})`;
    if (after.length === 0 && enabled !== false) return [`${made};`];
    const variable = variableOf(name, taken);
    return [`const ${variable} = ${made};`, ...after.map((line) => `${variable}${line}`), ...(enabled === false ? [`${variable}.disable();`] : [])];
  });

  const { dt, seed, precision, learning } = file.network;
  const start = [`const net = createNetwork(${given({ dt, seed, precision })});`, ...(learning === false ? ["net.learning = false;"] : [])];
  const title = `// ${(file.name ?? "A network").replaceAll(/\s+/gu, " ")}`;
  const imports = `import { ${[...uses].sort().join(", ")} } from "neuroweave";\n`;
  const counts = [...variables].map(([name, variable]) => `console.log(${text(name)}, ${variable}.spikes().ids.length, "spikes");`);
  return [title, imports, ...definitions, ...start, ...signals, ...populations, ...projections, "", `await net.run(${file.run?.duration ?? 1000});`, ...counts, ""].join("\n");
} // prettier-ignore
