/** Runs programs one after the other, and tells the process that asked what each has printed and how it ended. */
import { format } from "node:util";
import { pathToFileURL } from "node:url";

/** How a program ended: what it printed, what it warned of, and the message of what it threw. */
export interface Ending {
  readonly file: string;
  readonly printed: string;
  readonly warned: string;
  readonly thrown?: string;
  readonly stack?: string;
}

let printed = "";
let warned = "";
const warn = (...values: unknown[]): void => void (warned += `${format(...values)}\n`);
Object.assign(console, {
  log: (...values: unknown[]) => void (printed += `${format(...values)}\n`),
  warn,
  error: warn,
});
process.on("warning", (warning) => (warned += `${warning.message}\n`));

for (const file of process.argv.slice(2)) {
  printed = warned = "";
  let thrown: { thrown: string; stack: string } | undefined;
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    thrown = { thrown: error instanceof Error ? error.message : String(error), stack: String((error as Error).stack) };
  }
  process.send?.({ file, printed, warned, ...thrown } satisfies Ending);
}
process.disconnect?.();
