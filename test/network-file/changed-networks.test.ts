/** What has been done to a network since it was made is in its file, and what has only happened to it is not. */
import {
  AdEx,
  ConductanceReceptor,
  ConstantCurrent,
  convolution,
  createNetwork,
  CurrentReceptor,
  defineBehavior,
  defineModel,
  DeltaReceptor,
  Fire,
  fixedProbability,
  formatNetworkFile,
  Leak,
  CurrentInput,
  LIF,
  loadNetwork,
  type Network,
  NeuroweaveError,
  normal,
  oneToOne,
  PairSTDP,
  PoissonSource,
  Recorder,
  Refractory,
  SignalPulses,
  SpikeTrain,
  StochasticRelease,
  uniform,
  WeightBounds,
  type Connector,
  type NetworkFile,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { expectSameNetwork } from "./same-network.ts";

const cell = { R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65, I: 3.5 };

const network = (options: { seed?: number | string; precision?: "f64" | "f32" } = {}): Network =>
  createNetwork({ dt: 0.1, seed: 5, ...options });

/** Sources, cells with a receptor, and plastic synapses between them. */
function wired(net = network()) {
  const source = net.population("source", 11, PoissonSource({ rate: 300 }));
  const cells = net.population("cells", 7, [LIF(cell), Refractory({ tau_ref: 1 }), DeltaReceptor({ name: "psp" })]);
  const synapses = net.projection("plastic", {
    source,
    target: cells,
    connect: fixedProbability(0.6),
    weight: uniform(0.2, 0.8),
    delay: uniform(0.1, 2),
    behaviors: [PairSTDP({ A_plus: 0.1, A_minus: 0.12 }), WeightBounds({ min: 0, max: 1 })],
  });
  return { net, source, cells, synapses };
}

const theCells = (file: NetworkFile) => file.populations.find(({ name }) => name === "cells")!;

describe("the file of a network", () => {
  it("says little of a network that was said in few words", () => {
    const net = network({ seed: "few" });
    net.population("cells", 2, AdEx({ I: 200 }));
    expect(net.toJSON()).toEqual({
      format: "neuroweave network",
      version: 1,
      network: { dt: 0.1, seed: "few", precision: "f64" },
      populations: [{ name: "cells", n: 2, behaviors: [{ use: "AdEx", values: { I: 200 } }] }],
    });
    expect(JSON.parse(JSON.stringify(net))).toEqual(net.toJSON());
  });

  it("has values that were set, and none that were set to what they are", async () => {
    const { net, cells, synapses } = wired();
    cells.set({ tau: 12, threshold: [-50, -51, -52, -53, -54, -55, -56] as never, R: 5 });
    // Where v begins has been decided: it does not follow, before a reset.
    cells.slice(0, 2).set({ v_rest: -66 });
    synapses.set({ tau_plus: 15 });
    const file = net.toJSON();
    expect(Object.keys(theCells(file).set!).sort()).toEqual(["tau", "threshold", "v", "v_rest"]);
    expect(file.projections![0]!.set).toEqual({ tau_plus: 15 });
    await expectSameNetwork(net, 300);
  });

  it("has variables that were set before the first step", async () => {
    const { net, cells } = wired();
    cells.set({ v: uniform(-69, -51) });
    expect(theCells(net.toJSON()).set!["v"]).toHaveLength(7);
    await expectSameNetwork(net, 300);
  });

  it("begins as a reset does, from parameters that were set", async () => {
    const { net, cells } = wired();
    cells.set({ v_rest: -60 });
    await net.step(50);
    const copy = loadNetwork(net.toJSON());
    net.reset();
    expect(copy.state()).toEqual(net.state());
    expect([...copy.find("cells").get("v")]).toEqual(Array<number>(7).fill(-60));
    await expectSameNetwork(net, 300);
  });

  it("has nothing of what runs have brought about", async () => {
    const { net } = wired();
    const before = net.toJSON();
    await net.step(500);
    expect(net.toJSON()).toEqual(before);
  });

  it("has weights that were set, and those that learning goes back to", async () => {
    const { net, synapses } = wired();
    await net.step(100);
    const doubled = synapses.get("w").map((w) => w / 2);
    synapses.set({ w: doubled });
    await net.step(100);
    expect(net.toJSON().projections![0]!.set!["w"]).toEqual([...doubled]);
    await expectSameNetwork(net, 300);
  });

  it("has behaviors as they are switched, attached and detached now", async () => {
    const { net, cells, synapses } = wired();
    cells.attach(ConstantCurrent({ name: "push", amplitude: 2 }), Recorder({ variables: ["v"], every: 0.5 }));
    cells.disable("push").disable("refractory").detach("currentInput");
    synapses.disable("pairRule");
    net.projections[0]!.disable();
    const file = net.toJSON();
    expect(theCells(file).behaviors.map(({ use, as, enabled }) => [use, as, enabled])).toEqual([
      ["Leak", undefined, undefined],
      ["Fire", undefined, undefined],
      ["Refractory", undefined, false],
      ["DeltaReceptor", "psp", undefined],
      ["ConstantCurrent", "push", false],
      ["Recorder", undefined, undefined],
    ]);
    expect(file.projections![0]).toMatchObject({ enabled: false, behaviors: [{ use: "PairSTDP", disabled: ["pairRule"] }, { use: "WeightBounds" }] });
    await expectSameNetwork(net, 200);
  }); // prettier-ignore

  it("has what a behavior that was detached has left to others, and what two cannot agree on", async () => {
    const other = defineBehavior({
      name: "other",
      parameters: { v_rest: { default: -62 }, tau: { default: 10 } },
      state: { v: { init: "v_rest" } },
      equations: "tau * dv/dt += v_rest - v",
    });
    const net = network();
    for (const name of ["left", "both"])
      net
        .population(name, 3, [Leak({ v_rest: -61, v: [-55, -56, -57] }), CurrentInput({ I: 15 }), Fire()])
        .attach(other() as never);
    net.find("left").detach("leak");
    const [left] = net.toJSON().populations;
    expect(left!.behaviors.at(-1)).toEqual({ use: "other", values: { init_v: [-55, -56, -57] } });
    expect(left!.set).toEqual({ v_rest: -61 });
    await expectSameNetwork(net, 100);
  });

  it("has models that were put together in another way as single behaviors", async () => {
    const net = network();
    const Slow = AdEx.without(AdEx.members[4] as never).named("slow", { defaults: { E_L: -66 } as never });
    const renamed = LIF.rename({ v: "u", I: "J" });
    net.population("slow", 3, Slow({ I: 300 } as never));
    net.population("renamed", 3, [renamed({ J: uniform(15, 20) } as never)]);
    net.population("own", 3, defineModel("own", [Leak, CurrentInput, Fire({ v_reset: -68 })])({ I: 16 }));
    const uses = net.toJSON().populations.map(({ behaviors }) => behaviors.map(({ use }) => use));
    expect(uses.flat()).not.toContain("AdEx");
    expect(uses[1]).toEqual(["Leak", "CurrentInput", "Fire"]);
    await expectSameNetwork(net, 300);
  });

  it("keeps the order of changes in which a behavior came about", async () => {
    const net = network();
    const membrane = Leak.bind({ tau: "C / gL" }).rename({ v_rest: "E_L" }).redeclare({ E_L: { default: -66 } }).rename({ C: "C_m" }).named("membrane");
    const capacity = defineBehavior({ name: "capacity", parameters: { C_m: { default: 200 }, gL: { default: 10 } } });
    net.population("cells", 3, [membrane(), capacity(), CurrentInput.rename({ tau: "tau_c" })({ I: 17, tau_c: 20 } as never), Fire()] as never);
    expect(net.toJSON().populations[0]!.behaviors[0]).toEqual({
      use: "Leak",
      changes: [{ bind: { tau: "C / gL" } }, { rename: { v_rest: "E_L" } }, { redeclare: { E_L: { default: -66 } } }, { rename: { C: "C_m" } }, { named: "membrane" }],
    });
    await expectSameNetwork(net, 300);
  }); // prettier-ignore

  it("has signals with what changes them, switched and set", async () => {
    const net = network();
    const slow = net.signal("slow", { tau: 30, baseline: 0.2, init: 1, behaviors: [SignalPulses({ times: [1, 2], amplitude: 0.5 })] });
    const fixed = net.signal("fixed");
    fixed.value = 0.7;
    slow.set({ baseline: 0.3 }).enable("signalPulses", false);
    net.population("cells", 2, [LIF(cell), defineBehavior({ name: "driven", equations: "I += slow + fixed" })()]);
    net.learning = false;
    expect(net.toJSON()).toMatchObject({ network: { learning: false }, signals: [{ name: "slow", behaviors: [{ use: "SignalPulses", enabled: false }], set: { baseline: 0.3 } }, { name: "fixed", set: { value: 0.7 } }] });
    const copy = await expectSameNetwork(net, 300);
    expect(copy.learning).toBe(false);
    expect(copy.signals["slow"]!.get("baseline")).toBe(0.3);
  }); // prettier-ignore

  it("has regions, parts of populations, tags, grids and positions", async () => {
    const net = network();
    const layer = net.region("L4");
    const exc = layer.population("exc", [2, 3], [LIF(cell), CurrentReceptor()], { tags: ["exc"], keepSpikes: 10 });
    const free = net.population("free", 4, [LIF(cell), CurrentReceptor()], { positions: [[0, 0.5, 1, 1.5], [0, 0, 1, 1]] });
    layer.region("inner").population("inh", 2, LIF(cell));
    layer.add(free);
    layer.projection("part", { source: exc.slice(1, 5), target: free, connect: oneToOne(), weight: [1, 2, 3, 4], axonal: [0.1, 0.2, 0, 0], tags: ["short"] });
    const copy = await expectSameNetwork(net, 200);
    expect(copy.region("L4").populations.map(({ name }) => name)).toEqual(["L4.exc", "free", "L4.inner.inh"]);
    expect(copy.region("L4.inner").populations.map(({ name }) => name)).toEqual(["L4.inner.inh"]);
    expect(copy.findProjection("short").name).toBe("L4.part");
    expect(copy.find("exc").shape).toEqual([2, 3]);
  }); // prettier-ignore

  it("has synapses as lists where no rule makes them any more", async () => {
    const { net, source, cells, synapses } = wired();
    synapses.restructure({ prune: [0, 5, 9], grow: { sources: [3], targets: [1], weight: 0.1, delay: 0.4 } });
    const far = (i: number, j: number): number => 0.1 + ((i + j) % 4) / 10;
    net.projection("ruled", { source, target: cells, connect: fixedProbability(0.5), weight: (i, j) => far(i, j) / 2, delay: far });
    net.projection("again", { source, target: cells, connect: fixedProbability(0.5), weight: normal(0.3, 0.1) }).rewire();
    const { kind, text, name, expected, build } = fixedProbability(0.3);
    const own: Connector = { kind, text, name, expected, build };
    net.projection("own", { source, target: cells, connect: own, weight: 0.4, delay: 0.5, behaviors: [StochasticRelease({ p: 0.5 })] });
    const uses = net.toJSON().projections!.map(({ connect }) => connect.use);
    expect(uses).toEqual(["fromArrays", "fromArrays", "fromArrays", "fromArrays"]);
    await expectSameNetwork(net, 300);
  }); // prettier-ignore

  it.each(["f32", "i16"] as const)("has weights stored as %s", async (weights) => {
    const net = network();
    const source = net.population("source", 9, PoissonSource({ rate: 300 }));
    const target = net.population("cells", 5, [LIF(cell), DeltaReceptor()]);
    net.projection("drawn", { source, target, connect: fixedProbability(0.7), weight: uniform(0, 1), weights });
    await expectSameNetwork(net, 300);
  });

  it("of a fork is that of the network", async () => {
    const { net, synapses } = wired();
    synapses.set({ w: 0.3 });
    await net.step(10);
    const twin = net.fork();
    expect(twin.toJSON()).toEqual(net.toJSON());
    await expectSameNetwork(twin, 50);
  });

  it("in single precision is read in single precision", async () => {
    const { net } = wired(network({ precision: "f32" }));
    net.find("cells").set({ tau: 0.1 + 0.2, v: -61.7 } as never);
    await expectSameNetwork(net, 300);
  });
});

describe("behaviors of one's own in a file", () => {
  it("are data, with the options that they were given decided", async () => {
    const Gate = defineBehavior({
      name: "gate",
      parameters: { tau_k: { default: 30, unit: "ms", min: 1 } },
      state: { k: { init: uniform(0, 0.5) } },
      options: { sharp: false, scale: 1 },
      build: ({ sharp, scale }) => ({ equations: `tau_k * dk/dt = -k\nI += -k * ${scale}`, onSpike: sharp ? "k = 1" : "k += 0.2" }),
    });
    const net = network();
    net.population("soft", 3, [LIF(cell), Gate({ tau_k: 20 })]);
    net.population("sharp", 3, [LIF(cell), Gate({ sharp: true, scale: 2, k: 0.1 })]);
    net.population("sharp too", 2, [LIF(cell), Gate.rename({ k: "q" })({ sharp: true, scale: 2 } as never)]);
    const file = net.toJSON();
    expect(Object.keys(file.behaviors!)).toEqual(["gate", "gate_2"]);
    expect(file.behaviors!["gate_2"]).toMatchObject({ name: "gate", onSpike: "k = 1" });
    expect(file.populations[1]!.behaviors[1]).toEqual({ use: "gate_2", values: { init_k: 0.1 } });
    await expectSameNetwork(net, 300);
  }); // prettier-ignore

  it("may be called like a standard one", async () => {
    const net = network();
    net.population("cells", 3, [LIF(cell), defineBehavior({ name: "Leak", state: { x: { init: 0 } }, equations: "x = x + 1" })()]);
    expect(Object.keys(net.toJSON().behaviors!)).toEqual(["Leak_2"]);
    await expectSameNetwork(net, 20);
  }); // prettier-ignore

  it("that are streams of spikes are refused, with their place and the cure", () => {
    const net = network();
    net.population("input", 3, SpikeTrain({ stream: () => ({ times: [], ids: [] }) }));
    expect(() => net.toJSON()).toThrow(/spikeTrain of input\.stream is a function, and cannot be written as data[^]*Remedy: /);
  }); // prettier-ignore

  it("are not confused when two with code of their own have one name", () => {
    const net = network();
    for (const k of [1, 2]) net.population(`cells ${k}`, 1, defineBehavior({ name: "coded", state: { x: { init: 0 } }, step: ({ columns }) => void (columns.x[0]! += k) })());
    expect(() => net.toJSON()).toThrow(/coded of cells 2 has code of its own, and its name coded has another meaning/);
  }); // prettier-ignore

  it("that share a kernel's weights after another wiring are refused", () => {
    const net = network();
    const source = net.population("source", [4, 4], PoissonSource());
    const target = net.population("target", [3, 3], [LIF(cell), ConductanceReceptor()]);
    net.projection("kernel", { source, target, connect: convolution({ kernel: [[1, 2], [3, 4]] }) }).rewire();
    expect(() => net.toJSON()).toThrow(NeuroweaveError);
  }); // prettier-ignore
});

describe("loadNetwork", () => {
  it("sets values of populations, projections and signals instead of the file's", async () => {
    const { net } = wired();
    net.signal("reward", { init: 1 });
    const copy = loadNetwork(net.toJSON(), { set: { "cells.tau": 12, "plastic.weight": 0.25, "reward.value": 3 }, seed: 9, dt: 0.05, precision: "f32" });
    expect([copy.seed, copy.dt]).toEqual([9, 0.05]);
    expect([...copy.find("cells").get("tau")]).toEqual(Array<number>(7).fill(12));
    expect(new Set(copy.findProjection("plastic").get("w"))).toEqual(new Set([0.25]));
    expect(copy.signals["reward"]!.value).toBe(3);
    await copy.step(10);
  }); // prettier-ignore

  it("keeps what a file says beside the network", () => {
    const heading = { $schema: "x.json", name: "two cells", doc: "For a talk.", run: { duration: 100 } };
    const { $schema, ...rest } = heading;
    const file = { $schema, format: "neuroweave network", version: 1, ...rest, network: { dt: 1 }, populations: [] };
    expect(loadNetwork(file).toJSON()).toMatchObject(heading);
    expect(loadNetwork(file).fork().toJSON()).toMatchObject(heading);
  });

  it("reads the text that formatNetworkFile writes, and the same text without spaces", () => {
    const { net } = wired();
    const file = net.toJSON();
    expect(loadNetwork(formatNetworkFile(file)).toJSON()).toEqual(file);
    expect(loadNetwork(JSON.stringify(file)).toJSON()).toEqual(file);
  });
});
