import { allToAll, ApicalDendrite, createNetwork, DistalDendrite, LIF, ProximalDendrite, Recorder, SpikeTrain, type Ingredient } from "neuroweave"; // prettier-ignore
import { describe, expect, it } from "vitest";

const cell = { R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65 };

/** v and I of one neuron that a spike at 0 ms reaches through a compartment, with dt = 1. */
async function afterOneSpike(dendrite: Ingredient, weight: number, steps: number, v = -65) {
  const net = createNetwork({ dt: 1 });
  const source = net.population("source", 1, SpikeTrain({ times: [0], ids: [0] }));
  const target = net.population("target", 1, [LIF({ ...cell, init_v: v }), dendrite, Recorder({ variables: ["v", "I"] })] as never); // prettier-ignore
  net.projection("synapse", { source, target, connect: allToAll(), weight });
  await net.step(steps);
  return { v: [...target.recorded("v" as never).trace(0)], I: [...target.recorded("I" as never).trace(0)] };
}

describe("the proximal dendrite", () => {
  it("makes a current of one step of what arrives", async () => {
    expect((await afterOneSpike(ProximalDendrite(), 3, 4)).I).toEqual([0, 3, 0, 0]);
  });

  it("lets the current fade by 1 / I_tau of itself in each step", async () => {
    expect((await afterOneSpike(ProximalDendrite({ I_tau: 4 }), 3, 5)).I).toEqual([
      0,
      3,
      3 * 0.75,
      3 * 0.75 ** 2,
      3 * 0.75 ** 3,
    ]);
  });
});

describe.each([
  ["distal", DistalDendrite],
  ["apical", ApicalDendrite],
])("the %s dendrite", (_, Dendrite) => {
  it("lifts the voltage by tanh of what arrives of the way to a fraction of the threshold", async () => {
    const { v } = await afterOneSpike(Dendrite({ provocativeness: 0.6 }), 0.7, 2);
    expect(v[1]).toBeCloseTo(-65 + Math.tanh(0.7) * 0.6 * 15, 12);
  });

  it("cannot lift it further, however much arrives", async () => {
    const { v } = await afterOneSpike(Dendrite({ provocativeness: 0.6 }), 1000, 4);
    expect(Math.max(...v)).toBeCloseTo(-65 + 0.6 * 15, 12);
  });

  it("leaves a voltage alone that is there already", async () => {
    expect((await afterOneSpike(Dendrite({ provocativeness: 0.2 }), 5, 3, -52)).I).toEqual([0, 0, 0]);
  });

  it("lets its current fade as the proximal does", async () => {
    const { v, I } = await afterOneSpike(Dendrite({ provocativeness: 0.5, I_tau: 2 }), 0.4, 3);
    expect(I[1]).toBeCloseTo((10 * Math.tanh(0.4) * 7.5) / 5, 12);
    expect(I[2]).toBeCloseTo(I[1]! / 2, 12);
    expect(v[2]).toBeCloseTo(v[1]! + ((-65 - v[1]! + 5 * I[2]!) * 1) / 10, 12);
  });
});
