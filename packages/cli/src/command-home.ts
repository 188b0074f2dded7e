/** Where this package lies, as sources or as built. Both `src` and `dist` are one folder below it. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Absolute path of the folder of this package. */
export const commandHome = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/u, "");

/** Version of this package. */
export const commandVersion = (): string =>
  (JSON.parse(readFileSync(`${commandHome}/package.json`, "utf8")) as { readonly version: string }).version;
