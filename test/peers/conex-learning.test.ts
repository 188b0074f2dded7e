import { allToAll } from "neuroweave";
import { describe, expect, it } from "vitest";
import { conexNetwork } from "./conex-dialects.ts";
import type { Bound, Cell, ConexCase, Matrix } from "./conex-reference.ts";
import { recordedBy, spikeSteps } from "./recorded.ts";

interface Recording {
  readonly neuron: Cell;
  readonly W0: Matrix;
  /** By iteration, counted from 1: entry 0 is not used. */
  readonly pre_spikes: Matrix;
  readonly payoff: readonly number[];
  readonly iterations: number;
  readonly cases: Readonly<Record<string, Case>>;
}

interface Case {
  readonly params: Partial<ConexCase> & { readonly bound: Bound };
  readonly spike_iterations: Matrix;
  readonly v: Matrix;
  readonly W_final: Matrix;
  readonly W_at_60: Matrix;
  readonly pre_trace_final: readonly number[];
  readonly post_trace_final: readonly number[];
}

const rounding = 1e-12;

const recording = recordedBy<Recording>("conex-learning");

function build({ params: { bound, ...params } }: Case) {
  const { neuron, W0, pre_spikes, payoff } = recording;
  const each: ConexCase = {
    dt: 1,
    coef: 6,
    inh: false,
    rule: null,
    a_plus: 0.01,
    a_minus: 0.012,
    positive_bound: bound,
    negative_bound: bound,
    w_min: 0,
    w_max: 1,
    tau_s: 10,
    tau_post: 10,
    scale: 1,
    src_delay: W0.map(() => 0),
    dst_delay: W0[0]!.map(() => 0),
    norm: null,
    clip: null,
    tau_c: 20,
    tau_d: 10,
    lr: 1e-5,
    rho: 5,
    alpha: null,
    payoff: payoff.slice(1),
    pre_spikes: pre_spikes.slice(1),
    drive: 0,
    ...params,
  };
  const ends = { source: W0.length, target: W0[0]!.length, connect: allToAll(), positions: 1 };
  return conexNetwork(each, neuron, { ...ends, weight: (i, j) => W0[i]![j]! });
}

const farthest = (found: ArrayLike<number>, expected: ArrayLike<number>): number => {
  expect(found.length).toBe(expected.length);
  return Math.max(...Array.from(found, (x, j) => Math.abs(x - expected[j]!)));
};

describe("CoNeX 0.1.5 networks that learn", () => {
  it.each(Object.keys(recording.cases))("%s: the same spikes, voltages, weights and traces", async (name) => {
    const each = recording.cases[name]!;
    const { net, target, synapses } = build(each);
    await net.step(60);
    expect(farthest(synapses.weights().values, each.W_at_60.flat())).toBeLessThan(rounding);
    await net.step(recording.iterations - 60);
    const spikes = target.spikes();
    each.spike_iterations.forEach((expected, neuron) =>
      expect(spikeSteps(spikes, neuron).map((k) => k + 1)).toEqual(expected),
    );
    const v = target.recorded("v");
    for (const j of each.W_final[0]!.keys())
      expect(
        farthest(
          v.trace(j),
          each.v.map((row) => row[j]!),
        ),
      ).toBeLessThan(rounding);
    expect(farthest(synapses.weights().values, each.W_final.flat())).toBeLessThan(rounding);
    expect(farthest(synapses.get("pre_trace"), each.pre_trace_final)).toBeLessThan(rounding);
    expect(farthest(synapses.get("post_trace"), each.post_trace_final)).toBeLessThan(rounding);
  });
});
