import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectTwins } from "./compare-with-naive.ts";
import type { NaiveSynapse } from "./naive-network.ts";
import { builtNetwork, drawnPlan, naiveTwin, type NetworkPlan, type ProjectionPlan } from "./random-networks.ts";

/** All orders of a list. */
const orders = <T>(list: readonly T[]): T[][] =>
  list.length <= 1
    ? [[...list]]
    : list.flatMap((first, at) => orders(list.filter((_, j) => j !== at)).map((rest) => [first, ...rest]));

/** Two sources, one target, projections that all arrive together, with weights whose sum depends on the order. */
function crowd(names: readonly string[], delays: readonly number[]): NetworkPlan {
  const weights = [1e3 / 7, 1 / 3, -500 / 3, 0.1, 7e4 / 9, -1 / 11, -4e4 / 13, 0.3];
  const projections = names.map((name, p): ProjectionPlan => {
    const synapses = Array.from({ length: 6 }, (_, j): NaiveSynapse => {
      return { source: j >> 1, target: 0, weight: weights[(3 * p + j) % 8]!, delay: delays[p]! };
    });
    const [source, target] = [{ population: `train ${p % 2}`, from: 0, n: 3 }, { population: "cells", from: 0, n: 1 }];
    return { name, source, target, receptor: "g", synapses, weights: "array", delays: "one" };
  });
  const spikes = [0, 1, 2].flatMap((id) => [{ step: 1, id }, { step: 2, id }, { step: 3, id }]);
  return {
    dt: 0.5,
    cells: [
      { name: "cells", n: 1, tau: 10, theta: 1e30, I: [0], refractory: 0, receptors: [{ name: "g", kind: "conductance", tau: 8, E: 0 }] },
    ],
    trains: [0, 1].map((j) => ({ name: `train ${j}`, n: 3, spikes })),
    projections,
  };
} // prettier-ignore

describe.each(["wasm", "reference"] as const)("on %s", (device) => {
  it.each([
    ["of one delay", [2, 2, 2]],
    ["of three delays", [1, 3, 2]],
  ])("a network of projections %s has the same bits in every order of creation", async (_, delays) => {
    const plan = crowd(["b", "a", "C"], delays);
    const naive = naiveTwin(plan);
    naive.advance(12);
    for (const order of orders([0, 1, 2])) {
      const permuted = <T>(list: readonly T[]): T[] => order.filter((at) => at < list.length).map((at) => list[at]!);
      const net = builtNetwork(plan, { device, order: permuted });
      expect(net.projections.map(({ name }) => name)).toEqual(permuted(["b", "a", "C"]));
      await net.step(12);
      expectTwins(net, naive);
    }
  });

  it("names decide the order of a sum: with other names the sum is another, and again that of the naive twin", async () => {
    const sums = new Set<number>();
    for (const names of orders(["a", "b", "C"])) {
      const plan = crowd(names, [2, 2, 2]);
      const [net, naive] = [builtNetwork(plan, { device }), naiveTwin(plan)];
      await net.step(12);
      naive.advance(12);
      expectTwins(net, naive);
      sums.add(net.find("cells").get("g.g" as never)[0]!);
    }
    expect(sums.size).toBeGreaterThan(1);
  });
});

it("a random network made backwards has the bits of the one made forwards", async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      const plan = drawnPlan(draw, 30);
      const naive = naiveTwin(plan);
      naive.advance(30);
      const net = builtNetwork(plan, { device: "wasm", order: (list) => list.toReversed() });
      await net.step(30);
      expectTwins(net, naive);
    }),
    { numRuns: 25, seed: 20_252, endOnFailure: true },
  );
});
