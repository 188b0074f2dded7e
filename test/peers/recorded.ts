/** Reading recorded traces of other simulators, and comparing with them. */
import { readFileSync } from "node:fs";
import type { Spikes } from "neuroweave";

/** The parsed content of a data file beside this one; its layout is the caller's to state. */
export function recordedBy<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`data/${file}.json`, import.meta.url), "utf8")) as T;
}

/** Steps at which a neuron spiked, counted from 0. */
export function spikeSteps({ steps, ids }: Spikes, neuron: number): number[] {
  return [...steps].filter((_, j) => ids[j] === neuron);
}

/** The largest distance between a trace and recorded samples of the states after the steps `stepOf(j)`. */
export function worst(trace: Float64Array, samples: readonly number[], stepOf: (j: number) => number): number {
  return samples.reduce((most, x, j) => Math.max(most, Math.abs(trace[stepOf(j)]! - x)), 0);
}
