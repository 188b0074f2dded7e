import { describe, expect, test } from "vitest";
import type { PlainLoop } from "../../packages/bench/src/baselines.ts";
import { brunelLoop } from "../../packages/bench/src/network-loops/brunel.ts";
import { cobaLoop } from "../../packages/bench/src/network-loops/coba.ts";
import { cubaLoop } from "../../packages/bench/src/network-loops/cuba.ts";
import { izhikevichLoop } from "../../packages/bench/src/network-loops/izhikevich.ts";
import { brunelNetwork, brunelValues } from "../../packages/bench/src/network-models/brunel.ts";
import { izhikevichNetwork, izhikevichNeurons } from "../../packages/bench/src/network-models/izhikevich.ts";
import { cobaNetwork, cobaValues, cubaNetwork } from "../../packages/bench/src/network-models/vogels-abbott.ts";
import { eventNetwork, eventsOf } from "../../packages/bench/src/linear-cost.ts";
import { dt, type Measured } from "../../packages/bench/src/networks.ts";
import { naiveBrunel, naiveIzhikevich, naiveVogelsAbbott, type Outcome } from "./naive-networks.ts";

/** The steps of a loop one by one: which neurons spiked in which. */
function spikesOf(loop: PlainLoop, steps: number): [number, number][] {
  return Array.from({ length: steps }, (_, k) => {
    const count = loop.advance(1);
    return [...loop.spikes.subarray(0, count)].map((i): [number, number] => [k, i]);
  }).flat();
}

async function spikesOfNetwork(network: Measured, steps: number): Promise<[number, number][]> {
  await network.advance(steps);
  const { steps: when, ids } = network.spikes();
  return [...ids].map((i, index): [number, number] => [when[index]!, i]);
}

/** Spike for spike, and in the voltages to rounding. */
async function expectAgreement(naive: Outcome, loop: PlainLoop, network: Measured, steps: number): Promise<void> {
  expect(naive.spikes.length).toBeGreaterThan(naive.v.length);
  expect(spikesOf(loop, steps)).toEqual(naive.spikes);
  expect(await spikesOfNetwork(network, steps)).toEqual(naive.spikes);
  for (const [i, v] of naive.v.entries()) expect(loop.v[i]).toBeCloseTo(v, 9);
}

describe("loops over a network spike as the network does, and as a naive model", () => {
  /** Smaller ones fall silent. */
  const n = 400;

  test("CUBA", async () => {
    const steps = 2500;
    const network = cubaNetwork(n);
    const start = network.start();
    await expectAgreement(naiveVogelsAbbott(start, "exact currents", steps, dt), cubaLoop(start, dt), network, steps);
  });

  test.each(["euler", "exponentialEuler"] as const)("COBA, %s", async (method) => {
    const steps = 2500;
    const network = cobaNetwork(n, method);
    const start = network.start();
    await expectAgreement(naiveVogelsAbbott(start, method, steps, dt), cobaLoop(start, method, dt), network, steps);
  });

  test("COBA that begins with conductances and stays silent", async () => {
    const network = cobaNetwork(n, "euler", { ...cobaValues, v_rest: -60, initial: 0.01 });
    const start = network.start();
    const naive = naiveVogelsAbbott(start, "euler", 500, dt);
    const loop = cobaLoop(start, "euler", dt);
    expect([naive.spikes.length, loop.advance(500)]).toEqual([0, 0]);
    await network.advance(500);
    expect(network.spikeCount()).toBe(0);
    for (const [i, v] of naive.v.entries()) expect(loop.v[i]).toBeCloseTo(v, 9);
    expect(naive.v.some((v, i) => Math.abs(v - (-60 + (start.v[i]! + 60) * Math.exp(-2.5))) > 1e-3)).toBe(true);
  });

  test("Brunel's, driven constantly", async () => {
    const steps = 1500;
    const values = { ...brunelValues, v_rest: 24.1, external: 0 };
    const network = brunelNetwork(n, 0.1, values);
    const start = network.start();
    expect(network.synapses).toBe(0.1 * n * n);
    await expectAgreement(naiveBrunel(start, steps, dt), brunelLoop(start, dt), network, steps);
  });

  test("Izhikevich's, driven constantly", async () => {
    const steps = 400;
    const neurons = izhikevichNeurons(60);
    const network = izhikevichNetwork(neurons, false);
    await expectAgreement(naiveIzhikevich(neurons, steps), izhikevichLoop(neurons, false), network, steps);
  });
});

describe("with draws of their own, loop and network spike equally often", () => {
  test("neurons of Brunel's network under external spikes alone", async () => {
    const values = { ...brunelValues, w_external: 24.1 / 400 };
    const network = brunelNetwork(500, 0, values);
    const expected = brunelLoop(network.start(), dt).advance(2000);
    await network.advance(2000);
    // 37 Hz for 200 ms, whose counts differ by less than Poisson's would.
    expect(expected).toBeGreaterThan(3000);
    expect(Math.abs(network.spikeCount() - expected)).toBeLessThan(4 * Math.sqrt(2 * expected));
  });

  test("Izhikevich's network with white input, at the rate of the paper's", async () => {
    const neurons = izhikevichNeurons(1000);
    const network = izhikevichNetwork(neurons);
    const expected = izhikevichLoop(neurons).advance(1000) / 1000;
    await network.advance(1000);
    const counted = network.spikeCount() / 1000;
    for (const rate of [expected, counted]) {
      expect(rate).toBeGreaterThan(6.7);
      expect(rate).toBeLessThan(7.6);
    }
  });
});

describe("networks of growing size", () => {
  test("fire at the rate that their events are counted from", async () => {
    for (const n of [100, 400]) {
      const network = eventNetwork(n);
      await network.advance(1000);
      expect(Math.abs(network.spikeCount() * 100 - eventsOf(n)) / eventsOf(n)).toBeLessThan(0.1);
    }
  });
});
