/** How a network is run, as far as it does not matter to what it computes. */
import { creationOrder, type TieOrder } from "@neuroweave/schedule";
import { oneThread, type Threads } from "./threads.ts";

export interface Tuning {
  readonly threads: Threads;
  /** Bytes of a receptor's ring of arrivals from which on what arrives is collected instead. */
  readonly largestRing: number;
  /** Order of what may be in any order. */
  readonly ties: () => TieOrder;
}

/** A ring takes a quarter of the second cache of most processors. */
export const usualTuning: Tuning = { threads: oneThread, largestRing: 2 ** 18, ties: () => creationOrder };
