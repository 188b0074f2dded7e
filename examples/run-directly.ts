import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Whether a module (its `import.meta.url`) is the script that was started, and not imported by another one. */
export function isRunDirectly(moduleUrl: string): boolean {
  const script = process.argv[1];
  return script !== undefined && realpathSync(script) === realpathSync(fileURLToPath(moduleUrl));
}
