/**
 * How modules are found for experiment files and plugins, behind the hooks of tsx: on the thread of the program where Node has hooks there, as
 * tsx does, and on Node's loader thread.
 *
 * A file that does not use `require` or `exports` is a module, whatever the package.json above it says or whether there is one.
 * Where `neuroweave` is not installed beside the file, the copy that belongs to the command is taken.
 * A package that is named on the command line is found as an import from the present folder finds it.
 */
import { readFileSync } from "node:fs";

let home = import.meta.url;

export function initialize({ home: url }) {
  home = url;
}

export async function resolve(specifier, context, next) {
  const { name, from } = asked(specifier, context);
  try {
    return asModule(await next(name, from));
  } catch (error) {
    return asModule(await next(name, atHome(error, name, from)));
  }
}

export function resolveSync(specifier, context, next) {
  const { name, from } = asked(specifier, context);
  try {
    return asModule(next(name, from));
  } catch (error) {
    return asModule(next(name, atHome(error, name, from)));
  }
}

function asModule(found) {
  // tsx marks what it takes for CommonJS behind the path, also when it is imported by a module.
  const url = found.url.replace(/(?:\?|%3F)tsx-commonjs-.*$/u, "");
  if (found.format !== "commonjs" || !/^file:.*\.[jt]s(?:\?|$)/u.test(url) || url.includes("/node_modules/"))
    return found;
  const text = readFileSync(new URL(url), "utf8");
  return /\brequire\s*\(|\bexports\b/u.test(text) ? found : { ...found, url, format: "module" };
}

/** A package that the command line names: the name, and the folder that it is imported from. */
const named = "neuroweave-import:";

function asked(specifier, context) {
  if (!specifier.startsWith(named)) return { name: specifier, from: context };
  const [name, parentURL] = JSON.parse(specifier.slice(named.length));
  return { name, from: { ...context, parentURL } };
}

/** Where to look once more for what was not found; throws the error where there is no second place. */
function atHome(error, specifier, context) {
  if (error.code !== "ERR_MODULE_NOT_FOUND" || !/^(?:neuroweave$|@neuroweave\/)/u.test(specifier)) throw error;
  return { ...context, parentURL: home };
}
