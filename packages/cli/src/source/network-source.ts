/** A network file as an experiment in TypeScript that makes the same network. */
import { NeuroweaveError } from "@neuroweave/equations";
import {
  standardCatalog,
  type FileBehavior,
  type FilePopulation,
  type FileProjection,
  type FileSignal,
  type FileValue,
  type NetworkFile,
} from "neuroweave";
import { keywords } from "./keywords.ts";
import { PluginImports, type ImportablePlugin } from "./plugin-imports.ts";
import { printKey, printObject, printText, printValue, type Imports } from "./print-value.ts";

type FileDeclaration = NonNullable<NetworkFile["behaviors"]>[string];
type FileEnd = FileProjection["source"];

/** Behaviors of the file's own, by the names that it calls them. */
type OwnBehaviors = ReadonlyMap<string, { readonly constant: string; readonly declaration: FileDeclaration }>;

/**
 * The text of a file whose default export makes the network. It reads back as the same network file, save `$schema`, `name` and `doc`. Refuses
 * (`not-supported`) behaviors that have no name in TypeScript: parts of models, and those of whoever else reads the file.
 */
export function networkSource(file: NetworkFile, plugins: readonly ImportablePlugin[] = []): string {
  const imports: Imports = new Set(["createNetwork"]);
  const foreign = new PluginImports(plugins);
  const names = new Names(foreign.reserved());
  const own = new Map(
    Object.entries(file.behaviors ?? {}).map(([key, declaration]) => [
      key,
      { constant: names.take(pascal(key)), declaration },
    ]),
  );
  const writer = new Writer(imports, foreign, own, names);
  const statements = [
    ...(file.signals ?? []).map((each) => writer.signal(each)),
    ...file.populations.map((each) => writer.population(each)),
    ...(file.projections ?? []).map((each) => writer.projection(each)),
    ...writer.later,
    ...writer.values(),
    ...regionLines(file, writer),
    ...(file.network.learning === false ? ["net.learning = false;"] : []),
  ];
  const declarations = [...own].map(([key, { constant, declaration }]) =>
    declarationText(key, constant, declaration, imports),
  );
  const { learning: _learning, ...settings } = file.network;
  const title = [file.name, file.doc]
    .filter((part) => part !== undefined)
    .map((part) => part.replaceAll("*/", "* /").replaceAll("\n", "\n * "));
  return [
    ...(title.length > 0 ? [`/** ${title.join(": ")} */`] : []),
    `import { ${[...imports].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join(", ")}, type ExperimentFileOptions } from "neuroweave";`,
    ...foreign.lines(),
    "",
    ...declarations,
    "export default function experiment({ network }: ExperimentFileOptions) {",
    `  const net = createNetwork({ ${[objectBody(settings as Readonly<Record<string, FileValue>>, imports), ...foreign.setting(), "...network"].join(", ")} });`,
    ...withoutUnused(statements).map((line) => `  ${line}`),
    `  return { network: net${file.run === undefined ? "" : `, duration: ${file.run.duration}`} };`,
    "}",
    "",
  ].join("\n");
}

const pascal = (name: string): string => {
  const words = name
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join("");
  return /^\p{L}/u.test(words) ? words : `Behavior${words}`;
};

const objectBody = (values: Readonly<Record<string, FileValue>>, imports: Imports): string =>
  printObject(values, imports).slice(2, -2);

function declarationText(
  key: string,
  constant: string,
  { name = key, ...declaration }: FileDeclaration,
  imports: Imports,
): string {
  imports.add("defineBehavior");
  const fields = Object.entries(declaration).map(
    ([field, value]) => `  ${printKey(field)}: ${blockOf(value, imports)},\n`,
  );
  return `const ${constant} = defineBehavior({\n  name: ${printValue(name, imports)},\n${fields.join("")}});\n`;
}

/** Objects of objects, such as parameters, have a line for each. */
function blockOf(value: FileValue, imports: Imports): string {
  const nested = typeof value === "object" && value !== null && !Array.isArray(value) && !("distribution" in value);
  if (!nested || Object.keys(value).length === 0) return printValue(value, imports);
  const lines = Object.entries(value as Readonly<Record<string, FileValue>>).map(
    ([key, each]) => `    ${printKey(key)}: ${printValue(each, imports)},\n`,
  );
  return `{\n${lines.join("")}  }`;
}

/** Names of constants, each once. */
class Names {
  readonly #taken: Set<string>;

  constructor(reserved: readonly string[]) {
    this.#taken = new Set(["net", "network", "experiment", ...reserved]);
  }

  take(wished: string): string {
    let name = wished;
    for (let k = 2; this.#taken.has(name) || standardNames().has(name); k++) name = `${wished}${k}`;
    this.#taken.add(name);
    return name;
  }
}

let known: ReadonlySet<string> | undefined;

/** Names that `neuroweave` exports and a file may use. */
const standardNames = (): ReadonlySet<string> =>
  (known ??= new Set([
    ...Object.values(standardCatalog())
      .flat()
      .filter(({ kind }) => kind !== "device")
      .map(({ name }) => name),
    "createNetwork",
    "defineBehavior",
    "choice",
    "exponential",
    "lognormal",
    "lorentzian",
    "normal",
    "uniform",
  ]));

class Writer {
  /** Switches, which come when everything is there. */
  readonly later: string[] = [];
  readonly #imports: Imports;
  readonly #foreign: PluginImports;
  readonly #own: OwnBehaviors;
  readonly #names: Names;
  readonly #constants = new Map<string, string>();
  readonly #values: { readonly constant: string; readonly values: Readonly<Record<string, FileValue>> }[] = [];

  constructor(imports: Imports, foreign: PluginImports, own: OwnBehaviors, names: Names) {
    this.#imports = imports;
    this.#foreign = foreign;
    this.#own = own;
    this.#names = names;
  }

  signal({ name, behaviors, set, ...rest }: FileSignal): string {
    return this.#member(
      "signal",
      name,
      [this.#options({ ...rest } as Readonly<Record<string, FileValue>>, behaviors)],
      set,
    );
  }

  population({ name, n, behaviors, set, ...rest }: FilePopulation): string {
    const disabled = behaviors.flatMap((each) => this.#disabled(each));
    const options = { ...rest, ...(disabled.length > 0 ? { disabled } : {}) } as Readonly<Record<string, FileValue>>;
    return this.#member(
      "population",
      name,
      [
        printValue(n, this.#imports),
        this.#list(behaviors),
        ...(Object.keys(options).length > 0 ? [printObject(options, this.#imports)] : []),
      ],
      set,
    );
  }

  projection({ name, source, target, connect, behaviors, set, enabled, ...rest }: FileProjection): string {
    const connector = this.#factory(connect.use);
    const given = (connect.arguments ?? []).map((each) => printValue(each, this.#imports));
    const ends = [
      `source: ${this.#end(source)}`,
      `target: ${this.#end(target)}`,
      `connect: ${connector}(${given.join(", ")})`,
    ];
    const options = this.#options(rest as unknown as Readonly<Record<string, FileValue>>, behaviors)
      .slice(2, -2)
      .trim();
    const line = this.#member(
      "projection",
      name,
      [`{ ${[...ends, options].filter((part) => part !== "").join(", ")} }`],
      set,
    );
    if (enabled === false) this.later.push(`net.findProjection(${printText(name)}).disable();`);
    return line;
  }

  /** Values that were set; those of variables stand behind a reset, as in the file. */
  values(): string[] {
    if (this.#values.length === 0) return [];
    const sets = this.#values.map(({ constant, values }) => `${constant}.set(${printObject(values, this.#imports)});`);
    return [...sets, "net.reset();", ...sets];
  }

  /** The constant of a population or projection. */
  constantOf(name: string): string {
    return this.#constants.get(name) ?? `net.find(${printText(name)})`;
  }

  #member(
    kind: string,
    name: string,
    args: readonly string[],
    set: Readonly<Record<string, FileValue>> | undefined,
  ): string {
    const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
    const joined = words.map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join("");
    const constant = this.#names.take(/^\p{L}/u.test(joined) && !keywords.has(joined) ? joined : `${kind}${joined}`);
    this.#constants.set(name, constant);
    if (set) this.#values.push({ constant, values: set });
    return `const ${constant} = net.${kind}(${[printText(name), ...args].join(", ")});`;
  }

  #options(values: Readonly<Record<string, FileValue>>, behaviors: readonly FileBehavior[] | undefined): string {
    const disabled = [
      ...((values["disabled"] as readonly string[] | undefined) ?? []),
      ...(behaviors ?? []).flatMap((each) => this.#disabled(each)),
    ];
    const { disabled: _, ...rest } = values;
    const own = printObject({ ...rest, ...(disabled.length > 0 ? { disabled } : {}) }, this.#imports);
    const list = behaviors === undefined ? "" : `behaviors: ${this.#list(behaviors)}`;
    const parts = [own === "{}" ? "" : own.slice(2, -2), list].filter((part) => part !== "");
    return `{ ${parts.join(", ")} }`;
  }

  #end(end: FileEnd): string {
    return typeof end === "string"
      ? this.constantOf(end)
      : `${this.constantOf(end.population)}.slice(${end.from}, ${end.to})`;
  }

  #list(behaviors: readonly FileBehavior[]): string {
    const each = behaviors.map((entry) => this.#behavior(entry));
    return each.join(", ").length < 70 && each.length < 4
      ? `[${each.join(", ")}]`
      : `[\n    ${each.join(",\n    ")},\n  ]`;
  }

  #behavior({ use, as, rename, bind, redeclare, named, changes = [], values = {} }: FileBehavior): string {
    const inOrder = [{ rename }, { bind }, { redeclare }, { named }, ...changes]
      .flatMap((change) => Object.entries(change))
      .filter(([, value]) => value !== undefined);
    const changed = inOrder.map(([kind, value]) => `.${kind}(${printValue(value as FileValue, this.#imports)})`);
    const given = { ...(as === undefined ? {} : { name: as }), ...values };
    const call = Object.keys(given).length > 0 ? printObject(given, this.#imports) : "";
    return `${this.#factory(use)}${changed.join("")}(${call})`;
  }

  /** Names of instances that are switched off from the beginning. */
  #disabled({ use, as, named, enabled, disabled }: FileBehavior): readonly string[] {
    if (disabled) return disabled;
    const behavior = this.#own.get(use)?.declaration["name"];
    return enabled === false
      ? [as ?? named ?? (typeof behavior === "string" ? behavior : use[0]!.toLowerCase() + use.slice(1))]
      : [];
  }

  #factory(use: string): string {
    const own = this.#own.get(use);
    if (own) return own.constant;
    if (standardNames().has(use)) this.#imports.add(use);
    else if (!this.#foreign.use(use))
      throw new NeuroweaveError("not-supported", `${use} has no name in TypeScript`, {
        remedy: "Use behaviors that neuroweave or a plugin (--plugin NAME) exports, or declare it in the file.",
      });
    return use;
  }
}

/** Statements whose constant nobody reads are calls alone. */
function withoutUnused(statements: readonly string[]): string[] {
  return statements.map((line, at) => {
    const constant = /^const ([^ ]+) = /u.exec(line)?.[1];
    const isRead = (other: string): boolean =>
      constant !== undefined && other.split(/[^\p{L}\p{N}_$]+/u).includes(constant);
    return constant === undefined || statements.some((other, k) => k !== at && isRead(other))
      ? line
      : line.slice(line.indexOf("=") + 2);
  });
}

function regionLines({ regions = {} }: NetworkFile, writer: Writer): string[] {
  return Object.entries(regions).map(([name, { populations = [], projections = [] }]) => {
    const members = [...populations, ...projections].map((each) => writer.constantOf(each)).join(", ");
    return `net.region(${printText(name)})${members === "" ? "" : `.add(${members})`};`;
  });
} // prettier-ignore
