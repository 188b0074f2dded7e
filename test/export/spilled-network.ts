/** A network that records in every way there is, and what it would have recorded without handing anything on. */
import {
  ConstantCurrent,
  createNetwork,
  CurrentReceptor,
  fixedProbability,
  LIF,
  NoisyCurrent,
  Recorder,
  TsodyksMarkram,
  type Network,
} from "neuroweave";
import type { Spilled, SpilledPiece } from "@neuroweave/export";

export interface Recorded {
  readonly seed: number;
  readonly n: number;
  /** Intervals of the three recorders, in steps. */
  readonly every: readonly [number, number, number];
}

export function recordedNetwork({ seed, n, every }: Recorded): Network {
  const net = createNetwork({ dt: 0.5, seed });
  const noisy = [LIF({ R: 5 }), ConstantCurrent({ amplitude: 3.2 }), NoisyCurrent({ sigma: 2, tau: 5 })] as const;
  const cells = net.population("L4:cells", n, [
    ...noisy,
    CurrentReceptor({ name: "exc", tau: 3 }),
    Recorder({ variables: ["v", "spike"], every: every[0] * 0.5 }),
    Recorder({ name: "rare-v", variables: ["v"], every: every[1] * 0.5 }),
  ]);
  net.population("silent", 2, LIF({ R: 5 }));
  net.projection("again", {
    source: cells,
    target: cells,
    connect: fixedProbability(0.4),
    receptor: "exc",
    weight: 0.3,
    delay: 1.5,
    // R belongs to sources and w to synapses: samples of different widths.
    behaviors: [TsodyksMarkram({ U: 0.4 }), Recorder({ variables: ["R", "w"], every: every[2] * 0.5 })],
  });
  return net;
}

type Everything = Record<string, Readonly<Record<string, unknown>>>;

/** Everything that a network holds in its own records. */
export function keptBy(net: Network): Everything {
  const all: Everything = {};
  for (const { entity } of [...net.populations, ...net.projections]) {
    const spikes = entity.spikeRecord.read(net.dt);
    if (spikes.ids.length > 0) all[entity.name] = { ...spikes };
    for (const [{ name }, recording] of entity.recordings)
      for (const variable of recording.request.variables) {
        const { steps } = recording.dump();
        const { times, values, shape } = recording.read(variable);
        if (steps.length > 0)
          all[`${entity.name} ${name} ${variable}`] = { steps, times: times.slice(), values: values.slice(), shape };
      }
  }
  return all;
}

/** The same of a folder. */
export async function readWhole({ streams, spikes, samples }: Spilled): Promise<Everything> {
  const all: Everything = {};
  for (const { entity, recorder } of streams)
    if (recorder === null) all[entity] = { ...(await spikes(entity)) };
    else
      for (const [variable, each] of Object.entries(await samples(entity, recorder)))
        all[`${entity} ${recorder} ${variable}`] = { ...each };
  return all;
}

/** Spikes of neurons 0, 1, … in these steps of 0.1 ms. */
export const spikes = (until: number, steps: readonly number[], entity = "cells"): SpilledPiece => ({
  entity,
  recorder: null,
  until,
  steps: Float64Array.from(steps),
  times: Float64Array.from(steps, (step) => step * 0.1),
  ids: Uint32Array.from(steps, (_, index) => index),
  columns: {},
});

/** Samples of the recorder of cells. */
export const samples = (until: number, steps: readonly number[], columns: SpilledPiece["columns"]): SpilledPiece => ({
  ...spikes(until, steps),
  recorder: "recorder",
  ids: null,
  columns,
});

/** All that there is. */
export async function allOf<T>(each: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of each) all.push(one);
  return all;
}
