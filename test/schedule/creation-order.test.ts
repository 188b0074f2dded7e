import { createNetwork, defineBehavior, Phase, Recorder, Refractory, uniform, type Network } from "neuroweave";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Cell, Drive } from "../model/tiny-behaviors.ts";

const Noise = defineBehavior({ name: "noise", priority: Phase.Input, equations: "I += normal(0, 2)" });
const Host = defineBehavior({
  name: "host",
  priority: Phase.Current,
  state: { seen: { init: 0 } },
  step({ columns, inputs, random, n }) {
    for (let i = 0; i < n; i++) {
      columns.seen[i] = random();
      inputs["I"]![i] = inputs["I"]![i]! + columns.seen[i]!;
    }
  },
});

const makers: Readonly<Record<string, (net: Network) => void>> = {
  plain: (net) => void net.population("plain", 3, [Cell({ tau_m: uniform(2, 5), I: 2 }), Noise()]),
  rested: (net) =>
    void net.population("rested", 5, [Cell({ init_v: uniform(0, 1), I: 3 }), Noise(), Refractory({ tau_ref: 2 })]),
  hosted: (net) => void net.population("hosted", 2, [Cell({ I: 1 }), Host(), Drive({ amplitude: uniform(0, 2) })]),
  watched: (net) =>
    void net.population("watched", 2, [Cell({ I: 1 }), Noise(), Recorder({ variables: ["v"] })], { method: "rk4" }),
};

it("the order in which populations are made changes no bit of any of them", async () => {
  const results = async (order: readonly string[]): Promise<Record<string, unknown>> => {
    const net = createNetwork({ dt: 0.5, seed: 9 });
    for (const name of order) makers[name]!(net);
    await net.step(40);
    return Object.fromEntries(
      order.map((name) => {
        const p = net.find(name);
        return [name, [p.get("v" as never), p.get("tau_m" as never), p.spikes()]];
      }),
    );
  };
  const whole = await results(Object.keys(makers));
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(Object.keys(makers), { minLength: 1 }), async (order) => {
      const some = await results(order);
      for (const name of order) expect(some[name], name).toEqual(whole[name]);
    }),
    { numRuns: 10 },
  );
});

it("the name of a population decides its draws", async () => {
  const net = createNetwork({ dt: 0.5 });
  const [a, b] = ["a", "b"].map((name) => net.population(name, 3, [Cell(), Noise()]));
  await net.step();
  expect(a!.get("v")).not.toEqual(b!.get("v"));
  const other = createNetwork({ dt: 0.5, device: "reference" });
  const again = other.population("b", 3, [Cell(), Noise()]);
  await other.step();
  expect(again.get("v")).toEqual(b!.get("v"));
});

it("the name of an instance decides its draws, and renaming another changes nothing", async () => {
  const Own = defineBehavior({
    name: "own",
    scope: "instance",
    state: { z: { init: 0 } },
    equations: "z = uniform(0, 1)",
  });
  const draws = async (...names: string[]): Promise<Record<string, Float64Array>> => {
    const net = createNetwork({ dt: 1 });
    const p = net.population(
      "p",
      4,
      names.map((name) => Own({ name })),
    );
    await net.step(3);
    return Object.fromEntries(names.map((name) => [name, p.get(`${name}.z` as never)]));
  };
  const first = await draws("a", "b");
  const second = await draws("c", "b");
  expect(second["b"]).toEqual(first["b"]);
  expect(first["a"]).not.toEqual(first["b"]);
  expect(second["c"]).not.toEqual(first["a"]);
});
