import { describe, expect, it } from "vitest";
import {
  ActivityBaseHomeostasis,
  allToAll,
  ApicalDendrite,
  ConstantCurrent,
  createNetwork,
  DistalDendrite,
  KWTA,
  LIF,
  ProximalDendrite,
  Recorder,
  SpikeTrain,
  VoltageBaseHomeostasis,
  type Ingredient,
  type Population,
} from "neuroweave";
import { recordedBy, spikeSteps } from "./recorded.ts";

type Compartment = "Proximal" | "Distal" | "Apical";
type Matrix = readonly (readonly number[])[];

/** How the synapses of one compartment differ from those of the case. */
interface Synapses {
  readonly coef?: number;
  readonly W?: Matrix;
  readonly src_delay?: readonly number[];
  readonly dst_delay?: readonly number[];
}

interface Parameters extends Synapses {
  readonly dt?: number;
  readonly inh?: boolean;
  readonly drive?: readonly number[];
  readonly I_tau?: number;
  readonly norm?: number;
  readonly compartments?: readonly Compartment[];
  readonly by?: Readonly<Partial<Record<Compartment, Synapses>>>;
  readonly distal?: number;
  readonly apical?: number;
  readonly kwta?: number;
  readonly dimension?: number;
  readonly shape?: readonly number[];
  readonly threshold?: readonly number[];
  readonly ahomeo?: { readonly activity_rate: number; readonly window_size: number; readonly updating_rate: number; readonly decay_rate?: number }; // prettier-ignore
  readonly vhomeo?: { readonly target_voltage?: number; readonly max_ta?: number; readonly min_ta?: number; readonly eta_ip: number }; // prettier-ignore
  readonly W0?: Matrix;
  /** Weights of 13 targets, each of them repeated ten times side by side. */
  readonly W0_columns?: { readonly W: Matrix; readonly repeat: number };
}

interface Case {
  readonly params: Parameters;
  /** Counted from 1, by target. */
  readonly spike_iterations: Matrix;
  /** By iteration, or by every so many, by target. */
  readonly v: Matrix;
  readonly thr_final?: readonly number[];
  readonly exhaustion_final?: readonly number[];
}

interface Recording {
  readonly neuron: { readonly R: number; readonly tau: number; readonly threshold: number; readonly v_reset: number; readonly v_rest: number }; // prettier-ignore
  readonly W0: Matrix;
  /** By iteration, counted from 1: entry 0 is not used. */
  readonly pre_spikes: Matrix;
  readonly iterations: number;
  readonly cases: Readonly<Record<string, Case>>;
}

/** Sums over the sources, by target. */
const columnSums = (W: Matrix): number[] => W[0]!.map((_, j) => W.reduce((sum, row) => sum + row[j]!, 0));

async function run({ neuron, W0, pre_spikes, iterations }: Recording, params: Parameters) {
  const { dt = 1, inh = false, drive, I_tau = 1, norm, compartments = ["Proximal"] } = params;
  const { repeat, W: columns } = params.W0_columns ?? {};
  const W = columns?.map((row) => row.flatMap((w) => Array<number>(repeat!).fill(w))) ?? params.W0 ?? W0;
  const n = W[0]!.length;
  const net = createNetwork({ dt, seed: 1 });

  // Iteration t of CoNeX is step t − 1.
  const events = pre_spikes.slice(1).flatMap((ids, step) => ids.map((id) => ({ id, time: step * dt })));
  const source = net.population(
    "source",
    W.length,
    SpikeTrain({ ids: events.map(({ id }) => id), times: events.map(({ time }) => time) }),
  );
  const members: Ingredient[] = [
    LIF({ ...neuron, ...(params.threshold ? { threshold: params.threshold } : {}) }),
    ProximalDendrite({ name: "Proximal", I_tau }),
    Recorder({ variables: ["v"] }),
  ];
  const { distal, apical, kwta, dimension, ahomeo, vhomeo } = params;
  if (distal !== undefined) members.push(DistalDendrite({ name: "Distal", I_tau, provocativeness: distal }));
  if (apical !== undefined) members.push(ApicalDendrite({ name: "Apical", I_tau, provocativeness: apical }));
  if (drive) members.push(ConstantCurrent({ amplitude: drive }));
  if (kwta !== undefined) members.push(KWTA({ k: kwta, dimension }));
  if (ahomeo) members.push(ActivityBaseHomeostasis({ ...ahomeo, dialect: "conex" }));
  if (vhomeo) members.push(VoltageBaseHomeostasis({ ...vhomeo, dialect: "conex" }));
  const target = net.population("target", params.shape ?? n, members as never) as unknown as Population;

  for (const receptor of compartments) {
    const own = { ...params, W, ...params.by?.[receptor] };
    const sums = columnSums(own.W);
    const factor = (own.coef ?? 6) * (inh ? -1 : 1);
    net.projection(`source→${receptor}`, {
      source,
      target,
      receptor,
      connect: allToAll(),
      weight: (i, j) => (norm === undefined ? own.W[i]![j]! : (own.W[i]![j]! * norm) / sums[j]!) * factor,
      delay: (i, j) => ((own.src_delay?.[i] ?? 0) + (own.dst_delay?.[j] ?? 0) + 1) * dt,
    });
  }
  await net.step(iterations);
  return target;
}

/** The largest distance between voltages and those of a case, which may have been kept every so many iterations only. */
function farthest(trace: (neuron: number) => Float64Array, { v }: Case, iterations: number): number {
  const every = iterations / v.length;
  const distances = v[0]!.flatMap((_, neuron) => {
    const own = trace(neuron);
    return v.map((row, j) => Math.abs(own[(j + 1) * every - 1]! - row[neuron]!));
  });
  return Math.max(...distances);
}

/**
 * Voltages were recorded as they are, in all 17 digits. CoNeX sums weights of a step before it multiplies by the coefficient, and this
 * library multiplies each weight; so both differ in the last bits of sums of up to six terms, of size 60.
 */
const rounding = 1e-12;

describe.each(["conex-synapses", "conex-networks"])("CoNeX 0.1.5 networks, recorded as %s", (file) => {
  const recording = recordedBy<Recording>(file);
  it.each(Object.keys(recording.cases))("%s: the same spikes, voltages and thresholds", async (name) => {
    const each = recording.cases[name]!;
    const target = await run(recording, each.params);
    const spikes = target.spikes();
    each.spike_iterations.forEach((expected, neuron) =>
      expect(spikeSteps(spikes, neuron).map((k) => k + 1)).toEqual(expected),
    );
    const recorded = target.recorded("v");
    expect(farthest((neuron) => recorded.trace(neuron), each, recording.iterations)).toBeLessThan(rounding);
    for (const [variable, final] of [
      ["threshold", each.thr_final],
      ["exhaustion", each.exhaustion_final],
    ] as const)
      final?.forEach((value, neuron) => expect(Math.abs(target.get(variable)[neuron]! - value)).toBeLessThan(rounding));
  });
});
