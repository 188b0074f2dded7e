import { createNetwork, type Network, type Population } from "neuroweave";
import { describe, expect, it } from "vitest";
import { behaviors } from "../behaviors/library.ts";
import { allBits } from "../kernel/bits.ts";
import { networks, type DeviceNetwork } from "./networks.ts";
import { expectSameBits, type DeviceName } from "./twins.ts";

/** Lengths of the runs after which everything is compared; what a network changes, it changes after the first ones. */
const before = [1, 1, 2, 7, 30] as const;
const after = [1, 3, 40] as const;
const lengthOf = (chunks: readonly number[]): number => chunks.reduce((sum, steps) => sum + steps, 0);

function build({ make, dt = 0.1 }: DeviceNetwork, device: DeviceName, precision: "f64" | "f32"): Network {
  const net = createNetwork({ dt, seed: "networks", device, precision });
  make(net, precision);
  return net;
}

/** Weights and delays, which are no state, and with them who is connected to whom. */
const wiringOf = (net: Network): Record<string, readonly string[]> =>
  Object.fromEntries(
    net.projections.flatMap((projection) => {
      const { sources, targets, values } = projection.weights();
      return [
        [`${projection.name} pairs`, Array.from(sources, (s, j) => `${s}→${targets[j]}`)],
        [`${projection.name} weights`, allBits(values)],
        [`${projection.name} delays`, allBits(projection.delays().values)],
      ];
    }),
  );

const samples = (net: Network, population: string, variable: string, recorder: string): readonly string[] =>
  allBits((net.find(population) as Population).recorded(variable as "spike", recorder).values);

function expectTwins(actual: Network, expected: Network, hint = ""): void {
  expectSameBits(actual, expected, hint);
  for (const { name, entity } of expected.populations)
    for (const [recorder, { request }] of entity.recordings)
      for (const variable of request.variables)
        expect(samples(actual, name, variable, recorder.name)).toEqual(
          samples(expected, name, variable, recorder.name),
        );
}

describe.each(["f64", "f32"] as const)("in %s, wasm gives the bits of the reference:", (precision) => {
  it.each(networks)("$name", async (network) => {
    const [expected, actual, atOnce] = (["reference", "wasm", "wasm"] as const).map((device) =>
      build(network, device, precision),
    ) as [Network, Network, Network];
    expect(wiringOf(actual)).toEqual(wiringOf(expected));
    for (const [chunks, change] of [
      [before, undefined],
      [after, network.change],
    ] as const) {
      for (const net of [expected, actual, atOnce]) change?.(net);
      for (const steps of chunks) {
        await expected.step(steps);
        await actual.step(steps);
        expectTwins(actual, expected);
      }
      await atOnce.step(lengthOf(chunks));
      expectTwins(atOnce, expected, " in one run");
    }
    expect(wiringOf(actual)).toEqual(wiringOf(expected));
  });
});

describe("the list of networks", () => {
  it("spikes wherever it can, and something arrives at every receptor, so that this is compared", async () => {
    const still: string[] = [];
    for (const network of networks) {
      const net = build(network, "wasm", "f64");
      await net.step(lengthOf(before));
      for (const population of net.populations) {
        if (!network.silent && population.spikes().ids.length === 0) still.push(`${network.name}: ${population.name}`);
        const state = population.state();
        for (const { instance } of population.entity.attached)
          for (const name of instance.declaration.onArrival.length > 0 ? instance.declaration.states.keys() : [])
            if (state[`${instance.name}.${name}`]!.every((x) => x === 0)) still.push(`${network.name}: ${name}`);
      }
      for (const projection of net.projections)
        if (projection.n === 0) still.push(`${network.name}: ${projection.name}`);
    }
    expect(still).toEqual([]);
  });

  it("has every receptor and every behavior of synapses in it", () => {
    const used = new Set(
      networks.flatMap((network) => {
        const { populations, projections } = build(network, "wasm", "f64");
        return [...populations, ...projections].flatMap(({ entity }) =>
          entity.attached.map(({ instance }) => instance.declaration.behavior),
        );
      }),
    );
    const missing = behaviors
      .map(([, behavior]) => behavior.describe())
      .filter(({ onArrival, onPre, coupling }) => onArrival.length > 0 || onPre.length > 0 || coupling !== null)
      .map(({ behavior }) => behavior)
      .filter((name) => !used.has(name));
    expect(missing).toEqual([]);
  });
});
