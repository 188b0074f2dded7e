/** Refusals of files that cannot be read. */
import { NeuroweaveError } from "@neuroweave/equations";

/** Bytes that a reader holds at most unless told otherwise: of the file, and of what it says. */
export const defaultMaxBytes = 2 ** 30;

/** What reading a file may take. */
export interface ReadOptions {
  /** Bytes that the columns may take; the default is 1 GiB. What a file says of itself is checked against it before anything is allocated. */
  readonly maxBytes?: number;
}

export function unreadable(what: string, why: string, remedy: string, cause?: unknown): NeuroweaveError {
  return new NeuroweaveError("unreadable-file", `${what}: ${why}`, { remedy }, cause === undefined ? {} : { cause });
}

export function tooLarge(what: string, bytes: number, maxBytes: number): NeuroweaveError {
  return unreadable(
    what,
    `it would take ${bytes} bytes, and ${maxBytes} are accepted`,
    "Raise maxBytes if you trust the file.",
  );
}

/** What `read` gives; what libraries throw becomes a refusal with the same reason, ours stay as they are. */
export async function readingOf<T>(what: string, remedy: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof NeuroweaveError) throw cause;
    const reason = (cause instanceof Error ? cause.message : String(cause)).split("\n", 1)[0]!;
    throw unreadable(what, reason, remedy, cause);
  }
}
