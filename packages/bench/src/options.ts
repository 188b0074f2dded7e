/** The command line. */
import { parseArgs } from "node:util";
import { nearest, NeuroweaveError } from "@neuroweave/equations";

/** Names of the sections, in the order in which they run. */
export const sectionNames = [
  "large",
  "small",
  "composed",
  "networks",
  "brunel",
  "memory",
  "linear",
  "silence",
  "learning",
  "build",
  "cold",
  "devices",
  "sizes",
] as const;

export type SectionName = (typeof sectionNames)[number];

export interface Options {
  /** Fewer and shorter turns, for a first look. */
  readonly quick: boolean;
  /** Sections to run. */
  readonly only: readonly SectionName[];
  /** Other simulators take part where sections have them. */
  readonly peers: boolean;
  readonly json: string | undefined;
  readonly markdown: string | undefined;
  /** The folder for figures. */
  readonly plots: string | undefined;
  readonly help: boolean;
}

const known = {
  only: { type: "string", multiple: true, value: "NAME", doc: `one of ${sectionNames.join(", ")}; may be repeated` },
  json: { type: "string", value: "FILE", doc: "everything that was measured, as JSON" },
  markdown: { type: "string", value: "FILE", doc: "the tables, as Markdown" },
  plots: { type: "string", value: "DIR", doc: "figures of cost against size, as SVG (section sizes)" },
  peers: { type: "boolean", value: "", doc: "with other simulators, installed when first needed (devices, sizes)" },
  quick: { type: "boolean", value: "", doc: "fewer and shorter turns, for a first look" },
  help: { type: "boolean", value: "", doc: "this text" },
} as const;

const optionNames = Object.keys(known);

/** Explanation of the options. */
export const usage = [
  "Measures what a step costs, against plain JavaScript, C by hand and other simulators in the same run.",
  "",
  ...Object.entries(known).map(([name, { value, doc }]) => `  ${`--${name} ${value}`.padEnd(18)}${doc}`),
].join("\n");

const refuse = (message: string, remedy: string): NeuroweaveError =>
  new NeuroweaveError("invalid-value", message, { remedy });

/** Reads the arguments after the script; refuses what it does not know, with the nearest that it does. */
export function readOptions(args: readonly string[]): Options {
  // Package managers hand on the `--` that separates their own options.
  const given = args[0] === "--" ? args.slice(1) : args;
  const { tokens } = parseArgs({ args: [...given], options: known, strict: false, tokens: true });
  const texts = new Map<string, string>();
  const switches = new Set<string>();
  const only = new Set<SectionName>();
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") throw refuse(`${token.value} is not an option`, `The options are ${listed()}.`);
    const { name, rawName, value } = token;
    if (!Object.hasOwn(known, name)) throw unknownOption(rawName, name);
    if (known[name as keyof typeof known].type === "boolean") {
      if (value !== undefined) throw refuse(`${rawName} takes no value`, `Write ${rawName} alone.`);
      switches.add(name);
    } else if (value === undefined || value === "" || value.startsWith("--")) {
      throw refuse(`${rawName} needs a value`, `Write ${rawName} ${known[name as keyof typeof known].value}.`);
    } else if (name === "only") only.add(sectionNamed(value));
    else texts.set(name, value);
  }
  return {
    quick: switches.has("quick"),
    peers: switches.has("peers"),
    only: only.size === 0 ? sectionNames : sectionNames.filter((name) => only.has(name)),
    json: texts.get("json"),
    markdown: texts.get("markdown"),
    plots: texts.get("plots"),
    help: switches.has("help"),
  };
}

const listed = (): string => optionNames.map((name) => `--${name}`).join(", ");

function unknownOption(rawName: string, name: string): NeuroweaveError {
  return new NeuroweaveError("unknown-name", `there is no option ${rawName}`, {
    candidates: nearest(name, optionNames).map((each) => `--${each}`),
    remedy: `The options are ${listed()}.`,
  });
}

function sectionNamed(value: string): SectionName {
  const found = sectionNames.find((name) => name === value);
  if (found !== undefined) return found;
  throw new NeuroweaveError("unknown-name", `there is no section ${value}`, {
    candidates: nearest(value, sectionNames),
    remedy: `The sections are ${sectionNames.join(", ")}.`,
  });
}
