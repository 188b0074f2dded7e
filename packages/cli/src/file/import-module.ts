/** Modules that the person has named: TypeScript or JavaScript. */
import * as nodeModule from "node:module";
import { register } from "node:module";
import { pathToFileURL } from "node:url";
import type { ErrorCode } from "@neuroweave/equations";
import { NeuroweaveError } from "@neuroweave/equations";
import { register as registerTypeScript } from "tsx/esm/api";
import { commandHome } from "../command-home.ts";

/** What a module exports, by name. */
export type Exports = Readonly<Record<string, unknown>>;

let registered = false;

/** Imports a module of an absolute path. Refuses, with the given code, what cannot be read as TypeScript; what the module throws is thrown. */
export async function importFile(path: string, shown: string, code: ErrorCode): Promise<Exports> {
  return await imported(pathToFileURL(path).href, shown, code);
}

/** Imports a package by its name, as Node does for an import from a folder. */
export async function importPackage(name: string, folder: string, code: ErrorCode): Promise<Exports> {
  // The hooks of module-hooks.mjs know this form.
  return await imported(`neuroweave-import:${JSON.stringify([name, pathToFileURL(`${folder}/`).href])}`, name, code);
}

/** Newer versions of Node have hooks on the thread of the program, which go first. */
type HooksOfProgram = (hooks: { readonly resolve: unknown }) => void;

async function registerHere(): Promise<void> {
  const address = pathToFileURL(`${commandHome}/bin/module-hooks.mjs`);
  const data = { home: pathToFileURL(`${commandHome}/package.json`).href };
  register(address, { data });
  const { registerHooks } = nodeModule as { readonly registerHooks?: HooksOfProgram };
  if (!registerHooks) return;
  const hooks = (await import(address.href)) as { initialize(given: object): void; readonly resolveSync: unknown };
  hooks.initialize(data);
  registerHooks({ resolve: hooks.resolveSync });
}

async function imported(address: string, shown: string, code: ErrorCode): Promise<Exports> {
  if (!registered) {
    registered = true;
    registerTypeScript();
    await registerHere();
  }
  try {
    return (await import(address)) as Exports;
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== "TransformError") throw cause;
    throw new NeuroweaveError(code, `${shown} cannot be read as TypeScript: ${cause.message.split("\n").slice(1).join("; ") || cause.message}`, { remedy: "Correct it there." }, { cause }); // prettier-ignore
  }
}
