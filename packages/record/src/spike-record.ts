import type { SpikeRecord } from "@neuroweave/model";
import { growingColumn } from "./growing.ts";

/** The spikes of one population as growing (step, neuron) columns; with `keep`, the last so many. */
export function createSpikeRecord({ keep = Infinity }: { readonly keep: number | undefined }): SpikeRecord {
  const steps = growingColumn<Float64Array>((length) => new Float64Array(length), 1, keep);
  const ids = growingColumn<Uint32Array>((length) => new Uint32Array(length), 1, keep);
  return {
    paused: false,
    append(firstStep, ends, all) {
      if (all.length === 0) return;
      const own = new Float64Array(all.length);
      let from = 0;
      ends.forEach((end, j) => {
        own.fill(firstStep + j, from, end);
        from = end;
      });
      steps.append(own);
      ids.append(all);
    },
    read(dt) {
      const own = steps.view();
      return { times: own.map((k) => k * dt), steps: own.slice(), ids: ids.view().slice() };
    },
    clear() {
      steps.clear();
      ids.clear();
    },
    load(own, all) {
      this.clear();
      steps.append(own);
      ids.append(all);
    },
  };
}
