/** Snapshots that a network takes of itself while it runs. */
import { checkOptions, checkWhole, refusal } from "@neuroweave/equations";
import { checkpointFolder } from "./folder.ts";
import type { CheckpointStore } from "./store.ts";

/** How a network takes snapshots while it runs. */
export interface CheckpointOptions {
  /** Interval in ms, a whole number of steps ≥ 1: a snapshot is taken at the step borders t ≡ 0 (mod every) that a run comes to. */
  readonly every: number;
  /** Number of snapshots that a folder keeps, the latest, ≥ 1; 2 unless given. A store of one's own decides by itself. */
  readonly keep?: number;
  /** A folder, made where it is missing (in Node); or a store of one's own. */
  readonly to: string | CheckpointStore;
}

/** Refuses options that make no sense, before anything is done. */
export function checkCheckpoints(options: CheckpointOptions): void {
  const call = "checkpoint";
  checkOptions(call, options, ["every", "keep", "to"]);
  const { to, keep } = options;
  const isStore = typeof (to as Partial<CheckpointStore> | null | undefined)?.write === "function";
  if (!isStore && (typeof to !== "string" || to === ""))
    throw refusal(
      "invalid-value",
      `${call}: to is ${JSON.stringify(to) ?? String(to)}`,
      "Name a folder, or give a store: { async write(step, pieces) { … } }.",
    );
  if (keep === undefined) return;
  checkWhole(`${call}: keep`, keep, 1);
  if (isStore) throw refusal("invalid-value", `${call}: keep is for folders`, "Let the store decide what it keeps.");
}

/** Hands snapshots to the store that is meant, which is made when the first is due; gives the bytes of each. */
export function checkpointWriter({ to, keep }: CheckpointOptions) {
  let store: CheckpointStore | undefined = typeof to === "string" ? undefined : to;
  return async (step: number, pieces: Iterable<Uint8Array>): Promise<number> => {
    store ??= await checkpointFolder(to as string, keep === undefined ? {} : { keep });
    let bytes = 0;
    const counted = function* (): Generator<Uint8Array, void, undefined> {
      for (const piece of pieces) {
        bytes += piece.length;
        yield piece;
      }
    };
    await store.write(step, counted());
    return bytes;
  };
}
