/** Notes the code of every `NeuroweaveError` that is made in this process while a file of tests runs. */
import { NeuroweaveError } from "@neuroweave/equations";

const codes = new Set<string>();
let latest: NeuroweaveError | undefined;

/** An error gets its code after `Error` has been constructed: the code is looked at when the next one is made. */
function noteLatest(): void {
  if (latest?.code !== undefined) codes.add(latest.code);
  latest = undefined;
}

/** `super()` constructs whatever the prototype of the class is when it is called: here `Error`, with a look at what came out. */
class NotedError extends Error {
  constructor(message?: string, options?: ErrorOptions) {
    super(message, options);
    noteLatest();
    latest = this as unknown as NeuroweaveError;
  }
}
Object.setPrototypeOf(NeuroweaveError, NotedError);

/** The codes so far, sorted. */
export function raisedCodes(): string[] {
  noteLatest();
  return [...codes].sort();
}
