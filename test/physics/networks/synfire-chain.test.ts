import { beforeAll, describe, expect, it } from "vitest";
import { AlphaCurrent, createNetwork, LIF, oneToOne, Recorder, SpikeTrain } from "neuroweave";
import { synfireChain, volleys, type SynfireOptions } from "../../../examples/networks/synfire-chain.ts";
import { meanRate } from "../../../examples/networks/measures.ts";

const groups = 12;
const seeds = [1, 2, 3];

async function run(options: SynfireOptions) {
  const { net, cells } = synfireChain({ groups, ...options });
  await net.run(110);
  const spikes = cells.spikes();
  return { volleys: volleys(spikes, groups), background: meanRate(spikes, cells.n, { from: 20, to: 45 }) };
}

/** How often the volley has all but the whole last group fire at once. */
async function survivals(spikes: number, spread: number): Promise<number> {
  let count = 0;
  for (const seed of seeds) {
    const last = (await run({ spikes, spread, seed })).volleys.at(-1)!;
    if (last.spikes > 80) count++;
  }
  return count;
}

describe("a synfire chain (Diesmann, Gewaltig & Aertsen 1999)", () => {
  it.each([
    { spikes: 60, spread: 0 },
    { spikes: 75, spread: 1 },
    { spikes: 85, spread: 2 },
    { spikes: 100, spread: 3 },
  ])("carries a packet of $spikes spikes within $spread ms to its end", async ({ spikes, spread }) => {
    expect(await survivals(spikes, spread)).toBe(seeds.length);
  });

  it.each([
    { spikes: 38, spread: 0 },
    { spikes: 40, spread: 1 },
    { spikes: 50, spread: 2 },
    { spikes: 60, spread: 3 },
  ])("lets a packet of $spikes spikes within $spread ms die", async ({ spikes, spread }) => {
    expect(await survivals(spikes, spread)).toBe(0);
  });

  it("carries the same number of spikes or lets it die, depending on how sharp they are", async () => {
    expect(await survivals(65, 0)).toBe(seeds.length);
    expect(await survivals(65, 4)).toBe(0);
  });
});

describe("what survives in a synfire chain", () => {
  let found: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    found = await run({ spikes: 100, spread: 3, seed: 1 });
  });

  it("becomes sharp: almost all neurons of a group, within less than 1 ms, of a packet of 3 ms", () => {
    expect(found.volleys[0]!.spread).toBeGreaterThan(1);
    for (const { spikes, spread } of found.volleys.slice(-5)) {
      expect(spikes).toBeGreaterThan(94);
      expect(spread).toBeLessThan(0.8);
    }
  });

  it("moves on at one pace: a volley of 100 reaches threshold in 0.4 to 1 ms, and no delay is added", () => {
    const late = found.volleys.slice(-6).map(({ time }) => time);
    const paces = late.slice(1).map((time, k) => time - late[k]!);
    for (const pace of paces) {
      expect(pace).toBeGreaterThan(0.4);
      expect(pace).toBeLessThan(1);
    }
    expect(Math.max(...paces) - Math.min(...paces)).toBeLessThan(0.4);
  });

  it("stands out from a background of 2 to 4 Hz", () => {
    expect(found.background).toBeGreaterThan(2);
    expect(found.background).toBeLessThan(4);
  });
});

describe("a synapse of the chain", () => {
  it("makes a postsynaptic potential of 0.14 mV", async () => {
    const net = createNetwork({ dt: 0.1 });
    const source = net.population("source", 1, SpikeTrain({ times: [0], ids: [0] }));
    const target = net.population(
      "target",
      1,
      [LIF({ tau: 10, v_rest: -70 }), AlphaCurrent({ name: "synapses", tau: 0.325 }), Recorder({ variables: ["v"] })],
      { method: "exact" },
    );
    net.projection("synapse", { source, target, connect: oneToOne(), weight: 1.788 });
    await net.run(10);
    expect(Math.max(...target.recorded("v").trace()) + 70).toBeCloseTo(0.14, 2);
  });
});
