import {
  createNetwork,
  DeltaReceptor,
  fixedProbability,
  LIF,
  PairSTDP,
  PoissonSource,
  Refractory,
  uniform,
  WeightBounds,
  type Network,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { networks } from "../devices/networks.ts";
import { expectSameBits, timeout } from "../devices/twins.ts";
import { refusal } from "../model/refusals.ts";

it.each(networks)("$name holds what must hold at every step border", async ({ make, dt = 0.1, change }) => {
  const [checked, plain] = [true, false].map((debug) => {
    const net = createNetwork({ dt, seed: "networks", debug });
    make(net, "f64");
    return net;
  }) as [Network, Network];
  for (const net of [checked, plain]) {
    for (let k = 0; k < 12; k++) await net.step(3);
    change?.(net);
    for (let k = 0; k < 8; k++) await net.step(5);
  }
  checked.verify();
  expectSameBits(checked, plain);
  checked.restore(checked.snapshot());
  checked.verify();
  checked.reset();
  checked.verify();
}, timeout); // prettier-ignore

/** A network in which something is on its way, with neurons that are refractory and weights within bounds. */
async function running(more: readonly object[] = []): Promise<Network> {
  const net = createNetwork({ dt: 0.5, seed: 4, debug: true });
  const noise = net.population("noise", 20, PoissonSource({ rate: 200 }));
  const cells = net.population("cells", 6, [LIF({ R: 5, I: 6 }), DeltaReceptor(), Refractory({ tau_ref: 5 }), ...more] as never);
  net.projection("in", {
    source: noise,
    target: cells,
    connect: fixedProbability(0.5),
    weight: uniform(0.2, 0.8),
    delay: 2,
    behaviors: [PairSTDP({ A_plus: 0.001, A_minus: 0.001 }), WeightBounds({ min: 0, max: 1 })],
  });
  await net.run(20);
  net.verify();
  return net;
} // prettier-ignore

describe("finds, with the place,", () => {
  it.each<[string, string, RegExp, (net: Network) => void]>([
    ["a target that does not exist", "in", /leads to neuron \d+ of 6/, (net) => void (net.findProjection("in").entity.synapses!.targets.view()[1] = 200)],
    ["rows out of order", "in", /row \d+ is not in order|row \d+ ends before/, (net) => {
      const { buffer, byteOffset } = net.findProjection("in").entity.synapses!.targets.view();
      const targets = new Uint16Array(buffer, byteOffset, net.findProjection("in").n);
      targets.set(targets.slice(0, 4).reverse());
    }],
    ["rows that are not those of the synapses", "in", /the rows do not hold the synapses/, (net) => void (net.findProjection("in").entity.synapses!.pointers.view()[0] = 1)],
    ["a spike that is none", "cells", /spike of neuron 2 is 0.5/, (net) => void (net.find("cells").entity.columns.view("spike")[2] = 0.5)],
    ["neurons that have fired and are not listed", "cells", /are listed to have fired/, (net) => {
      const spike = net.find("cells").entity.columns.view("spike");
      spike[1] = 1 - spike[1]!;
    }],
    ["a refractory time of half a step", "cells", /neuron 3 is refractory for 0.5 steps/, (net) => void (net.find("cells").entity.columns.view("refractory")[3] = 0.5)],
    ["a weight beyond its bounds", "in", /w\[5\] is 3, outside its bounds/, (net) => void (net.findProjection("in").entity.columns.view("w")[5] = 3)],
  ])("%s", async (_, entity, message, spoil) => {
    const net = await running();
    spoil(net);
    const error = await refusal(() => net.verify());
    expect(error.entity).toBe(entity);
    expect(error.message).toMatch(message);
    expect(error.remedy).toBeTruthy();
  }); // prettier-ignore
});

it("finds in a run what somebody has written to a view between two steps", async () => {
  const net = await running();
  net.every(0.5, () => {
    if (net.t === 24) net.findProjection("in").column("w").fill(3);
  });
  const error = await refusal(() => net.run(30));
  expect(error).toMatchObject({ code: "out-of-range", entity: "in" });
  expect(error.message).toContain("outside its bounds");
  expect(net.t).toBeGreaterThan(24);
});

it("refuses what is no choice", async () => {
  expect(await refusal(() => createNetwork({ dt: 1, debug: "yes" as never }))).toMatchObject({ code: "invalid-value" });
});
