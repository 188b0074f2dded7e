/** Variables of the whole network. */
import { allToAll, createNetwork, defineBehavior, Phase, Recorder, SpikeTrain, type Network } from "neuroweave";
import { describe, expect, it } from "vitest";
import { Sink } from "../behaviors/plasticity/trains.ts";
import { stateOf } from "../devices/state-of.ts";
import { expectCure, refusal } from "./refusals.ts";

/** What a neuron takes up of the signal: by its mean over each step, and by its value at the beginning. */
const Uptake = defineBehavior({
  name: "uptake",
  priority: Phase.Homeostasis,
  state: { taken: { init: 0 }, seen: { init: 0 } },
  equations: "taken += dt * dopamine.mean\nseen = dopamine",
});

/** Weights grow with the signal. */
const Grow = defineBehavior({
  name: "grow",
  adaptive: true,
  priority: Phase.Learning,
  requires: ["w"],
  equations: "w += dt * dopamine.mean * (post.taken > 1 ? 1 : 0)",
});

/** Neurons and synapses that read a signal. */
function build({ dt = 0.5, tau = 20, baseline = 0.25 } = {}): Network {
  const net = createNetwork({ dt, seed: 3 });
  net.signal("dopamine", { tau, baseline, behaviors: [Recorder({ variables: ["value", "mean"] })] });
  const source = net.population("source", 2, SpikeTrain({ times: [0], ids: [0] }));
  const cells = net.population("cells", 3, [Uptake(), Sink()]);
  net.projection("in", { source, target: cells, connect: allToAll(), behaviors: [Grow()] });
  return net;
}

describe("a signal", () => {
  it("goes back to its baseline exactly, and its mean integrates it exactly, whatever dt is", async () => {
    for (const dt of [0.1, 0.5, 2, 8]) {
      const net = build({ dt });
      net.signals["dopamine"]!.add(3);
      await net.run(40);
      const [tau, baseline] = [20, 0.25];
      expect(net.signals["dopamine"]!.value).toBeCloseTo(baseline + 3 * Math.exp(-40 / tau), 12);
      const integral = 40 * baseline + 3 * tau * (1 - Math.exp(-40 / tau));
      for (const taken of net.find("cells").get("taken" as never) as Float64Array)
        expect(taken).toBeCloseTo(integral, 10);
    }
  });

  it("has in the step at t = k·dt the value of that time, before it decays", async () => {
    const net = build();
    net.signals["dopamine"]!.value = 1;
    await net.step(10);
    const recorded = net.signals["dopamine"]!.recorded().trace(0);
    expect(recorded).toHaveLength(10);
    recorded.forEach((value, k) => expect(value).toBeCloseTo(0.25 + 0.75 * Math.exp((-k * 0.5) / 20), 13));
    // The last step has seen the value of its own beginning.
    expect((net.find("cells").get("seen" as never) as Float64Array)[0]).toBe(recorded[9]);
    expect(net.signals["dopamine"]!.recorded("mean").trace(0)[0]).toBeCloseTo(0.25 + 0.75 * 40 * (1 - Math.exp(-0.5 / 20)), 12);
  }); // prettier-ignore

  it("counts from the next step on when it is set or added to between steps", async () => {
    const net = build({ baseline: 0 });
    const { dopamine } = net.signals;
    await net.step(2);
    expect(dopamine!.value).toBe(0);
    dopamine!.add(1).add(0.5);
    expect(dopamine!.value).toBe(1.5);
    await net.step();
    expect((net.find("cells").get("seen" as never) as Float64Array)[1]).toBe(1.5);
    dopamine!.set({ tau: 5 });
    const before = dopamine!.value;
    await net.step();
    expect(dopamine!.value).toBeCloseTo(before * Math.exp(-0.5 / 5), 14);
    expect(dopamine!.get("tau")).toBe(5);
  });

  it("is read by synapses, which learn from it, and not while the network does not", async () => {
    const net = build({ baseline: 0 });
    net.signals["dopamine"]!.add(2);
    net.learning = false;
    await net.run(10);
    expect([...net.findProjection("in").get("w")].every((w) => w === 1)).toBe(true);
    net.learning = true;
    const before = (net.find("cells").get("taken" as never) as Float64Array)[0]!;
    await net.run(30);
    const after = (net.find("cells").get("taken" as never) as Float64Array)[0]!;
    expect(before).toBeGreaterThan(1);
    for (const w of net.findProjection("in").weights().values) expect(w).toBeCloseTo(1 + after - before, 11);
  });

  it("is changed by behaviors of its own, in equations and in TypeScript", async () => {
    const Pulse = defineBehavior({
      name: "pulse",
      priority: Phase.Signal,
      parameters: { size: { default: 2 } },
      requires: ["value"],
      equations: "value += t > 0.75 and t < 1.25 ? size : 0",
    });
    const Host = defineBehavior({
      name: "host",
      priority: Phase.Signal - 5,
      writes: ["value"],
      step: ({ columns, t }) => {
        const { value } = columns as Readonly<Record<string, Float64Array>>;
        if (t === 2) value![0]! += 10;
      },
    });
    const net = createNetwork({ dt: 0.5 });
    const reward = net.signal("reward", {
      behaviors: [Pulse({ size: 4 }), Host(), Recorder({ variables: ["value"] })],
    });
    await net.step(6);
    expect([...reward.recorded().trace(0)]).toEqual([0, 0, 4, 4, 14, 14]);
    reward.enable("pulse", false);
    reward.detach("host");
    await net.step(4);
    expect(reward.value).toBe(14);
  });

  it("is sampled before host code of others changes it later in the step", async () => {
    const net = createNetwork({ dt: 1 });
    const reward = net.signal("reward", { behaviors: [Recorder({ variables: ["value"] })] });
    const Late = defineBehavior({ name: "late", priority: Phase.Record + 1, step: ({ network }) => network.signals["reward"]!.add(1) });
    net.population("cells", 1, Late());
    await net.step(3);
    expect([...reward.recorded().trace(0)]).toEqual([0, 1, 2]);
  }); // prettier-ignore

  it("is read as it was before by equations of the moment at which it changes, in whatever order things were made", async () => {
    const Count = defineBehavior({ name: "count", priority: Phase.Homeostasis, requires: ["value"], equations: "value += 1" });
    const Read = defineBehavior({ name: "read", priority: Phase.Homeostasis, state: { seen: { init: -1 } }, equations: "seen = count" });
    for (const signalFirst of [true, false]) {
      const net = createNetwork({ dt: 1 });
      const make = () => net.population("cells", 2, Sink());
      const early = signalFirst ? undefined : make();
      net.signal("count", { behaviors: [Count()] });
      const cells = early ?? make();
      cells.attach(Read());
      const synapses = net.projection("p", { source: net.population("train", 1, SpikeTrain()), target: cells, connect: allToAll(), behaviors: [Read()] });
      await net.step(4);
      expect(net.signals["count"]!.value).toBe(4);
      expect([...cells.get("seen" as never) as Float64Array, ...synapses.get("seen")]).toEqual([3, 3, 3, 3]);
    }
  }); // prettier-ignore

  it("is part of snapshots, forks and resets", async () => {
    const net = build();
    net.signals["dopamine"]!.add(2);
    await net.run(7);
    const bytes = net.snapshot();
    const twin = net.fork();
    expect(Object.keys(twin.signals)).toEqual(["dopamine"]);
    await Promise.all([net.run(9), twin.run(9)]);
    expect(stateOf(twin)).toEqual(stateOf(net));
    expect(twin.signals["dopamine"]!.value).toBe(net.signals["dopamine"]!.value);
    const after = net.signals["dopamine"]!.value;
    twin.signals["dopamine"]!.add(5);
    expect(net.signals["dopamine"]!.value).toBe(after);
    net.restore(bytes);
    await net.run(9);
    expect(net.signals["dopamine"]!.value).toBe(after);
    net.reset();
    expect(net.signals["dopamine"]!.value).toBe(0.25);
    expect(net.signals["dopamine"]!.recorded().trace(0)).toHaveLength(0);
  });

  it("is no population, and explain() shows it with the equations that read it", async () => {
    const net = build();
    expect(net.populations.map(({ name }) => name)).toEqual(["source", "cells"]);
    const text = String(net.explain());
    expect(text).toContain("dopamine");
    expect(text).toContain("taken += dt * dopamine.mean");
    expect(text).toMatch(/value = baseline \+ \(value - baseline\) \* exp\(-dt \/ tau\)/);
  });
});

describe("what makes no sense is refused, and nothing has changed:", () => {
  it.each([
    ["NaN that is added", (net: Network) => net.signals["dopamine"]!.add(NaN), "not-finite"],
    ["infinity that is set", (net: Network) => (net.signals["dopamine"]!.value = Infinity), "not-finite"],
    ["a text that is added", (net: Network) => net.signals["dopamine"]!.add("1" as never), "not-finite"],
    ["a time constant of zero", (net: Network) => net.signals["dopamine"]!.set({ tau: 0 }), "out-of-range"],
    ["a parameter that it lacks", (net: Network) => net.signals["dopamine"]!.set({ rate: 1 }), "unknown-name"],
    ["a signal of zero time constant", (net: Network) => net.signal("other", { tau: 0 }), "out-of-range"],
    ["a signal with a misspelt option", (net: Network) => net.signal("other", { base: 1 } as never), "unknown-name"],
    ["a signal with a start that is no number", (net: Network) => net.signal("other", { init: NaN }), "not-finite"],
    ["a second signal of the name", (net: Network) => net.signal("dopamine"), "duplicate-name"],
    ["a signal with the name of a population", (net: Network) => net.signal("cells"), "duplicate-name"],
    [
      "a population with the name of a signal",
      (net: Network) => net.population("dopamine", 1, Sink()),
      "duplicate-name",
    ],
    ["a name that equations cannot spell", (net: Network) => net.signal("what is this"), "invalid-name"],
    ["a name that has a meaning of its own", (net: Network) => net.signal("dt"), "reserved-name"],
    ["the name of an end", (net: Network) => net.signal("post"), "reserved-name"],
    ["removing it while it is read", (net: Network) => net.remove(net.signals["dopamine"]!), "unknown-symbol"],
  ] as const)("%s", async (_, attempt, code) => {
    const net = build();
    net.signals["dopamine"]!.value = 1;
    await net.step(3);
    const [before, twin] = [stateOf(net), net.fork()];
    const error = await refusal(() => attempt(net));
    expect(error.code).toBe(code);
    expectCure(error);
    expect(stateOf(net)).toEqual(before);
    expect(Object.keys(net.signals)).toEqual(["dopamine"]);
    await Promise.all([net.step(5), twin.step(5)]);
    expect(stateOf(net)).toEqual(stateOf(twin));
  });

  it("looking up what nobody has made", () => {
    const net = createNetwork({ dt: 1 });
    expect(() => net.signals["dopamine"]).toThrow(/there is no signal dopamine[\s\S]*net\.signal/);
    net.signal("dopamine");
    expect(() => net.signals["dopamin"]).toThrow(/There are dopamine/);
    expect(Object.keys(net.signals)).toEqual(["dopamine"]);
  });

  it("reading what no signal has", () => {
    const net = build();
    const Reader = defineBehavior({ name: "reader", state: { x: { init: 0 } }, equations: "x = dopamine.meen" });
    expect(() => net.population("more", 1, Reader())).toThrow(/Did you mean .*mean/);
  });

  it("until nobody reads it any more", async () => {
    const net = build();
    net.find("cells").detach("uptake" as never);
    await expect(net.step()).rejects.toThrow(/taken/);
    net.findProjection("in").detach("grow");
    net.remove(net.signals["dopamine"]!);
    expect(Object.keys(net.signals)).toEqual([]);
    await net.step(3);
    net.signal("dopamine", { init: 2 });
    expect(net.signals["dopamine"]!.value).toBe(2);
  });
});
