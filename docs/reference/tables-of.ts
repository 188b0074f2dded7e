/** What a behavior or model declares, as Markdown. */
import type { BehaviorDefinition, Declaration, ModelDefinition } from "neuroweave";
import { phaseLabel } from "neuroweave";

type Definition = BehaviorDefinition | ModelDefinition;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

/** A value as one would write it; distributions as calls. */
function shown(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { distribution, arguments: values } = value as {
    readonly distribution?: string;
    readonly arguments?: readonly unknown[];
  };
  return distribution === undefined ? JSON.stringify(value) : `${distribution}(${(values ?? []).join(", ")})`;
}

/** Times that divide something are declared as at least this. */
const positive = 1e-6;

function range(min?: number, max?: number): string {
  if (min === undefined && max === undefined) return "";
  if (max === undefined) return min === positive ? "> 0" : `≥ ${min}`;
  return min === undefined ? `≤ ${max}` : `${min} to ${max}`;
}

/** The equations as they were written, without the indentation of the source. */
function texts(declaration: Declaration): string {
  const blocks = [
    ["in every step", declaration.equations],
    ["at a spike", declaration.onSpike],
    ["at an arrival", declaration.onArrival],
    ["at a presynaptic spike", declaration.onPre],
    ["at a postsynaptic spike", declaration.onPost],
  ] as const;
  return blocks
    .flatMap(([when, sources]) => sources.map(({ text }) => [when, text] as const))
    .map(([when, text]) => {
      const lines = text.split("\n").filter((line) => line.trim() !== "");
      const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length));
      const body = lines.map((line) => line.slice(indent)).join("\n");
      return `${when[0]!.toUpperCase()}${when.slice(1)}:\n\n\`\`\`text\n${body}\n\`\`\`\n`;
    })
    .join("\n");
}

function ofDeclaration(declaration: Declaration, defaults: Readonly<Record<string, unknown>>): string {
  const inputs = [...declaration.inputs].map(([name, input]) => [
    `\`${name}\``,
    shown(defaults[name] ?? ("default" in input ? input.default : 0)),
    input.unit ?? "",
    "",
    input.doc ?? "",
  ]);
  const parameters = [...declaration.parameters].map(([name, { default: value, unit, min, max, doc }]) => [
    `\`${name}\``,
    shown(defaults[name] ?? value),
    unit ?? "",
    range(min, max),
    doc ?? "",
  ]);
  const states = [...declaration.states].map(([name, { init, unit, doc }]) => [
    `\`${name}\``,
    shown(init),
    unit ?? "",
    doc ?? "",
  ]);
  return [
    table(["parameter", "default", "unit", "range", "meaning"], [...parameters, ...inputs]),
    states.length === 0 ? "" : `Variables:\n\n${table(["variable", "begins at", "unit", "meaning"], states)}`,
    texts(declaration),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

/** Parameters, variables and equations of a definition, with its source; refuses anything else. */
export function tablesOf(definition: unknown): string {
  const { kind } = (definition ?? {}) as { readonly kind?: unknown };
  if (kind !== "definition" && kind !== "model definition")
    throw new Error("this is not a behavior or a model that neuroweave exports");
  const defined = definition as Definition;
  if (defined.kind === "definition") {
    const declaration = defined.describe();
    const place = `Priority: ${phaseLabel(declaration.priority)} (${declaration.priority}).`;
    const options = defined.optionNames.filter((name) => !declaration.parameters.has(name));
    const chosen = options.length === 0 ? "" : `Options: ${options.map((name) => `\`${name}\``).join(", ")}.`;
    return [place, chosen, ofDeclaration(declaration, {}), `Source: ${declaration.source}`]
      .filter((part) => part !== "")
      .join("\n\n");
  }
  const { members, options } = defined;
  const parts = members.map((member) => {
    const declaration = member.kind === "definition" ? member.describe() : member.declaration;
    return `**${declaration.behavior}**: ${declaration.doc}\n\n${ofDeclaration(declaration, options.defaults ?? {})}`;
  });
  const method = options.method === undefined ? "" : `Method: \`${options.method}\`.`;
  return [method, ...parts, options.source === undefined ? "" : `Source: ${options.source}`]
    .filter((part) => part !== "")
    .join("\n\n");
}
