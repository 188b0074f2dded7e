import { print } from "@neuroweave/equations";
import {
  allToAll,
  AlphaConductance,
  AlphaCurrent,
  ConductanceReceptor,
  CouplingReceptor,
  createNetwork,
  CurrentReceptor,
  defineReceptor,
  DeltaReceptor,
  DoubleExponentialConductance,
  DoubleExponentialCurrent,
  LIF,
  NMDAReceptor,
  QIFMeanField,
  Refractory,
  SpikeTrain,
  type BehaviorInstance,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

const throughAnInput = [
  AlphaConductance,
  AlphaCurrent,
  ConductanceReceptor,
  CouplingReceptor,
  CurrentReceptor,
  DoubleExponentialConductance,
  DoubleExponentialCurrent,
  NMDAReceptor,
] as const;

/** What adds to an input, as text. */
const additions = ({ declaration }: BehaviorInstance): string[] =>
  declaration.equations.flatMap(({ parsed }) => parsed.map(print)).filter((text) => /^\w+ \+= /.test(text));

describe.each(throughAnInput.map((receptor) => [receptor.behavior, receptor] as const))("%s", (_, receptor) => {
  const behavior = receptor as typeof CurrentReceptor;

  it("adds to the input that it is told, and to I unless it is", () => {
    const [usual] = additions(behavior());
    expect(usual).toMatch(/^I \+= /);
    expect(additions(behavior({ into: "I_y" }))).toEqual([usual!.replace("I +=", "I_y +=")]);
  });

  it("refuses what cannot name an input, and an input that the population does not have", () => {
    for (const into of ["", "I y", "2", "exp", "t", "I += 1 ; J", "__proto__"]) {
      const error = refusal(() => behavior({ into }));
      expect(["invalid-name", "reserved-name"]).toContain(error.code);
      expect(error.behavior).toBe(behavior.behavior);
    }
    const net = createNetwork({ dt: 0.1 });
    const error = refusal(() => net.population("cells", 1, [LIF(), behavior({ name: "r", into: "I_y" })] as never));
    expect(error).toMatchObject({ code: "missing-companion", entity: "cells", behavior: "r" });
    expect(error.message).toContain("I_y");
  });

  it("is solved exactly and begins empty", () => {
    const { method, states, onArrival } = behavior.describe();
    expect(method).toBe("exact");
    expect([...states.values()].map(({ init }) => init)).toEqual([...states].map(() => 0));
    expect(onArrival).toHaveLength(1);
  });

  it("may be there several times, under names of its own, with parameters of its own", () => {
    const net = createNetwork({ dt: 0.1 });
    const cells = net.population("cells", 2, [LIF(), behavior({ name: "one" }), behavior({ name: "other" })]);
    const parameters = [...behavior.describe().parameters.keys()];
    for (const parameter of parameters)
      expect(cells.get(`one.${parameter}` as never)).toEqual(cells.get(`other.${parameter}` as never));
    const ambiguous = refusal(() => net.projection("p", { source: cells, target: cells, connect: allToAll() }));
    expect(ambiguous).toMatchObject({ code: "missing-companion", entity: "p", candidates: ["one", "other"] });
  });
});

describe("receptors that jump", () => {
  it("by what arrives: a voltage at once, unless it is held", async () => {
    const net = createNetwork({ dt: 1 });
    const source = net.population("source", 1, SpikeTrain({ times: [0, 1, 2], ids: [0, 0, 0] }));
    const cells = net.population("cells", 2, [
      LIF({ tau: 1e12, v_rest: 0, threshold: [5, 100], v_reset: 0 }),
      Refractory({ tau_ref: 2 }),
      DeltaReceptor(),
    ]);
    net.projection("p", { source, target: cells, connect: allToAll(), weight: 6 });
    const seen: number[][] = [];
    for (let k = 0; k < 6; k++) {
      await net.step(1);
      seen.push([...cells.get("v")].map(Math.round));
    }
    // The first neuron spikes in step 1 and misses what comes in its two refractory steps.
    expect(seen).toEqual([[0, 0], [0, 6], [0, 12], [0, 18], [0, 18], [0, 18]]); // prettier-ignore
    expect([...cells.spikes().steps]).toEqual([1]);
  });

  it("by one step of current, for the receptor of couplings", async () => {
    const net = createNetwork({ dt: 1 });
    const source = net.population("source", 1, SpikeTrain({ times: [0, 1, 4], ids: [0, 0, 0] }));
    const cells = net.population("cells", 1, [LIF({ threshold: 1e9 }), CouplingReceptor({ name: "r" })]);
    net.projection("p", { source, target: cells, connect: allToAll(), weight: 6 });
    const seen: number[] = [];
    for (let k = 0; k < 7; k++) {
      await net.step(1);
      seen.push(cells.get("r.current")[0]!);
    }
    expect(seen).toEqual([0, 6, 6, 0, 0, 6, 0]);
  });
});

describe("a receptor", () => {
  it("drives another input where the model has two", async () => {
    const net = createNetwork({ dt: 0.01 });
    const source = net.population("source", 1, SpikeTrain({ times: [0], ids: [0] }));
    const quiet = { x_ou_sigma: 0, y_ou_sigma: 0, init_r: 0.1, init_v: -1 };
    const list = [QIFMeanField(quiet), CouplingReceptor({ name: "r", into: "I_y" })] as const;
    const target = net.population("target", 1, list, { method: "euler" });
    const alone = net.population("alone", 1, QIFMeanField(quiet), { method: "euler" });
    net.projection("p", { source, target, connect: allToAll(), weight: 3 });
    await net.step(2);
    expect(target.get("r")[0]! - alone.get("r")[0]!).toBeCloseTo(0.01 * 3, 14);
    expect(target.get("v")).toEqual(alone.get("v"));
  });

  it("needs the voltage where its current does", () => {
    const net = createNetwork({ dt: 0.1 });
    for (const receptor of [ConductanceReceptor, AlphaConductance, DoubleExponentialConductance, NMDAReceptor]) {
      const error = refusal(() => net.population("cells", 1, [(receptor as typeof ConductanceReceptor)()] as never));
      expect(error.code).toBe("missing-companion");
      expect(error.message).toMatch(/^(v|I) is needed/);
    }
  });

  it("refuses time constants that its exact solution cannot resolve", () => {
    const net = createNetwork({ dt: 0.1 });
    for (const receptor of [
      AlphaCurrent({ tau: 1e-4 }),
      DoubleExponentialCurrent({ tau_rise: 0 }),
      NMDAReceptor({ tau_decay: -1 }),
    ]) {
      const error = refusal(() => net.population("cells", 1, [LIF(), receptor as never]));
      expect(error).toMatchObject({ code: "out-of-range", entity: "cells", behavior: receptor.name });
    }
  });

  it("of one's own takes the same options", async () => {
    const Saturating = defineReceptor({
      name: "saturating",
      doc: "A gate that no spike opens further than fully.",
      source: "Own design.",
      parameters: { tau: { default: 4, unit: "ms", min: 0.1, doc: "closing time" } },
      state: { s: { init: 0, unit: "1", doc: "open fraction" } },
      equations: "tau * ds/dt = -s",
      onArrival: "s = arriving > 0 ? min(1, s + arriving) : s",
      current: "10 * s",
    });
    const net = createNetwork({ dt: 1 });
    const source = net.population("source", 1, SpikeTrain({ times: [0, 1], ids: [0, 0] }));
    const cells = net.population("cells", 1, [LIF({ threshold: 1e9 }), Saturating({ name: "gate" })]);
    net.projection("p", { source, target: cells, connect: allToAll(), weight: 0.8 });
    await net.step(3);
    expect(cells.get("gate.s")[0]).toBeCloseTo(Math.exp(-1 / 4), 14);
    expect(additions(Saturating({ into: "J" }))).toEqual(["J += 10 * s"]);
  });
});
