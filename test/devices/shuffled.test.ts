import {
  createNetwork,
  DeltaReceptor,
  fixedProbability,
  LIF,
  PairSTDP,
  PoissonSource,
  Recorder,
  uniform,
  type EngineOptions,
  type Network,
} from "neuroweave";
import fc from "fast-check";
import { expect, it } from "vitest";
import { refusal } from "../model/refusals.ts";
import { networks, type DeviceNetwork } from "./networks.ts";
import { expectSameBits, timeout } from "./twins.ts";

function build({ make, dt = 0.1 }: DeviceNetwork, options: EngineOptions): Network {
  const net = createNetwork({ dt, seed: "networks", ...options });
  make(net, "f64");
  return net;
}

/** The stages of a step in order, as text. */
const stages = (net: Network): string[] =>
  net.explain().stages.map(({ kind, entity, behaviors }) => `${kind} ${entity} ${behaviors.join(" ")}`);

it.each(networks)("$name has the same bits in whatever order stages are that may be in any", async (network) => {
  const expected = build(network, {});
  const actual = [1, 2, 3].map((shuffle) => build(network, { shuffle }));
  for (const change of [undefined, network.change]) {
    for (const net of [expected, ...actual]) change?.(net);
    await expected.step(40);
    for (const [index, net] of actual.entries()) {
      await net.step(40);
      expectSameBits(net, expected, ` in shuffle ${index + 1}`);
    }
  }
}, timeout); // prettier-ignore

/** Populations that excite and inhibit one another, whose names and number are drawn. */
function crowd(names: readonly string[], options: EngineOptions): Network {
  const net = createNetwork({ dt: 0.5, seed: 4, ...options });
  const noise = net.population("noise", 20, PoissonSource({ rate: 60 }));
  for (const name of names)
    net.population(name, 6, [LIF({ R: 5, I: 2 }), DeltaReceptor(), Recorder({ variables: ["v"] })]);
  for (const [index, name] of names.entries()) {
    const target = net.find(name);
    const connect = fixedProbability(0.4);
    net.projection(`in ${name}`, { source: noise, target, connect, weight: uniform(0, 3), behaviors: [PairSTDP()] });
    net.projection(`on from ${name}`, { source: target, target: net.find(names[(index + 1) % names.length]!), connect, weight: uniform(-2, 3) });
  }
  return net;
} // prettier-ignore

it("shuffles stages of many populations, and no number of it changes a bit, on any device", async () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 2, maxLength: 5 });
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(names, fc.integer(), fc.constantFrom("wasm", "reference"), async (of, shuffle, device) => {
      fc.pre(!of.includes("noise"));
      const [net, expected] = [crowd(of, { shuffle, device: device as "wasm" }), crowd(of, {})];
      seen.add(stages(net).join() === stages(expected).join() ? "the same" : "another");
      expect(stages(net).sort()).toEqual(stages(expected).sort());
      await net.step(60);
      await expected.step(60);
      expectSameBits(net, expected);
    }),
    { numRuns: 25, seed: 1 },
  );
  expect(seen).toContain("another");
});

it("refuses what is no number to shuffle by", async () => {
  expect(await refusal(() => createNetwork({ dt: 1, shuffle: 0.5 }))).toMatchObject({ code: "invalid-value" });
});
