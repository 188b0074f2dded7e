/** `--plugin`: packages and modules that the person names, and nobody else, bring plugins. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { nearest, NeuroweaveError, type ErrorCode, type ErrorPlace } from "@neuroweave/equations";
import { createNetwork, definePlugin, type Plugin } from "neuroweave";
import { exitCodes } from "../exit-codes.ts";
import { Failure, reasonOf, usageFailure } from "../failure.ts";
import { requireFile } from "./found-file.ts";
import { importFile, importPackage, type Exports } from "./import-module.ts";

/** A plugin that was named on the command line. */
export interface NamedPlugin {
  /** As it was typed. */
  readonly given: string;
  /** Absolute path of its module; null for a package, which has a name. */
  readonly path: string | null;
  readonly plugin: Plugin;
  /** Names that its module exports. */
  readonly exports: ReadonlySet<string>;
}

const endings = [".ts", ".mts", ".js", ".mjs"];

/**
 * Imports what `--plugin` names, in this order: packages, as an import from the present folder finds them, and modules by their paths. Refuses
 * (exit code 2) what is not there, throws, exports no `plugin`, was made for other versions, or does not go together.
 */
export async function loadPlugins(names: readonly string[]): Promise<NamedPlugin[]> {
  const loaded: NamedPlugin[] = [];
  for (const given of names) {
    const path = isPath(given) ? modulePath(given) : null;
    const exports = await importPlugin(given, path);
    const plugin = pluginOf(given, exports);
    const twin = loaded.find((each) => each.plugin.name === plugin.name);
    if (twin)
      throw usageFailure("duplicate-name", `--plugin ${twin.given} and --plugin ${given} are both plugin ${plugin.name}`, { remedy: "Name one of them, once." }); // prettier-ignore
    loaded.push({ given, path, plugin, exports: new Set(Object.keys(exports)) });
  }
  if (loaded.length > 0)
    asUsage("--plugin", () => void createNetwork({ dt: 1, plugins: loaded.map(({ plugin }) => plugin) }));
  return loaded;
}

/** Name and version, for the manifest of results. */
export const identityOf = ({ plugin: { name, version } }: NamedPlugin) => ({ name, version });

const isPath = (given: string): boolean => /^(?:\.{1,2}(?:[\\/]|$)|[\\/]|[A-Za-z]:[\\/])/u.test(given);

function modulePath(given: string): string {
  const path = requireFile(given);
  if (endings.includes(extname(path))) return path;
  throw noPlugin(`--plugin ${given} is no module`, { remedy: `Give a file that ends with ${endings.join(", ")}.` });
}

async function importPlugin(given: string, path: string | null): Promise<Exports> {
  if (path === null && !isPackage(given))
    throw noPlugin(`--plugin ${given} is neither the name of a package nor a path`, {
      remedy: "Give the name of an installed package, or a path that begins with ./, ../ or /.",
    });
  try {
    if (path !== null) return await importFile(path, given, "no-plugin");
    return await importPackage(given, process.cwd(), "no-plugin");
  } catch (cause) {
    const isMissing = (cause as { readonly code?: unknown } | null)?.code === "ERR_MODULE_NOT_FOUND";
    if (path === null && isMissing && !isInstalled(given)) throw notInstalled(given);
    throw asFailure(`--plugin ${given}`, cause);
  }
}

/** What can be the name of a package, with a path in it or without: no address such as data:… or https://…. */
const isPackage = (given: string): boolean => /^(?:@[\w.~-]+\/)?[\w~-][\w.~-]*(?:\/[^\\]*)?$/u.test(given);

/** Folders of packages that an import from here looks into, nearest first. */
function packageFolders(): string[] {
  const folders: string[] = [];
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    folders.push(join(folder, "node_modules"));
    if (dirname(folder) === folder) return folders.filter((each) => existsSync(each));
  }
}

const packageOf = (given: string): string => given.split("/").slice(0, given.startsWith("@") ? 2 : 1).join("/"); // prettier-ignore

const isInstalled = (given: string): boolean =>
  packageFolders().some((folder) => existsSync(join(folder, packageOf(given))));

function notInstalled(given: string): Failure {
  const beside = existsSync(resolve(given)) ? [`./${given}`] : [];
  const scopes = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(folder, name)).map((each) => `${name}/${each}`) : [name],
    );
  const candidates = [...beside, ...nearest(packageOf(given), packageFolders().flatMap(scopes))];
  return noPlugin(`--plugin ${given}: there is no such package in ${process.cwd()} or above it`, {
    candidates,
    remedy:
      candidates.length > 0
        ? `Did you mean ${candidates.join(" or ")}?`
        : `Install it with npm install ${packageOf(given)}, or give a path that begins with ./, ../ or /.`,
  });
}

function pluginOf(given: string, exports: Exports): Plugin {
  const value = exports["plugin"];
  if (isPlugin(value)) {
    const { name, version, neuroweave } = value;
    // Another copy of Neuroweave has checked it against the version of that copy.
    asUsage(`--plugin ${given}`, () => void definePlugin({ name, version, neuroweave }));
    return value;
  }
  const other = Object.keys(exports).find((name) => isPlugin(exports[name]));
  const what = value === undefined ? "exports no `plugin`" : "exports a `plugin` that definePlugin has not made";
  throw noPlugin(`--plugin ${given} ${what}`, {
    candidates: other === undefined ? nearest("plugin", Object.keys(exports)) : [other],
    remedy:
      other === undefined
        ? "Let it say export const plugin = definePlugin({ … })."
        : `It exports one as ${other}: export it as \`plugin\`.`,
  });
}

const isPlugin = (value: unknown): value is Plugin =>
  typeof value === "object" && value !== null && (value as { readonly kind?: unknown }).kind === "plugin";

const noPlugin = (what: string, place: ErrorPlace): Failure => usageFailure("no-plugin", what, place);

function asUsage(shown: string, action: () => void): void {
  try {
    action();
  } catch (cause) {
    throw asFailure(shown, cause);
  }
}

/** What a plugin has thrown, with the words that named it. Errors of another copy of Neuroweave keep their code and cure, too. */
function asFailure(shown: string, cause: unknown): Failure {
  const isTold = cause instanceof Error && cause.name === "NeuroweaveError";
  const { code, summary, remedy, candidates } = (isTold ? cause : {}) as Partial<NeuroweaveError>;
  const place = { ...(remedy === undefined ? {} : { remedy }), ...(candidates === undefined ? {} : { candidates }) };
  const error = isTold
    ? new NeuroweaveError(code as ErrorCode, `${shown}: ${summary}`, place, { cause })
    : new NeuroweaveError("no-plugin", `${shown} cannot be loaded: ${reasonOf(cause)}`, { remedy: "Correct it there, or leave it out." }, { cause }); // prettier-ignore
  return new Failure(exitCodes.usage, error);
}
