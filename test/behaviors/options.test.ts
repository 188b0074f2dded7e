import { print } from "@neuroweave/equations";
import { Phase, type BehaviorInstance } from "@neuroweave/model";
import { describe, expect, it } from "vitest";
import {
  Adaptation,
  AELIF,
  ConstantCurrent,
  Fire,
  Izhikevich,
  IzhikevichRecovery,
  LIF,
  Refractory,
  SpikeTrain,
  TimedCurrent,
} from "@neuroweave/behaviors";
import { createNetwork } from "neuroweave";
import { refusal } from "../equations/refusal.ts";

const equationsOf = ({ declaration }: BehaviorInstance): string[] =>
  declaration.equations.flatMap(({ parsed }) => parsed.map(print));
const onSpikeOf = ({ declaration }: BehaviorInstance): string[] =>
  declaration.onSpike.flatMap(({ parsed }) => parsed.map(print));
const spikeOf = ({ declaration }: BehaviorInstance): string | null =>
  declaration.spike && print(declaration.spike.parsed);

describe("the dialects of adaptation", () => {
  it("default: a jump of beta with each spike, one system with the voltage", () => {
    const own = Adaptation();
    expect(own.declaration.priority).toBe(Phase.Dynamics);
    expect(equationsOf(own)).toEqual(["w_tau * domega/dt = alpha * (v - v_rest) - omega", "tau * dv/dt += -R * omega"]);
    expect(onSpikeOf(own)).toEqual(["omega += beta"]);
  });

  it("conex: the spike within the equation, after Firing", () => {
    const own = Adaptation({ dialect: "conex" });
    expect(own.declaration.priority).toBe(Phase.Firing + 1);
    expect(equationsOf(own)).toEqual([
      "w_tau * domega/dt = alpha * (v - v_rest) - omega + beta * w_tau * spike",
      "tau * dv/dt += -R * omega",
    ]);
    expect(onSpikeOf(own)).toEqual([]);
  });

  it("reach adaptation through a model, renamed or not", () => {
    const member = AELIF({ dialect: "conex" }).members.find(({ name }) => name === "adaptation");
    expect(member?.declaration.priority).toBe(Phase.Firing + 1);
    const renamed = AELIF.rename({ omega: "omega_slow" })({ dialect: "conex" }).members.find(
      ({ name }) => name === "adaptation",
    );
    expect(equationsOf(renamed!)).toEqual([
      "w_tau * domega_slow/dt = alpha * (v - v_rest) - omega_slow + beta * w_tau * spike",
      "tau * dv/dt += -R * omega_slow",
    ]);
  });

  it("are refused where there is none of that name", () => {
    for (const dialect of ["", "CoNeX", "toString", 3]) {
      const error = refusal(() => Adaptation({ dialect: dialect as "conex" }));
      expect(error.code).toBe("invalid-value");
      expect(error.behavior).toBe("adaptation");
      expect(error.remedy).toContain("conex");
    }
  });
});

describe("the threshold", () => {
  it("is reached or passed, as the source of a model has it", () => {
    expect(spikeOf(Fire())).toBe("v >= threshold");
    expect(spikeOf(Fire({ strict: true }))).toBe("v > threshold");
  });
});

describe("Refractory", () => {
  it("holds the voltage, other variables, or the whole model", () => {
    const held = (hold?: string | readonly string[]) => {
      const instance = hold === undefined ? Refractory() : Refractory({ hold });
      return instance.declaration.holds.map(({ variables }) => variables);
    };
    expect(held()).toEqual([["v"]]);
    expect(held("v")).toEqual([["v"]]);
    expect(held(["v", "u"])).toEqual([["v", "u"]]);
    expect(held("all")).toEqual(["all"]);
  });

  it("follows its voltage to another name, whatever it is told to hold", () => {
    const renamed = Izhikevich.rename({ v: "V" });
    const refractory = (values: Parameters<typeof renamed>[0]) =>
      renamed(values).members.find(({ name }) => name === "refractory")!.declaration.holds[0]!.variables;
    expect(refractory({})).toEqual(["V"]);
    expect(refractory({ hold: "V" })).toEqual(["V"]);
    expect(refractory({ hold: ["u"] })).toEqual(["u"]);
  });
});

describe("Izhikevich's recovery", () => {
  it("is one system with the voltage, or follows it as in the scripts", () => {
    expect(IzhikevichRecovery().declaration.priority).toBe(Phase.Dynamics);
    expect(IzhikevichRecovery({ sequential: true }).declaration.priority).toBeGreaterThan(Phase.Dynamics);
    expect(IzhikevichRecovery({ sequential: true }).declaration.priority).toBeLessThan(Phase.Firing);
  });

  it("follows b·v, or integrates the voltage", () => {
    expect(equationsOf(IzhikevichRecovery())).toEqual(["du/dt = a * (b * v - u)"]);
    expect(equationsOf(IzhikevichRecovery({ recovery: "integrate" }))).toEqual(["du/dt = a * (b * (v + 65))"]);
    expect(refusal(() => IzhikevichRecovery({ recovery: "leap" as "follow" })).code).toBe("invalid-value");
  });
});

describe("start values", () => {
  it("are given as init_ or by the bare name of the state", () => {
    const values = (model: { readonly members: readonly BehaviorInstance[] }) =>
      Object.fromEntries(model.members.flatMap((each) => [...each.values]));
    expect(values(AELIF({ v: -60, omega: 0.25 }))).toEqual({ init_v: -60, init_omega: 0.25 });
    expect(values(AELIF({ init_v: -60, init_omega: 0.25 }))).toEqual({ init_v: -60, init_omega: 0.25 });
  });

  it("are refused when they are given under both names", () => {
    const error = refusal(() => AELIF({ omega: 1, init_omega: 1 }));
    expect(error.code).toBe("duplicate-name");
    expect(error.message).toContain("init_omega");
  });

  it("override the defaults of a model under either name, also after a rename", () => {
    const model = AELIF.named("Late", { defaults: { omega: 1 } });
    const start = (instance: { readonly members: readonly BehaviorInstance[] }) =>
      instance.members.find(({ name }) => name === "adaptation")!.values;
    expect([...start(model())]).toEqual([["init_omega", 1]]);
    expect([...start(model({ init_omega: 2 }))]).toEqual([["init_omega", 2]]);
    expect([...start(model({ omega: 3 }))]).toEqual([["init_omega", 3]]);
    expect([...start(model.rename({ omega: "w" })())]).toEqual([["init_w", 1]]);
  });

  it("of the spikes stand in `spike` until the first step, and again after a reset", async () => {
    const net = createNetwork({ dt: 1 });
    const cells = net.population("cells", 5, LIF({ init_s: [1, 0, 0, 1, 1] }));
    expect([...cells.get("spike")]).toEqual([1, 0, 0, 1, 1]);
    await net.step(1);
    expect([...cells.get("spike")]).toEqual([0, 0, 0, 0, 0]);
    net.reset();
    expect([...cells.get("spike")]).toEqual([1, 0, 0, 1, 1]);
    expect(cells.spikes().ids).toHaveLength(0);
  });

  it("of the spikes are refused in the wrong number", () => {
    const net = createNetwork({ dt: 1 });
    const error = refusal(() => net.population("cells", 5, LIF({ init_s: [1, 0] })));
    expect(error).toMatchObject({ code: "wrong-length", entity: "cells", behavior: "fire" });
    expect(net.population("cells", 5, LIF()).n).toBe(5);
  });
});

describe("stimuli", () => {
  it("add to the input that they are told", () => {
    expect(equationsOf(ConstantCurrent())).toEqual(["I += amplitude"]);
    expect(equationsOf(ConstantCurrent({ into: "I_y" }))).toEqual(["I_y += amplitude"]);
  });

  it("refuse what cannot name an input", () => {
    for (const into of ["", "I y", "2", "exp", "t", "I += 1 ; J", "__proto__"]) {
      const error = refusal(() => ConstantCurrent({ into }));
      expect(["invalid-name", "reserved-name"]).toContain(error.code);
      expect(error.behavior).toBe("constantCurrent");
    }
  });
});

describe("TimedCurrent", () => {
  it("copies its rows", () => {
    const values = [1, 2, 3];
    const instance = TimedCurrent({ values, every: 5 });
    values[0] = 99;
    expect(instance.declaration.tables.get("values")).toEqual({ values: [1, 2, 3], every: 5 });
  });

  it.each([
    ["no rows", { values: [], every: 1 }, "wrong-length"],
    ["no list", { values: 3 as unknown as number[], every: 1 }, "wrong-length"],
    ["rows of different length", { values: [[1, 2], [3]], every: 1 }, "wrong-length"],
    ["numbers beside rows", { values: [[1, 2], 3] as unknown as number[][], every: 1 }, "wrong-length"],
    ["rows beside numbers", { values: [3, [1, 2]] as unknown as number[], every: 1 }, "wrong-length"],
    ["a value that is not finite", { values: [1, Number.NaN], every: 1 }, "not-finite"],
    ["text", { values: ["1"] as unknown as number[], every: 1 }, "not-finite"],
    ["several rows without an interval", { values: [1, 2] }, "invalid-value"],
    ["an interval of zero", { values: [1, 2], every: 0 }, "out-of-range"],
    ["an interval that is not finite", { values: [1, 2], every: Infinity }, "out-of-range"],
  ])("refuses %s", (_, options, code) => {
    const error = refusal(() => TimedCurrent(options));
    expect(error.code).toBe(code);
    expect(error.remedy).toMatch(/^Give/);
  });
});

describe("SpikeTrain", () => {
  it.each([
    ["lists of different length", { times: [1, 2], ids: [0] }, "wrong-length"],
    ["a negative time", { times: [-1], ids: [0] }, "out-of-range"],
    ["a time that is not finite", { times: [Infinity], ids: [0] }, "out-of-range"],
    ["a negative id", { times: [1], ids: [-1] }, "out-of-range"],
    ["a broken id", { times: [1], ids: [0.5] }, "out-of-range"],
  ])("refuses %s", (_, options, code) => {
    const error = refusal(() => SpikeTrain(options));
    expect(error.code).toBe(code);
    expect(error.behavior).toBe("spikeTrain");
  });

  it("refuses ids that the population does not have, when it is attached", () => {
    const net = createNetwork({ dt: 1 });
    const error = refusal(() => net.population("source", 3, SpikeTrain({ times: [1], ids: [3] })));
    expect(error).toMatchObject({ code: "out-of-range", entity: "source", behavior: "spikeTrain" });
  });
});
