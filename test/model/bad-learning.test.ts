/** Learning that cannot be as it is asked for is refused with the place and the cure, and nothing has changed. */
import {
  allToAll,
  createNetwork,
  defineBehavior,
  LIF,
  PairSTDP,
  Phase,
  PostTrace,
  PreTrace,
  QIFMeanField,
  SpikeTrain,
  uniform,
  WeightBounds,
  type Network,
  type ProjectionOptions,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { Sink } from "../behaviors/plasticity/trains.ts";
import { listed } from "../engine/wiring.ts";
import { expectCure, refusal, refusedWithoutTrace } from "./refusals.ts";

/** A source, cells that spike, and a field that never does. */
function cells(): Network {
  const net = createNetwork({ dt: 0.5, seed: 1 });
  net.population("source", 3, SpikeTrain({ times: [1, 2, 2.5, 9, 14, 20], ids: [0, 1, 2, 0, 1, 2] }));
  net.population("cells", 2, [LIF({ R: 5, I: 8 }), Sink()]);
  net.population("field", 2, [QIFMeanField(), Sink()]);
  return net;
}

/** Makes a projection of the three cells and the two targets. */
const connected = (net: Network, options: Partial<ProjectionOptions> | object = {}, to = "cells") =>
  net.projection("p", { source: net.find("source"), target: net.find(to), connect: allToAll(), ...options });

const rule = (parts: object, options: object = {}): object => ({
  behaviors: [defineBehavior({ name: "rule", adaptive: true, priority: Phase.Learning, state: { z: { init: 0 } }, ...parts })()],
  ...options,
}); // prettier-ignore

const shared = listed(
  [0, 1, 2].flatMap((source) => [0, 1].map((target) => ({ source, target }))),
  { shared: { values: Float64Array.of(0.25, 0.5), index: Uint16Array.of(0, 1, 0, 1, 0, 1) } },
);

type Case = readonly [what: string, options: object, expected: { readonly code: string; readonly says: RegExp }, to?: string]; // prettier-ignore

describe("a projection is not made", () => {
  const cases: readonly Case[] = [
    [
      "with a rule that lacks its traces",
      rule({ onPost: "w += x_pre" }),
      { code: "missing-companion", says: /x_pre is needed[\s\S]*behavior rule of p[\s\S]*preTrace/ },
    ],
    [
      "with a dependence that lacks its bounds",
      { behaviors: [PairSTDP({ dependence: "power" })] },
      { code: "missing-companion", says: /w_m(ax|in) is needed[\s\S]*weightBounds/ },
    ],
    [
      "with bounds the wrong way round",
      { weight: 0.5, behaviors: [WeightBounds({ min: 1, max: 0 })] },
      { code: "out-of-range", says: /wrong way round: 1 is above 0[\s\S]*weightBounds of p/ },
    ],
    [
      "with one synapse's bounds the wrong way round",
      { weight: 0.5, behaviors: [WeightBounds({ min: [0, 0, 0, 0.7, 0, 0], max: 0.6 })] },
      { code: "out-of-range", says: /0\.7 is above 0\.6/ },
    ],
    [
      "with weights above their bounds",
      { weight: [0, 0.5, 1, 1.5, 0, 0], behaviors: [WeightBounds()] },
      { code: "out-of-range", says: /w\[3\] is 1\.5, outside its bounds \[0, 1\][\s\S]*weightBounds of p/ },
    ],
    [
      "with drawn weights below their bounds",
      { weight: uniform(-2, -1), behaviors: [WeightBounds()] },
      { code: "out-of-range", says: /w\[0\] is -1\.\d+, outside/ },
    ],
    [
      "with a list of bounds of another length",
      { weight: 0.5, behaviors: [WeightBounds({ max: [1, 1] })] },
      { code: "wrong-length", says: /w_max has 2 values for 6/ },
    ],
    [
      "with bounds for each synapse where weights are shared",
      { connect: shared, behaviors: [WeightBounds({ max: [1, 1, 1, 1, 1, 1] })] },
      { code: "structure", says: /w_max/ },
    ],
    [
      "with a time constant of zero",
      { behaviors: [PairSTDP({ tau_plus: 0 })] },
      { code: "out-of-range", says: /tau_plus = 0 ms is outside[\s\S]*preTrace of p/ },
    ],
    [
      "with a negative time constant of one target",
      { behaviors: [PairSTDP({ tau_minus: [20, -1] })] },
      { code: "out-of-range", says: /tau_minus\[1\] = -1 ms/ },
    ],
    [
      "with as many time constants as synapses instead of sources",
      { behaviors: [PairSTDP({ tau_plus: [1, 2, 3, 4, 5, 6] })] },
      { code: "wrong-length", says: /tau_plus has 6 values for 3/ },
    ],
    [
      "with an interval off the grid",
      rule({ every: 0.7, equations: "z = 1" }),
      { code: "off-grid", says: /interval of rule/ },
    ],
    ["with a negative axonal delay", { axonal: -1 }, { code: "negative-duration", says: /axonal/ }],
    ["with a dendritic delay off the grid", { dendritic: 0.3 }, { code: "off-grid", says: /dendritic/ }],
    ["with an axonal delay that is not finite", { axonal: NaN }, { code: "not-finite", says: /axonal/ }],
    [
      "with dendritic delays for other neurons",
      { dendritic: [1, 1, 1] },
      { code: "wrong-length", says: /dendritic has 3 values for 2/ },
    ],
    [
      "with axonal delays of which one is off the grid",
      { axonal: [0, 0.5, 0.6] },
      { code: "off-grid", says: /axonal/ },
    ],
    [
      "with an axonal delay beyond what spikes are kept for",
      { axonal: 40_000 },
      { code: "out-of-range", says: /axonal delay of 40000 ms is 80000 steps, and at most 65535/ },
    ],
    [
      "with a rule for spikes of targets that never spike",
      { behaviors: [PostTrace()] },
      { code: "missing-companion", says: /postTrace of p learns from the spikes of field, which never spikes/ },
      "field",
    ],
    [
      "with weights of 16 bits that a rule writes",
      rule({ onPost: "w += 0.1" }, { weights: "i16", weight: uniform(0, 1) }),
      { code: "not-supported", says: /w of p is stored as i16, and rule writes it/ },
    ],
    [
      "with shared weights of 32 bits that change in every step",
      rule({ equations: "w = 0.9 * w" }, { weights: "f32", connect: shared }),
      { code: "not-supported", says: /w of p is stored as f32, and rule writes it/ },
    ],
    [
      "with two rules that assign the same",
      {
        behaviors: ["a", "b"].map((name) => defineBehavior({ name, state: {}, requires: ["w"], onPost: "w = 0.5" })()),
      },
      { code: "two-owners", says: /w gets two assignments at the same moment, from a and from b/ },
    ],
    [
      "with rules at other intervals that read one another's results",
      {
        behaviors: [
          rule({ name: "a", every: 1, state: { z: { init: 0 } }, equations: "z = u" }),
          rule({ name: "b", every: 1.5, state: { u: { init: 0 } }, equations: "u = z" }),
        ].flatMap((each) => (each as { behaviors: object[] }).behaviors),
      },
      { code: "cyclic-order", says: /a and b read what the other changes[\s\S]*Give one of them another priority/ },
    ],
    [
      "with a rule at spikes that its target fires later in the step",
      rule({ onPost: "z += 1", priority: Phase.Firing - 1 }),
      {
        code: "cyclic-order",
        says: /rule of p learns at priority 339 from the spikes of cells, which fires after it at 340[\s\S]*Give rule a priority above 340/,
      },
    ],
    ["with bounds of what it lacks", rule({ bounds: { q: { min: "0" } } }), { code: "unknown-symbol", says: /q/ }],
  ];
  for (const [what, options, { code, says }, to] of cases)
    it(what, async () => {
      const net = cells();
      const error = await refusedWithoutTrace(net, () => connected(net, options, to));
      expect(error.message).toMatch(says);
      expect(error.code).toBe(code);
      expectCure(error);
      expect(net.projections).toEqual([]);
    });

  it("with bounds that are not finite", () => {
    expect(() => WeightBounds({ max: NaN })).toThrow(/w_max is the number NaN[\s\S]*weightBounds/);
  });

  it("with behaviors that no text could describe", () => {
    for (const [parts, code] of [
      [{ every: 0, equations: "z = 1" }, "out-of-range"],
      [{ every: -1, equations: "z = 1" }, "out-of-range"],
      [{ every: Infinity, equations: "z = 1" }, "out-of-range"],
      [{ every: 1, equations: "dz/dt = 1" }, "not-an-equation"],
      [{ signals: { most: { of: "w", by: "max", per: "target" } } }, "not-supported"],
      [{ onPost: "dz/dt = 1" }, "not-an-equation"],
      [{ onPost: "z = 1 > 0" }, "type-mismatch"],
      [{ bounds: { z: { min: "0 > 1" } } }, "type-mismatch"],
    ] as const)
      expect(() => rule(parts)).toThrow(expect.objectContaining({ code, behavior: "rule" }) as Error);
  });

  it("of what belongs to projections on a population", async () => {
    for (const behavior of [PreTrace(), PostTrace(), WeightBounds(), PairSTDP()]) {
      const net = cells();
      const error = await refusal(() => net.population("more", 2, [LIF(), behavior] as never));
      expect(["structure", "missing-companion", "unknown-symbol"]).toContain(error.code);
      expectCure(error);
    }
  });
});

describe("a projection that learns is left as it is", () => {
  const learns = (): Network => {
    const net = cells();
    connected(net, { weight: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], behaviors: [PairSTDP(), WeightBounds({ max: 0.9 })] });
    return net;
  };
  const weights = (net: Network) => [...net.findProjection("p").get("w")];

  it.each([
    [
      "by weights that are set outside their bounds",
      (net: Network) => net.findProjection("p").set({ w: 1 }),
      /w\[0\] is 1, outside its bounds \[0, 0\.9\]/,
    ],
    [
      "by one such weight beside another value",
      (net: Network) => net.findProjection("p").set({ A_plus: 5, w: [0, 0, 0, 0, 0, -0.1] }),
      /w\[5\] is -0\.1/,
    ],
    [
      "by a bound that is set below weights",
      (net: Network) => net.findProjection("p").set({ w_max: 0.05 }),
      /outside its bounds \[0, 0\.05\]/,
    ],
    [
      "by a bound for each synapse of which one is",
      (net: Network) => net.findProjection("p").set({ w_max: [1, 1, 1, 1, 1, 0.2] }),
      /w\[5\]/,
    ],
    [
      "by further bounds that do not hold",
      (net: Network) =>
        net
          .findProjection("p")
          .attach(WeightBounds.rename({ w_max: "w_top", w_min: "w_low" }).named("tighter")({ max: 0.15 })),
      /outside its bounds \[0, 0\.15\]/,
    ],
    [
      "by a time constant that is set to zero",
      (net: Network) => net.findProjection("p").set({ tau_plus: 0 }),
      /tau_plus = 0 ms/,
    ],
    [
      "by wiring anew with weights outside",
      (net: Network) => net.findProjection("p").rewire({ weight: 2 }),
      /outside its bounds/,
    ],
    [
      "by wiring anew with other shares of delays",
      (net: Network) => net.findProjection("p").rewire({ axonal: 1 } as object),
      /axonal of p is not part of its wiring/,
    ],
  ])("%s", async (_, attempt, says) => {
    const net = learns();
    await net.step(60);
    const before = weights(net);
    const error = await refusedWithoutTrace(net, () => attempt(net));
    expect(error.message).toMatch(says);
    expectCure(error);
    const first = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
    expect(before).not.toEqual(first);
    net.reset();
    expect(weights(net)).toEqual(first);
  });

  it("by bounds that are switched on when weights have left them", async () => {
    const net = learns();
    const synapses = net.findProjection("p");
    synapses.disable("weightBounds");
    synapses.set({ w: [0.1, 0.2, 3, 0.4, 0.5, 0.6] });
    const error = await refusedWithoutTrace(net, () => synapses.enable("weightBounds"));
    expect(error).toMatchObject({ code: "out-of-range", entity: "p", behavior: "weightBounds" });
    expect(error.message).toContain("w[2] is 3");
    expect(synapses.behaviors.find(({ name }) => name === "weightBounds")!.enabled).toBe(false);
    synapses.set({ w: 0.5 }).enable("weightBounds");
    await net.step(3);
  });

  it("where weights of 32 bits lie at bounds that these cannot hold", async () => {
    const net = cells();
    const Down = defineBehavior({ name: "down", adaptive: true, requires: ["w"], onPre: "w += 1" });
    const synapses = connected(net, { weight: Array.from({ length: 6 }, () => 0.1), weights: "f32", behaviors: [Down(), WeightBounds({ max: 0.3 })] }); // prettier-ignore
    await net.step(20);
    expect([...synapses.get("w")]).toEqual(Array.from({ length: 6 }, () => Math.fround(0.3)));
    expect(() => synapses.set({ w_min: -1 })).not.toThrow();
  });

  it("by detaching what its rule needs, until the next step, which says who provides it", async () => {
    const net = learns();
    net.findProjection("p").detach("preTrace");
    const error = await refusal(() => net.step());
    expect(error).toMatchObject({ code: "missing-companion", entity: "p" });
    expect(error.message).toMatch(/(tau_plus|x_pre|t_pre).* is needed[\s\S]*pairRule of p[\s\S]*preTrace/);
    net.findProjection("p").attach(PreTrace());
    await net.step();
  });
});
