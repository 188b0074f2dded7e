/** A process of its own: builds Brunel's network once and tells its parent what memory that took. */
import { brunelNetwork } from "./network-models/brunel.ts";

/** Bytes. */
export interface Footprint {
  readonly synapses: number;
  readonly bytesPerSynapse: number;
  /** Resident before building, at the peak up to the first step, and after it. */
  readonly before: number;
  readonly peak: number;
  readonly after: number;
}

// A small one first, so that code and assembler are there.
await brunelNetwork(1000, 0.1).advance(1);
const before = process.memoryUsage.rss();
const network = brunelNetwork(12_500, 0.1);
await network.advance(1);
const peak = process.resourceUsage().maxRSS * 1024;
const after = process.memoryUsage.rss();
const { synapses, bytesPerSynapse } = network;
const footprint: Footprint = { synapses, bytesPerSynapse, before, peak, after };
process.send?.(footprint, () => process.disconnect());
