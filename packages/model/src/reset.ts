/** Back to step 0. */
import { initialSpikes, initialStates } from "./entity.ts";
import type { NetworkCore, Runtime } from "./runtime.ts";
import { isPopulation } from "./world.ts";

/** Initial states with the same draws; what was set, structure and switches stay. */
export function resetCore(core: NetworkCore, runtime: Runtime): void {
  core.step = 0;
  core.nonFinite.told = false;
  for (const entity of core.entities) {
    if (isPopulation(entity)) {
      initialSpikes(entity);
      entity.columns.view("t_last_spike").fill(-Infinity);
    } else if (entity.synapses!.since !== 0 || entity.synapses!.learnsFrom !== 0) {
      // A projection that came later is part of the plan from the beginning now.
      entity.synapses!.since = 0;
      entity.synapses!.learnsFrom = 0;
      core.version++;
    }
    entity.columns.resetWritten();
    const symbols = [...entity.symbols.values()];
    for (const { name, kind } of symbols) if (kind === "signal") entity.columns.clear(name);
    const states = symbols.filter(({ kind }) => kind === "state");
    initialStates(entity, states, entity.symbols, runtime.evaluate);
    entity.spikeRecord.clear();
    for (const recording of entity.recordings.values()) recording.clear();
  }
  runtime.rewind(core);
}
