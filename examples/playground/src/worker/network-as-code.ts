/** A network file as the TypeScript program that a person would write. */
import type { BehaviorEntry, Json, NetworkDocument } from "../document.ts";

const isName = (key: string): boolean => /^[A-Za-z_$][\w$]*$/u.test(key);

/** JSON as TypeScript, with distributions as calls. */
function literal(value: unknown, uses: Set<string>): string {
  if (value === "Infinity" || value === "-Infinity") return String(value);
  if (typeof value === "string") return value.includes("\n") ? `\`${value.replaceAll(/[`\\$]/gu, "\\$&")}\`` : JSON.stringify(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => literal(each, uses)).join(", ")}]`;
  if ("distribution" in value) {
    const { distribution, arguments: list } = value as unknown as { distribution: string; arguments: readonly Json[] };
    uses.add(distribution);
    return `${distribution}(${list.map((each) => literal(each, uses)).join(", ")})`;
  }
  const fields = Object.entries(value).map(([key, each]) => `${isName(key) ? key : JSON.stringify(key)}: ${literal(each, uses)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
} // prettier-ignore

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A name for a variable, made of any text. */
function variableOf(name: string, taken: Set<string>): string {
  const words = name.split(/[^A-Za-z0-9]+/u).filter(Boolean);
  const plain = words.map((word, k) => (k === 0 ? word : capitalized(word))).join("") || "cells";
  const start = /^\d/u.test(plain) ? `p${plain}` : plain;
  let free = start;
  for (let k = 2; taken.has(free); k++) free = `${start}${k}`;
  taken.add(free);
  return free;
}

/** The program. Everything in it is data that has been written out; nothing is taken as code. */
export function networkAsCode(file: NetworkDocument): string {
  const uses = new Set<string>(["createNetwork"]);
  const taken = new Set<string>(["net", "createNetwork"]);
  const own = new Map(Object.keys(file.behaviors ?? {}).map((name) => [name, variableOf(capitalized(name), taken)]));
  const definitions = Object.entries(file.behaviors ?? {}).map(([name, text]) => {
    uses.add("defineBehavior");
    const lines = Object.entries({ name, ...text })
      .filter(([, value]) => typeof value !== "object" || value === null || Object.keys(value).length > 0)
      .map(([key, value]) => `  ${key}: ${literal(value, uses)},`);
    return `const ${own.get(name)} = defineBehavior({\n${lines.join("\n")}\n});\n`;
  });

  const call = ({ use, as, rename, bind, redeclare, values }: BehaviorEntry): string => {
    if (!own.has(use)) uses.add(use);
    const changes = Object.entries({ rename, redeclare, bind })
      .filter(([, change]) => change !== undefined)
      .map(([how, change]) => `.${how}(${literal(change, uses)})`);
    const given = { ...values, ...(as === undefined ? {} : { name: as }) };
    return `${own.get(use) ?? use}${changes.join("")}(${Object.keys(given).length > 0 ? literal(given, uses) : ""})`;
  };
  const list = (entries: readonly BehaviorEntry[]): string =>
    `[\n${entries.map((entry) => `  ${call(entry)},`).join("\n")}\n]`;

  const variables = new Map(file.populations.map(({ name }) => [name, variableOf(name, taken)]));
  const populations = file.populations.flatMap(({ name, n, method, behaviors }) => {
    const options = method === undefined ? "" : `, { method: ${JSON.stringify(method)} }`;
    const made = `const ${variables.get(name)} = net.population(${JSON.stringify(name)}, ${n}, ${list(behaviors)}${options});`;
    const off = behaviors.filter(({ enabled }) => enabled === false);
    return [made, ...off.map(({ use, as }) => `${variables.get(name)}.disable(${JSON.stringify(as ?? use)});`)];
  });
  const projections = (file.projections ?? []).map(({ name, source, target, connect, behaviors = [], receptor, weight, delay, enabled }) => {
    uses.add(connect.use);
    const rule = `${connect.use}(${(connect.arguments ?? []).map((each) => literal(each, uses)).join(", ")})`;
    const rest = Object.entries({ receptor, weight, delay }).filter(([, value]) => value !== undefined);
    const lines = [
      `source: ${variables.get(source)}`,
      `target: ${variables.get(target)}`,
      `connect: ${rule}`,
      ...rest.map(([key, value]) => `${key}: ${literal(value, uses)}`),
      ...(behaviors.length > 0 ? [`behaviors: ${list(behaviors).replaceAll("\n", "\n  ")}`] : []),
    ];
    return `net.projection(${JSON.stringify(name)}, {\n  ${lines.join(",\n  ")},\n})${enabled === false ? ".disable()" : ""};`;
  });

  const { dt, seed } = file.network;
  const start = `const net = createNetwork({ dt: ${dt}${seed === undefined ? "" : `, seed: ${literal(seed, uses)}`} });`;
  const measured = [...variables].map(([name, variable]) => `console.log(${JSON.stringify(name)}, ${variable}.spikes().ids.length, "spikes");`);
  const imports = `import { ${[...uses].sort().join(", ")} } from "neuroweave";\n`;
  const title = `// ${(file.name ?? "A network").replaceAll(/\s+/gu, " ")}`;
  return [title, imports, ...definitions, start, ...populations, ...projections, `await net.run(${file.run?.duration ?? 1000});`, ...measured, ""].join("\n");
} // prettier-ignore
