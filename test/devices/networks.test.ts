import { createNetwork, type Network, type Population } from "neuroweave";
import { describe, expect, it } from "vitest";
import { behaviors } from "../behaviors/library.ts";
import { allBits } from "../kernel/bits.ts";
import { networks, type DeviceNetwork } from "./networks.ts";
import { canRun, expectThreads, places, reference, wasm, type Place } from "./places.ts";
import { expectSameBits, timeout } from "./twins.ts";

/** Lengths of the runs after which everything is compared; what a network changes, it changes after the first ones. */
const before = [1, 1, 2, 7, 30] as const;
const after = [1, 3, 40] as const;
const lengthOf = (chunks: readonly number[]): number => chunks.reduce((sum, steps) => sum + steps, 0);

function build({ make, dt = 0.1 }: DeviceNetwork, { options }: Place, precision: "f64" | "f32"): Network {
  const net = createNetwork({ dt, seed: "networks", precision, ...options });
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

describe.each(["f64", "f32"] as const)("in %s, every device gives the bits of the reference:", (precision) => {
  it.each(networks)(
    "$name",
    async (network) => {
      const expected = build(network, reference, precision);
      const actual: (readonly [Place, Network])[] = [];
      for (const place of places) {
        const net = build(network, place, precision);
        if (await canRun(place, net)) actual.push([place, net]);
      }
      for (const [, net] of actual) expect(wiringOf(net)).toEqual(wiringOf(expected));
      for (const [chunks, change] of [
        [before, undefined],
        [after, network.change],
      ] as const) {
        change?.(expected);
        for (const [, net] of actual) change?.(net);
        const starts = actual.map(([, net]) => net.snapshot());
        for (const steps of chunks) {
          await expected.step(steps);
          for (const [place, net] of actual) {
            await net.step(steps);
            expectTwins(net, expected, ` on ${place.name}`);
          }
        }
        for (const [index, [place, net]] of actual.entries()) {
          expectThreads(net, place);
          net.restore(starts[index]!);
          await net.step(lengthOf(chunks));
          expectTwins(net, expected, ` on ${place.name}, in one run`);
        }
      }
      for (const [, net] of actual) expect(wiringOf(net)).toEqual(wiringOf(expected));
    },
    timeout,
  );
});

describe("the list of networks", () => {
  it("spikes wherever it can, and something arrives at every receptor, so that this is compared", async () => {
    const still: string[] = [];
    for (const network of networks) {
      const net = build(network, wasm, "f64");
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
        const { populations, projections } = build(network, wasm, "f64");
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
