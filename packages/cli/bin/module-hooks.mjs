/**
 * How modules are found for experiment files; runs on Node's loader thread, behind the hooks of tsx.
 *
 * A file that does not use `require` or `exports` is a module, whatever the package.json above it says or whether there is one.
 * Where `neuroweave` is not installed beside the file, the copy that belongs to the command is taken.
 */
import { readFile } from "node:fs/promises";

let home = import.meta.url;

export function initialize({ home: url }) {
  home = url;
}

export async function resolve(specifier, context, next) {
  const found = await resolved(specifier, context, next);
  if (
    found.format !== "commonjs" ||
    !/^file:.*\.[jt]s(?:\?|$)/u.test(found.url) ||
    found.url.includes("/node_modules/")
  )
    return found;
  const text = await readFile(new URL(found.url), "utf8");
  return /\brequire\s*\(|\bexports\b/u.test(text) ? found : { ...found, format: "module" };
}

async function resolved(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND" || !/^(?:neuroweave$|@neuroweave\/)/u.test(specifier)) throw error;
    return await next(specifier, { ...context, parentURL: home });
  }
}
