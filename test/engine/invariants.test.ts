import {
  allToAll,
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
import { pointersOf } from "@neuroweave/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requireInvariants } from "../../packages/engine/src/invariants.ts";
import { createMemory } from "../../packages/engine/src/memory.ts";
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
  net.projection("apart", {
    source: noise.slice(0, 1),
    target: cells,
    connect: allToAll(),
    weight: 0.1,
    delay: uniform(1, 40),
  });
  await net.run(20);
  net.verify();
  return net;
} // prettier-ignore

/** Steps of the delays of a projection in which each synapse has its own. */
function delaysOf(net: Network): Uint8Array {
  const { delays } = net.findProjection("apart").entity.synapses!;
  if (delays.kind !== "synapse" || delays.width !== 1) throw new Error("delays are stored in another way");
  return delays.block.view();
}

describe("what is listed to have fired, row by row of the spikes on their way,", () => {
  const n = 6;
  const sound = fc.subarray(Array.from({ length: n }, (_, id) => id));
  const drawn = fc.array(fc.integer({ min: 0, max: n + 1 }), { maxLength: n + 2 });
  const rows = fc.array(fc.oneof(sound, drawn), { minLength: 1, maxLength: 4 });

  it("is accepted where each row lists neurons that exist, in order and once, and refused with its row elsewhere", async () => {
    const net = createNetwork({ dt: 1, seed: 1 });
    const { entity } = net.population("cells", n, LIF());
    await net.step(2);
    let [accepted, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(rows, async (lists) => {
        const memory = createMemory("f64");
        // Behind the last row there is room for what is too much.
        const [counts, ids] = [memory.words(lists.length), memory.words((lists.length + 1) * n)];
        counts.view().set(lists.map(({ length }) => length));
        lists.forEach((list, row) => ids.view().set(list.slice(0, n), row * n));
        const ring = { ids: ids.address, counts: counts.address, rows: lists.length, n };
        const check = (): void =>
          requireInvariants({
            core: { entities: [entity], step: net.steps, learning: false } as never,
            memory,
            channels: { hasSpikes: () => true, spikes: () => ring } as never,
            evaluate: () => expect.unreachable(),
            lastSpikes: new Map(),
          });
        const wrong = lists.findIndex((list) => list.length > n || list.some((id, j) => id >= n || list.slice(0, j).some((before) => before >= id)));
        if (wrong < 0) {
          check();
          accepted++;
          return;
        }
        const error = await refusal(check);
        expect(error).toMatchObject({ code: "broken-invariant", entity: "cells" });
        expect(error.message).toContain(`row ${wrong} of its spikes`);
        expect(error.message).toMatch(lists[wrong]!.length > n ? /holds \d of 6 neurons/ : /lists neuron \d behind (\d|none)/);
        refused++;
      }),
      { seed: 611, numRuns: 300 },
    );
    expect(Math.min(accepted, refused)).toBeGreaterThan(20);
  }); // prettier-ignore
});

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
    ["a row that ends before it begins", "in", /row 2 ends before it begins/, (net) => {
      const pointers = pointersOf(net.findProjection("in").entity.synapses!);
      pointers[3] = pointers[2]! - 1;
    }],
    ["a synapse without delay", "apart", /synapse 0 has no delay/, (net) => void (delaysOf(net)[0] = 0)],
    ["delays that fall within a row", "apart", /row 0 is not in order/, (net) => void delaysOf(net).set([...delaysOf(net).subarray(0, 6)].reverse())],
    ["a refractory time below zero", "cells", /neuron 1 is refractory for -1 steps/, (net) => void (net.find("cells").entity.columns.view("refractory")[1] = -1)],
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
