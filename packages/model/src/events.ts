/** Events of a network (eventemitter3). */
import { EventEmitter } from "eventemitter3";
import type { NeuroweaveError } from "@neuroweave/equations";

/** Events of a network, and what their listeners are given. */
export interface NetworkEventMap {
  /** Now and then during a run, and at its end. `realTimeFactor` is simulated time over wall time. */
  progress: (event: { readonly t: number; readonly fraction: number; readonly realTimeFactor: number }) => void;
  /** Populations or behaviors were added, removed or switched. */
  structure: (event: { readonly change: string; readonly entity: string }) => void;
  /** A plan was compiled. */
  compiled: (event: { readonly device: string; readonly kernels: number }) => void;
  /** From this step on the network runs on another device; its bits are the same. */
  device: (event: { readonly device: string; readonly step: number }) => void;
  /** A run of `duration` ms begins. */
  "run:start": (event: { readonly t: number; readonly duration: number }) => void;
  /** A run has ended at t, after so many steps of its own. */
  "run:end": (event: { readonly t: number; readonly steps: number }) => void;
  /** Spikes of one population in one step; listening makes the run return to JavaScript after every step. */
  spikes: (event: {
    readonly population: string;
    readonly step: number;
    readonly t: number;
    readonly ids: Uint32Array;
  }) => void;
  /** A state became non-finite, or a population that is watched is silent or fires without bounds. */
  anomaly: (error: NeuroweaveError) => void;
  /** Something was done that may not have been meant. Without a listener it goes to the console. */
  warning: (event: { readonly message: string; readonly entity?: string; readonly behavior?: string }) => void;
  /** A snapshot was taken. */
  snapshot: (event: { readonly step: number; readonly bytes: number }) => void;
}

export type NetworkEvents = EventEmitter<NetworkEventMap>;

export const createEvents = (): NetworkEvents => new EventEmitter<NetworkEventMap>();
