/**
 * How modules are found for experiment files and plugins; runs on Node's loader thread, behind the hooks of tsx.
 *
 * A file that does not use `require` or `exports` is a module, whatever the package.json above it says or whether there is one.
 * Where `neuroweave` is not installed beside the file, the copy that belongs to the command is taken.
 * A package that is named on the command line is found as an import from the present folder finds it.
 */
import { readFile } from "node:fs/promises";

let home = import.meta.url;

export function initialize({ home: url }) {
  home = url;
}

export async function resolve(specifier, context, next) {
  const found = await resolved(specifier, context, next);
  // tsx marks what it takes for CommonJS behind the path, also when it is imported by a module.
  const url = found.url.replace(/(?:\?|%3F)tsx-commonjs-.*$/u, "");
  if (found.format !== "commonjs" || !/^file:.*\.[jt]s(?:\?|$)/u.test(url) || url.includes("/node_modules/"))
    return found;
  const text = await readFile(new URL(url), "utf8");
  return /\brequire\s*\(|\bexports\b/u.test(text) ? found : { ...found, url, format: "module" };
}

/** A package that the command line names: the name, and the folder that it is imported from. */
const named = "neuroweave-import:";

async function resolved(specifier, context, next) {
  if (specifier.startsWith(named)) {
    const [name, parentURL] = JSON.parse(specifier.slice(named.length));
    return await resolved(name, { ...context, parentURL }, next);
  }
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND" || !/^(?:neuroweave$|@neuroweave\/)/u.test(specifier)) throw error;
    return await next(specifier, { ...context, parentURL: home });
  }
}
