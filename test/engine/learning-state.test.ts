/** Learning that is frozen, copied, restored, reset and changed in the middle. */
import {
  createNetwork,
  CurrentReceptor,
  defineBehavior,
  fixedProbability,
  LIF,
  PairSTDP,
  Phase,
  PoissonSource,
  uniform,
  WeightBounds,
  type EngineOptions,
  type Network,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { stateOf } from "../devices/state-of.ts";
import { expectSameBits } from "../devices/twins.ts";
import { allBits } from "../kernel/bits.ts";
import { learningBetween } from "../behaviors/plasticity/trains.ts";

/** Noise drives cells over synapses that learn, whose spikes take their time to them from either end. */
function build(options: EngineOptions = {}): Network {
  const net = createNetwork({ dt: 0.5, seed: 12, ...options });
  const source = net.population("source", 10, PoissonSource({ rate: 60 }));
  const cells = net.population("cells", 6, [LIF({ R: 5, I: 2.4, threshold: -55 }), CurrentReceptor({ name: "exc", tau: 4 })]);
  net.projection("in", {
    source,
    target: cells,
    connect: fixedProbability(0.6),
    weight: uniform(0.2, 0.8),
    delay: uniform(1, 5),
    axonal: Array.from({ length: 10 }, (_, s) => (s % 5) / 2),
    dendritic: 4,
    behaviors: [PairSTDP({ A_plus: 0.02, A_minus: 0.021, pairing: "nearest", tie: "both" }), WeightBounds({ min: 0, max: 1 })],
  });
  return net;
} // prettier-ignore

const everything = (net: Network): unknown => ({
  ...stateOf(net),
  weights: net.projections.map((each) => allBits(each.weights().values)),
});

function expectTwins(net: Network, twin: Network): void {
  expectSameBits(net, twin);
  expect(everything(net)).toEqual(everything(twin));
}

describe("a network that does not learn", () => {
  it("keeps its weights to the bit over many steps, while traces go on, and then learns as if it had learnt all the time from its traces", async () => {
    // One synapse, spikes at both ends every 10 ms, 3 ms apart: closed forms of traces in the steady state.
    const pre = [Array.from({ length: 10_040 }, (_, j) => 1 + 10 * j)];
    const post = [Array.from({ length: 10_040 }, (_, j) => 4 + 10 * j)];
    const { net, synapses } = learningBetween(pre, post, { behaviors: [PairSTDP({ A_plus: 0.001, A_minus: 0.001 })] });
    await net.step(200);
    const learnt = allBits(synapses.get("w"));
    net.learning = false;
    await net.step(100_000);
    expect(allBits(synapses.get("w"))).toEqual(learnt);
    const [x, y] = [synapses.get("x_pre")[0]!, synapses.get("x_post")[0]!];
    await net.step(5);
    expect([synapses.get("x_pre")[0], synapses.get("x_post")[0]]).not.toEqual([x, y]);
    expect(allBits(synapses.get("w"))).toEqual(learnt);
    net.learning = true;
    await net.step(95);
    // Nine periods and a bit: from step 100,205 to 100,300 there are spikes at 100,211 and so on, and at 100,214.
    const steady = (since: number): number => Math.exp(-since / 20) / (1 - Math.exp(-10 / 20));
    const [events, before] = [9, Number.parseFloat(learnt[0]!)];
    const change = events * 0.001 * (steady(3) - steady(7));
    expect(synapses.get("w")[0]).toBeCloseTo(before + change, 8);
  });

  it("freezes every variable of adaptive behaviors, and none of others", async () => {
    const Adaptive = defineBehavior({
      name: "adaptive",
      adaptive: true,
      priority: Phase.Learning,
      state: {
        each: { init: 0 },
        atSource: { init: 0, per: "source" },
        atTarget: { init: 0, per: "target" },
        atSpikes: { init: 0 },
      },
      signals: { total: { of: "w", by: "sum", per: "target" } },
      equations: "each += total\natSource += pre.spike\natTarget += 1",
      onPre: "atSpikes += 1",
      onPost: "atSpikes += 10",
    });
    const Plain = defineBehavior({
      name: "plain",
      priority: Phase.Learning,
      state: { steps: { init: 0 }, spikes: { init: 0 } },
      equations: "steps += 1",
      onPost: "spikes += 1",
    });
    const net = build();
    const synapses = net.findProjection("in");
    synapses.attach(Adaptive(), Plain());
    const adaptive = () => ["each", "atSource", "atTarget", "atSpikes", "w"].map((name) => allBits(synapses.get(name)));
    await net.run(100);
    net.learning = false;
    const [frozen, steps, spikes] = [adaptive(), synapses.get("steps"), synapses.get("spikes")];
    for (const values of frozen) expect(new Set(values)).not.toEqual(new Set(["0 0x0000000000000000"]));
    await net.run(300);
    expect(adaptive()).toEqual(frozen);
    expect(synapses.get("steps")).toEqual(steps.map((x) => x + 600));
    expect(synapses.get("spikes").some((x, j) => x > spikes[j]!)).toBe(true);
    net.learning = true;
    await net.run(100);
    for (const [index, values] of adaptive().entries()) expect(values).not.toEqual(frozen[index]);
  });
});

describe("learning in the middle of which a network", () => {
  it("is copied, saved and restored goes on in the same bits, with spikes on their way to synapses", async () => {
    for (const device of ["wasm", "reference"] as const) {
      const [net, twin] = [build({ device }), build({ device })];
      await net.run(60.5);
      await twin.run(60.5);
      const fork = net.fork();
      const bytes = net.snapshot();
      await net.run(33);
      // Another network of the same structure takes up what was saved.
      const other = build({ device });
      await other.run(7);
      other.restore(bytes);
      for (const each of [twin, fork, other]) {
        await each.run(33);
        expectTwins(each, net);
      }
      expect(net.find("cells").spikes().ids.length).toBeGreaterThan(10);
    }
  });

  it("is run step by step, or switched and at once switched back, does the same as in one run", async () => {
    const [net, twin] = [build(), build()];
    for (let k = 0; k < 120; k++) {
      if (k % 10 === 3) {
        net.learning = false;
        net.learning = true;
        net.findProjection("in").disable("pairRule").enable("pairRule");
      }
      await net.step();
    }
    await twin.step(120);
    expectTwins(net, twin);
  });

  it("is reset begins again with its first weights, and does the same once more", async () => {
    const net = build();
    const first = net.findProjection("in").get("w");
    await net.run(150);
    const [after, weights] = [stateOf(net), net.findProjection("in").get("w")];
    expect(weights).not.toEqual(first);
    net.reset();
    expect(net.findProjection("in").get("w")).toEqual(first);
    expect(net.findProjection("in").get("x_pre").every((x) => x === 0)).toBe(true);
    await net.run(150);
    expect(net.findProjection("in").get("w")).toEqual(weights);
    expect(stateOf(net)).toEqual(after);
  });

  it("gets a rule finds the spikes that are on their way to its synapses, whoever else waits for them", async () => {
    const Count = defineBehavior({
      name: "count",
      priority: Phase.Learning,
      state: { seen: { init: 0 } },
      onPre: "seen += 1",
      onPost: "seen += 100",
    });
    for (const delay of [0, 30]) {
      const train = [Array.from({ length: 12 }, (_, k) => k)];
      const { net, synapses } = learningBetween(train, train, { axonal: 6, dendritic: 3, delay });
      await net.step(10);
      synapses.attach(Count());
      await net.step(10);
      // Presynaptic spikes of 4 to 11 arrive from step 10 on, postsynaptic ones of 7 to 11.
      expect(synapses.get("seen")[0]).toBe(8 + 500);
    }
  });

  it("reads what sums were in the step before does so again after a reset, and after a step that was taken back", async () => {
    const Normalizing = defineBehavior({
      name: "normalizing",
      priority: Phase.Normalization,
      signals: { total: { of: "w", by: "sum", per: "target" } },
      state: { share: { init: 0, per: "target" } },
      equations: "share = total",
    });
    const Late = defineBehavior({
      name: "late",
      priority: Phase.Learning,
      requires: ["total"],
      state: { seen: { init: 0, per: "target" } },
      equations: "seen += total",
    });
    const { net, synapses } = learningBetween([[]], [[], []], { behaviors: [Normalizing(), Late()] });
    let throws = true;
    const step = (): void => {
      if (throws) throw new Error("no further");
    };
    net.find("target").attach(defineBehavior({ name: "bomb", priority: Phase.Record, step })() as never);
    await expect(net.step(1)).rejects.toMatchObject({ code: "host-threw" });
    throws = false;
    for (let time = 0; time < 2; time++) {
      await net.step(3);
      expect([...synapses.get("seen")]).toEqual([1, 1]);
      net.reset();
      expect([...synapses.get("total")]).toEqual([0, 0]);
    }
  });

  it("is wired anew learns from spikes of later steps only", async () => {
    const train = [Array.from({ length: 12 }, (_, k) => k)];
    const { net, synapses } = learningBetween(train, train, { axonal: 4, behaviors: [PairSTDP()] });
    await net.step(10);
    synapses.rewire();
    const { t_pre } = { t_pre: () => synapses.get("t_pre")[0] };
    await net.step(4);
    expect(t_pre()).toBe(-1e30);
    await net.step(1);
    expect(t_pre()).toBe(14);
  });

  it("breaks off where a weight becomes infinite, with the synapse and its last finite value", async () => {
    const Explode = defineBehavior({ name: "explode", adaptive: true, requires: ["w"], onPre: "w = w * 1e200" });
    const { net, synapses } = learningBetween([[2, 4, 7]], [[]], { behaviors: [Explode()] });
    const error = await net.step(20).then(() => undefined, (reason: unknown) => reason as Error);
    expect(error?.message).toMatch(/w\b[\s\S]*synapses/);
    expect(net.steps).toBe(5);
    expect(synapses.n).toBe(1);
  });
}); // prettier-ignore

describe("weights of 32 bits in a network that computes with 64", () => {
  const Add = defineBehavior({ name: "add", requires: ["w"], priority: Phase.Learning, onPre: "w += 1" });
  const build = (rule: object) =>
    learningBetween([[2], [3]], [[]], { weights: "f32", weight: uniform(0, 1), behaviors: [rule] });

  it("are as they were at the border before a step in which host code throws", async () => {
    const { net, synapses } = build(Add());
    const first = synapses.get("w");
    const step = ({ step: now }: { readonly step: number }): void => {
      if (now === 3) throw new Error("no further");
    };
    net.find("target").attach(defineBehavior({ name: "bomb", priority: Phase.Record, step })() as never);
    await expect(net.step(9)).rejects.toMatchObject({ code: "host-threw" });
    expect([net.steps, synapses.get("w")[0]! - first[0]!, synapses.get("w")[1]]).toEqual([3, expect.closeTo(1, 6), first[1]]);
  });

  it("go back to the first ones with a reset, of a copy too", async () => {
    const { net, synapses } = build(Add());
    const first = synapses.get("w");
    await net.step(9);
    const copy = net.fork();
    for (const each of [net, copy]) {
      each.reset();
      expect(each.findProjection("synapses").get("w")).toEqual(first);
    }
  });

  it("break off where they become infinite, with the synapse and the last finite value", async () => {
    const { net, synapses } = build(defineBehavior({ name: "explode", requires: ["w"], priority: Phase.Learning, onPre: "w = 1e30 * (1 + w)" })());
    synapses.set({ w: [0, 1e20] });
    await expect(net.step(9)).rejects.toMatchObject({ code: "non-finite-state", message: expect.stringContaining("w of synapse 1 became Infinity in step 3") });
  });
}); // prettier-ignore
