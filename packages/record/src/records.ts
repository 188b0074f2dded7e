/** The stores that a network keeps its spikes and samples in. */
import type { RecordFactory } from "@neuroweave/model";
import { createSamples } from "./samples.ts";
import { createSpikeRecord } from "./spike-store.ts";

/** Makes growing stores in memory; without `keep` they grow for as long as the network runs. */
export function createRecords(): RecordFactory {
  return { spikes: createSpikeRecord, samples: createSamples };
}
