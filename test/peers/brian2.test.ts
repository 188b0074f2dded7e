import {
  ConstantCurrent,
  createNetwork,
  CUBACell,
  CurrentReceptor,
  fromArrays,
  LIF,
  oneToOne,
  PairSTDP,
  Recorder,
  Refractory,
  SpikeTrain,
  StepCurrent,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { recordedBy, spikeSteps } from "./recorded.ts";

interface Cases {
  readonly lif: { readonly spike_steps: readonly number[][]; readonly v_every_10: readonly number[][] };
  readonly synapse: { readonly v: readonly number[] };
  readonly stdp: { readonly distances: readonly number[]; readonly w: readonly number[] };
  readonly cuba: { readonly spike_steps: readonly number[][] };
}

const { cases } = recordedBy<{ cases: Cases }>("brian2");
const dt = 0.1;

const farthest = (found: ArrayLike<number>, expected: ArrayLike<number>): number => {
  expect(found.length).toBe(expected.length);
  return Math.max(...Array.from(found, (x, k) => Math.abs(x - expected[k]!)));
};

/**
 * Brian2 advances, then looks for spikes, then delivers what arrives, and monitors what a step begins with. So what it delivers after a
 * delay d acts one step later than here, a neuron that is refractory for d stands still for one step less, and its sample of a time is
 * ours of the step before.
 */
describe("Brian2 2.10, recorded", () => {
  it("a leaky neuron with a refractory time: the same spikes and voltages", async () => {
    const net = createNetwork({ dt });
    const cells = net.population(
      "cells",
      4,
      [
        LIF({ R: 5, tau: 10 }),
        Refractory({ tau_ref: 2 - dt }),
        ConstantCurrent({ amplitude: [2, 4, 6, 8] }),
        Recorder({ variables: ["v"] }),
      ],
      { method: "exact" },
    );
    await net.step(1000);
    cases.lif.spike_steps.forEach((steps, k) => expect(spikeSteps(cells.spikes(), k)).toEqual(steps));
    cases.lif.v_every_10.forEach((recorded, k) => {
      const trace = cells.recorded("v").trace(k);
      const begun = recorded.map((_, j) => (j === 0 ? -65 : trace[10 * j - 1]!));
      expect(farthest(begun, recorded)).toBeLessThan(1e-11);
    });
  });

  it("a synapse with a delay: the same voltage", async () => {
    const net = createNetwork({ dt });
    const source = net.population("source", 1, SpikeTrain({ times: [10, 20], ids: [0, 0] }));
    const target = net.population(
      "target",
      1,
      [
        LIF({ R: 1, tau: 20, v_rest: -60, v_reset: -60, threshold: -50 }),
        CurrentReceptor({ name: "ge", tau: 5 }),
        Recorder({ variables: ["v"] }),
      ],
      { method: "exact" },
    );
    net.projection("in", { source, target, connect: oneToOne(), receptor: "ge", weight: 20, delay: 1.5 + dt });
    await net.step(400);
    const after = target.recorded("v").trace().subarray(0, 399);
    expect(farthest(after, cases.synapse.v.slice(1))).toBeLessThan(1e-11);
  });

  it("pairs of spikes: the same weights", async () => {
    const { distances, w } = cases.stdp;
    const ids = [...distances.keys()];
    const net = createNetwork({ dt });
    const source = net.population("pre", ids.length, SpikeTrain({ ids, times: distances.map((d) => 100 - d) }));
    const target = net.population("post", ids.length, [
      LIF({ R: 5, tau: 10 }),
      StepCurrent({ amplitude: 1000, start: 100, stop: 100.1 }),
      CurrentReceptor({ name: "ge" }),
    ]);
    const synapses = net.projection("pairs", {
      source,
      target,
      connect: oneToOne(),
      weight: 0.5,
      behaviors: [PairSTDP({ pairing: "all", A_plus: 0.01, A_minus: 0.012, tau_plus: 20, tau_minus: 20 })],
    });
    await net.run(200);
    expect(farthest(synapses.weights().values, w)).toBeLessThan(1e-14);
  });

  it("twenty CUBA cells on a graph that is written down: the same spikes", async () => {
    const { spike_steps } = cases.cuba;
    const n = spike_steps.length;
    const net = createNetwork({ dt });
    const init_v = Array.from({ length: n }, (_, k) => -60 + k / 2);
    const cells = net.population("cells", n, CUBACell({ v_rest: -49, tau_ref: 5 - dt, init_v }));
    const pairs = Array.from({ length: n * n }, (_, k) => [Math.floor(k / n), k % n] as const);
    const linked = pairs.filter(([i, j]) => i !== j && (7 * i + 3 * j) % 5 === 0);
    for (const [receptor, weight, own] of [
      ["g_exc", 1.62, linked.filter(([i]) => i < 16)],
      ["g_inh", -9, linked.filter(([i]) => i >= 16)],
    ] as const) {
      const connect = fromArrays({ sources: own.map(([i]) => i), targets: own.map(([, j]) => j) });
      net.projection(receptor, { source: cells, target: cells, connect, receptor, weight, delay: dt });
    }
    await net.step(3000);
    spike_steps.forEach((steps, k) => expect(spikeSteps(cells.spikes(), k)).toEqual(steps));
  });
});
