/** Plans that cannot be made are refused with the place and the cure, and everything is as it was. */
import {
  allToAll,
  CouplingReceptor,
  createNetwork,
  defineBehavior,
  fixedProbability,
  LIF,
  Phase,
  uniform,
  type BehaviorInstance,
  type Network,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { Sink } from "../behaviors/plasticity/trains.ts";
import { listed } from "../engine/wiring.ts";
import { expectCure, refusal, refusedWithoutTrace } from "../model/refusals.ts";

const behavior = (name: string, body: object): BehaviorInstance =>
  (defineBehavior({ name, ...body }) as () => BehaviorInstance)();
const own = (body: object): BehaviorInstance => behavior("own", body);
const state = { x: { init: 1 }, y: { init: 2 } };

type Case = readonly [what: string, ingredients: readonly BehaviorInstance[], code: string, says: RegExp];

describe("a population is not made", () => {
  const cases: readonly Case[] = [
    ["that holds a parameter still", [own({ parameters: { k: { default: 1 } }, state, hold: { variables: ["k"], while: "x > 0" } })], "unknown-name", /own is to hold k, which is no state variable[\s\S]*"all"/],
    ["whose host code writes an input", [own({ inputs: { I: { default: 0 } }, state, writes: ["I"], step: () => undefined })], "unknown-name", /own is to write I, which[\s\S]*inputs\.I/],
    ["whose host code writes a table", [own({ tables: { list: { values: [1, 2], every: 1 } }, state, writes: ["list"], step: () => undefined })], "unknown-name", /own is to write list[\s\S]*leave it out/],
    ["that acts on spikes which nobody has", [own({ state, onSpike: "x = 0" })], "missing-companion", /own acts on spikes, and no behavior here says when/],
    ["with what belongs to synapses", [own({ state, onPre: "x = 0" })], "structure", /own has onPre, which means nothing on a population[\s\S]*projection/],
    ["that keeps a variable within bounds", [own({ state, bounds: { x: { max: "2" } } })], "structure", /own has bounds, which means nothing on a population/],
    ["whose neurons compete along a dimension that it lacks", [own({ state, competition: { by: "x", among: "x > 0", k: 1, dimension: 1 }, onLose: "x = 0" })], "out-of-range", /1 dimensions?, and no dimension 1[\s\S]*count from 0/],
    ["with a variable of two owners that advance at different moments", [own({ state, equations: "dx/dt = -x" }), behavior("other", { state: { x: { init: 1 } }, priority: 400 })], "two-owners", /x is declared by own and by other, which run at different moments/],
    ["with an equation of what is no state", [own({ parameters: { k: { default: 1 } }, equations: "dk/dt = 1" })], "unknown-symbol", /dk\/dt is given, but k is no state/],
  ]; // prettier-ignore

  it.each(cases)("%s", async (_, ingredients, code, says) => {
    const net = createNetwork({ dt: 1 });
    net.population("kept", 1, [own({ state, equations: "dx/dt = -x" })]);
    const error = await refusedWithoutTrace(net, () => net.population("made", 3, ingredients as never));
    expect(error).toMatchObject({ code, entity: "made" });
    expect(String(error)).toMatch(says);
    expectCure(error);
  });

  it.each(["dx/dt += -x", "dx/dt += 1"])(
    "without the behavior whose variable is advanced by %s, when that is switched off",
    async (equations) => {
      const net = createNetwork({ dt: 1 });
      const cells = net.population("cells", 1, [own({ state: { x: { init: 1 } } }), behavior("pull", { equations })]);
      await net.step();
      cells.disable("own");
      const error = await refusal(() => net.step());
      expect(error.code).toBe("missing-companion");
      expect(String(error)).toMatch(/x is needed, but own is disabled[\s\S]*pull of cells/);
      cells.disable("pull");
      await net.step();
    },
  );
});

/** Cells that spike and receive, and a field that does not spike. */
function ends(): Network {
  const net = createNetwork({ dt: 1, seed: 3 });
  net.population("cells", 3, [LIF({ R: 5, I: 8 }), Sink(), CouplingReceptor({ name: "held" })]);
  net.population("field", 2, [own({ state, equations: "dx/dt = -x" }), Sink()]);
  return net;
}

const connect = (net: Network, options: object = {}, { from = "cells", to = "cells" } = {}) =>
  net.projection("links", { source: net.find(from), target: net.find(to), connect: allToAll(), receptor: "sink", ...options } as never); // prettier-ignore

const shared = listed(
  [0, 1, 2].flatMap((source) => [0, 1, 2].map((target) => ({ source, target }))),
  { shared: { values: Float64Array.of(0.25, 0.5, 0.75), index: Uint16Array.of(0, 1, 2, 1, 2, 0, 2, 0, 1) } },
);

describe("a projection is not made", () => {
  const rule = (body: object): { behaviors: BehaviorInstance[] } => ({ behaviors: [own(body)] });
  const learning = { priority: Phase.Learning };
  const cases: readonly (readonly [what: string, options: object, code: string, says: RegExp, between?: { from?: string; to?: string }])[] = [
    ["from cells that never spike", {}, "missing-companion", /field never spikes[\s\S]*spike condition/, { from: "field" }],
    ["that couples in every step and acts on spikes", { receptor: "held", behaviors: [own({ coupling: "w" }), behavior("other", { state, onPre: "x = 0" })] }, "two-owners", /own couples in every step, and other acts on spikes[\s\S]*two projections/],
    ["whose efficacy is added to", rule({ onPre: "efficacy += 0.5" }), "two-owners", /efficacy is this behavior's factor/],
    ["with what belongs to populations", rule({ spike: "w > 1" }), "structure", /own has spike, which means nothing on a projection[\s\S]*population/],
    ["with bounds of what is no variable", rule({ tables: { list: { values: [1], every: 1 } }, bounds: { list: { max: "2" } } }), "unknown-name", /own is to bound list, which is no variable of links/],
    ["that learns from the spikes of cells that never spike", rule({ ...learning, onPost: "w += 0.1" }), "missing-companion", /own of links learns from the spikes of field, which never spikes/, { to: "field" }],
    ["that learns from spikes which come later in the step", rule({ priority: Phase.Firing - 1, onPost: "w += 0.1" }), "cyclic-order", /own of links learns at priority \d+ from the spikes of cells, which fires after it[\s\S]*above \d+/],
    ["whose shared weights have a bound for each synapse", { connect: shared, ...rule({ ...learning, parameters: { most: { default: uniform(0, 1) } }, bounds: { w: { max: "most" } } }) }, "structure", /w has one value for each of the weights that synapses share, and its bound most one for each synapse/],
    ["with a bound for each synapse of what sources have", rule({ ...learning, parameters: { most: { default: uniform(0, 1) } }, state: { z: { init: 0, per: "source" } }, bounds: { z: { max: "most" } } }), "structure", /z has one value for each source, and its bound most one for each synapse/],
  ]; // prettier-ignore

  const all = cases.map(([what, options, code, says, between = {}]) => [what, options, code, says, between] as const);
  it.each(all)("%s", async (_, options, code, says, between) => {
    const net = ends();
    const error = await refusedWithoutTrace(net, () => connect(net, options, between));
    expect(error).toMatchObject({ code });
    expect(String(error)).toMatch(says);
    expectCure(error);
    expect(net.projections).toHaveLength(0);
  });

  it("into a receptor that is switched off, and goes on where that is switched on again", async () => {
    const net = ends();
    connect(net);
    net.find("cells").disable("sink");
    const error = await refusal(() => net.step());
    expect(error).toMatchObject({ code: "missing-companion", entity: "links" });
    expect(String(error)).toMatch(/links ends in sink, and cells has no such receptor that is enabled/);
    net.find("cells").enable("sink");
    await net.step();
  });

  it("whose equations of one moment read one another's results, and would happen at different intervals", async () => {
    const net = ends();
    const circle = (priority: number): object => ({
      behaviors: [
        behavior("often", { state: { a: { init: 1 } }, priority: 450, equations: "a = b + 1" }),
        behavior("seldom", { state: { b: { init: 2 } }, every: 5, priority, equations: "b = 2 * a" }),
      ],
    });
    const error = await refusedWithoutTrace(net, () => {
      const made = connect(net, circle(450));
      try {
        net.explain();
      } catch (refused) {
        net.remove(made);
        throw refused;
      }
    });
    expect(error).toMatchObject({ code: "cyclic-order", entity: "links" });
    expect([...(error.candidates ?? [])].sort()).toEqual(["often", "seldom"]);
    expectCure(error);
    const made = connect(net, circle(460));
    let [a, b] = [1, 2];
    for (let k = net.steps; k < 16; k++) {
      a = b + 1;
      if (k % 5 === 0) b = 2 * a;
    }
    await net.step(16 - net.steps);
    expect([made.get("a" as never)[0], made.get("b" as never)[0]]).toEqual([a, b]);
  });
});

describe("weights that synapses share", () => {
  it("are back within their bounds behind the spikes of each end", async () => {
    for (const part of ["onPre", "onPost"] as const) {
      const net = createNetwork({ dt: 1 });
      const cells = net.population("cells", 3, [own({ state: { v: { init: 1 } }, spike: "v > 0" }), Sink()]);
      const links = net.projection("links", {
        source: cells,
        target: cells,
        connect: shared,
        behaviors: [
          behavior("more", { adaptive: true, priority: Phase.Learning, [part]: "w += 0.125" }),
          behavior("between", { priority: Phase.Bounds, bounds: { w: { min: "0.25", max: "1.5" } } }),
        ],
      } as never);
      const values = (): number[] => [...new Set(links.weights().values)].sort((a, b) => a - b);
      // All three spike, and each value is that of three synapses: 0.375 more in every step.
      let expected = [0.25, 0.5, 0.75];
      expect(values()).toEqual(expected);
      for (let step = 0; step < 5; step++) {
        await net.step();
        expected = [...new Set(expected.map((w) => Math.min(w + 3 * 0.125, 1.5)))];
        expect(values()).toHaveLength(expected.length);
        values().forEach((w, at) => expect(w).toBeCloseTo(expected[at]!, 12));
      }
      expect(values()).toEqual([1.5]);
      const plan = net.explain().stages.filter(({ entity, kind }) => entity === "links" && kind === "assign");
      expect(plan.flatMap(({ writes }) => writes)).toContain("w");
    }
  });
});

describe("a projection without synapses", () => {
  it("is planned as nothing, and explained without sizes", async () => {
    const net = ends();
    const none = connect(net, { connect: fixedProbability(0), behaviors: [own({ state: { z: { init: 0 } }, equations: "z += 1" })] }); // prettier-ignore
    expect(none.n).toBe(0);
    const plan = net.explain();
    expect(plan.projections[0]).toMatchObject({ synapses: 0, weight: "–", bytesPerSynapse: 0 });
    expect(plan.stages.filter(({ entity }) => entity === "links")).toEqual([]);
    await net.step(3);
  });
});
