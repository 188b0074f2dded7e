/** Refusals that only experiments need. Those that all packages share are in `@neuroweave/equations`. */
import { NeuroweaveError, refusal } from "@neuroweave/equations";

/** A function, or nothing where the option may be left out. */
export function checkFunction(what: string, value: unknown, required: boolean): void {
  if (typeof value === "function" || (value === undefined && !required)) return;
  throw refusal("invalid-value", `${what} is ${String(value)}`, "Give a function.");
}

/** What was thrown, as text: an error that has a place says its summary without it. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof NeuroweaveError) return cause.summary;
  return cause instanceof Error ? cause.message : String(cause);
}
