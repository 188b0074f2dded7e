import { createNetwork, defineBehavior, oneToOne, Phase, SpikeTrain } from "neuroweave";
import { describe, expect, it } from "vitest";

const Sink = defineBehavior({ name: "sink", state: { felt: { init: 0 } }, onArrival: "felt = arriving" });

/** The weight says how many steps have learnt. */
const Growing = defineBehavior({ name: "growing", requires: ["w"], priority: Phase.Learning, equations: "w += 1" });

const n = 5;
const axonal = [0, 1, 2, 3, 6];

function build(device: "reference" | "wasm", delay: number) {
  const net = createNetwork({ dt: 1, seed: 1, device });
  const ids = axonal.map((_, i) => i);
  const source = net.population("source", n, SpikeTrain({ ids, times: ids.map(() => 2) }));
  const target = net.population("target", n, Sink());
  const options = { source, target, connect: oneToOne(), weight: 0, delay, axonal, behaviors: [Growing()] };
  return { net, target, synapses: net.projection("synapses", options) };
}

/** Steps have learnt up to that in which the spike has reached the synapse, or up to that before its arrival. */
const expected = (delay: number): number[] => axonal.map((share) => 2 + Math.min(share + 1, delay));

describe.each(["reference", "wasm"] as const)("a spike behind an axon, on %s,", (device) => {
  it.each([1, 3, 7, 9])(
    "transmits after %d ms what learning has left when it has reached the synapse",
    async (delay) => {
      const { net, target } = build(device, delay);
      await net.step(2 + delay);
      expect(Array.from(target.get("felt"))).toEqual([0, 0, 0, 0, 0]);
      await net.step(1);
      expect(Array.from(target.get("felt"))).toEqual(expected(delay));
      await net.step(1);
      expect(Array.from(target.get("felt"))).toEqual([0, 0, 0, 0, 0]);
    },
  );

  it("does so too where the network is taken up again on the way", async () => {
    const { net } = build(device, 9);
    await net.step(5);
    const other = build(device, 9);
    other.net.restore(net.snapshot());
    await other.net.step(7);
    expect(Array.from(other.target.get("felt"))).toEqual(expected(9));
  });

  it("transmits what the weight is when its projection stops, if it has not reached the synapse by then", async () => {
    const { net, target, synapses } = build(device, 9);
    await net.step(5);
    synapses.disable();
    await net.step(7);
    expect(Array.from(target.get("felt"))).toEqual(axonal.map((share) => 2 + Math.min(share + 1, 3)));
  });

  it("has an axon of its own among many", async () => {
    const many = 200_000;
    const net = createNetwork({ dt: 1, seed: 1, device });
    const source = net.population("source", many, SpikeTrain({ ids: [0, many - 1], times: [0, 0] }));
    const target = net.population("target", many, Sink());
    const axonal = Array.from({ length: many }, (_, s) => (s === many - 1 ? 3 : 0));
    net.projection("p", { source, target, connect: oneToOne(), weight: 0, delay: 5, axonal, behaviors: [Growing()] });
    await net.step(6);
    const felt = target.get("felt");
    expect([felt[0], felt[1], felt[many - 1]]).toEqual([1, 0, 4]);
  });

  it("is left on its way where another projection into the receptor stops, goes or is wired anew", async () => {
    for (const change of ["none", "disable", "remove", "rewire", "restructure"]) {
      const net = createNetwork({ dt: 1, seed: 1, device });
      const source = net.population("source", 1, SpikeTrain({ ids: [0], times: [0] }));
      const target = net.population("target", 1, Sink());
      const ends = { source, target, connect: oneToOne() };
      const other = net.projection("other", { ...ends, weight: 100, delay: 8 });
      const late = net.projection("late", { ...ends, weight: 1, delay: 6, axonal: 4 });
      await net.step(2);
      if (change === "disable") other.disable();
      if (change === "remove") net.remove(other);
      if (change === "rewire") other.rewire({ weight: 50 });
      if (change === "restructure") other.restructure({ prune: [0] });
      late.set({ w: 10 });
      const felt: number[] = [];
      for (let k = 2; k < 10; k++) {
        await net.step(1);
        felt.push(target.get("felt")[0]!);
      }
      expect(felt, change).toEqual([0, 0, 0, 0, 10, 0, 100, 0]);
    }
  });
});
