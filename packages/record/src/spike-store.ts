/** The spikes of one population. */
import { NeuroweaveError, type SpikeRecord } from "@neuroweave/model";
import { GrowingColumn } from "./growing-column.ts";

/**
 * An empty record of spikes, as steps and neurons in the order of both. With `keep` it holds the last so many spikes.
 * While paused, what is appended is dropped. `read` copies, so what it gives is the reader's.
 */
export function createSpikeRecord({ keep = Infinity }: { readonly keep: number | undefined }): SpikeRecord {
  if (!(keep >= 0))
    throw new NeuroweaveError("out-of-range", `a record cannot keep ${String(keep)} spikes`, {
      remedy: "Give a number ≥ 0, or leave it out to keep all.",
    });
  const steps = new GrowingColumn((length) => new Float64Array(length));
  const ids = new GrowingColumn((length) => new Uint32Array(length));
  const trim = (): void => {
    const excess = ids.length - keep;
    if (excess <= 0) return;
    steps.dropFirst(excess);
    ids.dropFirst(excess);
  };
  const clear = (): void => {
    steps.clear();
    ids.clear();
  };

  return {
    paused: false,
    append(firstStep, ends, more) {
      if (this.paused || more.length === 0) return;
      ids.append(more);
      let from = 0;
      for (const [j, end] of ends.entries()) {
        for (let count = end - from; count > 0; count--) steps.push(firstStep + j);
        from = end;
      }
      if (steps.length !== ids.length)
        throw new NeuroweaveError("internal", `${more.length} spikes, and the last step ends at ${from}`);
      trim();
    },
    read(dt) {
      const all = steps.view().slice();
      return { times: all.map((step) => step * dt), steps: all, ids: ids.view().slice() };
    },
    clear,
    load(savedSteps, savedIds) {
      if (savedSteps.length !== savedIds.length)
        throw new NeuroweaveError("snapshot", `${savedSteps.length} steps cannot belong to ${savedIds.length} spikes`, {
          remedy: "Load steps and neurons that were read together.",
        });
      clear();
      steps.append(savedSteps);
      ids.append(savedIds);
      trim();
    },
  };
}
